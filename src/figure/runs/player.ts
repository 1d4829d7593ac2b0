/** The player of a figure's runs: asks for them, by itself or when a button is pressed, and shows their frames. */
import type {AnyParams} from "../controls.ts";
import {put} from "../plot/text/put.ts";
import type {AnyWidget, Frames, Player, PlayerStage} from "../widget.ts";
import {Clock} from "./clock.ts";
import {Progress} from "./progress.ts";
import {type Run, stopIdleWorker} from "./run.ts";
import {RunCache} from "./runCache.ts";

/**
 * Most runs are computed to their ends as soon as their parameters are known: what is shown is a kept frame, and Play only moves the
 * clock. A first run that `waits` is computed by Play, and its newest frame is shown; in the lab the clock follows it.
 */
class RunPlayer implements Player {
  readonly #stage: PlayerStage;
  readonly #w: AnyWidget;
  readonly #button: HTMLButtonElement | null;
  readonly #progress?: Progress;
  readonly #cache: RunCache;
  readonly #clock?: Clock;
  #params!: AnyParams;
  /** The runs in the picture, the one that is played first. */
  #runs: Run[] = [];
  /** The figure was removed or a run failed: there are no runs until they are asked for again. */
  #hasEnded = false;
  /** The first run waits for the button. */
  #waits = false;
  /** The button has set the first run going. */
  #isComputing = false;
  /** The frame at the clock still has to be shown. */
  #isFrameDue = false;
  #shownResult: unknown;
  /** The prerendered picture is still shown: it stays until the first run reaches the clock, so that a page does not show the run growing. */
  #isPrerendered = true;
  #isAsleep = false;
  #frameRequest = 0;

  constructor(stage: PlayerStage) {
    const {parts, name, w, source} = stage;
    this.#stage = stage;
    this.#w = w;
    this.#button = parts.figure.querySelector<HTMLButtonElement>("[data-do=play]");
    if (w.runs!.progress) this.#progress = new Progress(stage);
    this.#cache = new RunCache(
      name,
      source,
      {
        onFrames: (run) => this.#onFrames(run),
        onFailure: (run, reason, isLoadError) => this.#onFailure(run, reason, isLoadError),
        onLate: () => stage.late(),
      },
      w.runs!.onlyNewest,
    );
    if (w.runs!.clock)
      this.#clock = new Clock(
        stage,
        () => this.#newestStep,
        () => this.#writeLabel(),
      );
  }

  restart(params: AnyParams) {
    const previousParams = this.#params;
    this.#params = params;
    this.#hasEnded = false;
    const {waits} = this.#w.runs!;
    const runParams = this.#w.runs!.of(params) as object[];
    const previousMain = this.#runs[0];
    const runOf = (one: object) => this.#cache.of(one, !!waits?.(one));
    const main = runParams[0] && runOf(runParams[0]);
    this.#waits = !!runParams[0] && !!waits?.(runParams[0]);
    if (this.#clock) this.#clock.params = params;
    if (!this.#clock?.isMoving) this.#clock?.stop();
    if (main !== previousMain) this.#pause();
    this.#runs = main ? [main] : [];
    if (this.#w.training && this.#resetValues(main!, !!previousMain && main !== previousMain, previousParams)) return;
    // Runs that use the model of one step wait until training pauses.
    this.#runs = runParams.filter((one) => !this.#isComputing || waits?.(one)).map(runOf);
    this.#cache.forgetExcept(this.#runs);
    // On a foreign page there is no prerendered picture to keep.
    this.#isPrerendered = !previousParams && this.#stage.parts.picture.childElementCount > 0;
    this.#isFrameDue = true;
    this.#showFrame();
  }

  press(tool: "play" | "step" | "restart") {
    if (this.#w.training?.isReady?.(this.#params) === false) return;
    const wasPlaying = this.isPlaying();
    this.#clock?.stop();
    this.#pause();
    if (this.#hasEnded) this.restart(this.#params);
    if (tool === "restart") this.#startOver();
    else if (tool === "step") this.#step();
    else if (wasPlaying) this.#showPaused();
    else if (this.#waits) this.#compute();
    else this.#clock?.play();
  }

  isPlaying() {
    return this.#isComputing || !!this.#clock?.isPlaying;
  }

  sleep() {
    this.#isAsleep = true;
    this.#clock?.sleep();
    // Training takes only seconds.
    if (this.#isComputing && !this.#w.training) this.#runs[0]!.pause();
  }

  wake() {
    this.#clock?.wake();
    if (this.#isAsleep && this.#isComputing) this.#runs[0]!.play();
    this.#isAsleep = false;
  }

  /** Stops the runs that are being computed; when they are asked for again, they go on. */
  end() {
    this.#clock?.stop();
    this.#pause();
    cancelAnimationFrame(this.#frameRequest);
    this.#frameRequest = 0;
    this.#runs = [];
    this.#hasEnded = true;
    this.#cache.stop();
    this.#setBusy();
    stopIdleWorker();
  }

  /** The last step of the clock that can be shown. */
  get #newestStep(): number {
    const [main] = this.#runs;
    return !main || main.isWhole ? Number.POSITIVE_INFINITY : main.frames.length - 1;
  }

  #startOver() {
    if (!this.#waits) return this.#clock?.restart();
    this.#cache.forget(this.#runs[0]!);
    this.restart(this.#params);
  }

  #step() {
    if (!this.#waits) return this.#clock?.step();
    if (this.#runs[0]!.isWhole) this.#startOver();
    this.#runs[0]!.step();
  }

  #compute() {
    const {training} = this.#w;
    const main = this.#runs[0]!;
    const step = this.#clock?.currentStep ?? 0;
    const newest = main.frames.length - 1;
    if (training && main.isWhole && step && step < newest) return this.#clock!.setStep(newest);
    // At step 0 the reader wants to watch the training, so the run is trained again even if it was trained before.
    if (main.isWhole || (training && newest > 0 && !step)) this.#startOver();
    this.#isComputing = true;
    if (!this.#isAsleep || training) this.#runs[0]!.play();
    const done = this.#progress?.text;
    if (training)
      this.#stage.say(`Training, from ${this.#clock!.stepText(this.#clock!.currentStep)} to ${this.#clock!.lastStep}.`);
    else this.#stage.say(done ? `Running: ${done}.` : "Running.");
    this.#writeLabel();
    this.#setBusy();
  }

  #pause() {
    if (!this.#isComputing) return;
    this.#isComputing = false;
    this.#runs[0]?.pause();
  }

  #showPaused() {
    if (!this.#waits) return;
    if (!this.#w.training) return this.#showFrame();
    this.#stage.say(`Paused at ${this.#clock!.stepText(this.#clock!.currentStep)}.`);
    this.restart(this.#params);
  }

  #onFrames(run: Run) {
    if (!this.#runs.includes(run) || !(this.#isFrameDue || run.isWhole)) return;
    if (!this.#w.runs!.grows || (run.isWhole && !this.#isComputing)) return this.#update();
    this.#frameRequest ||= requestAnimationFrame(() => {
      this.#frameRequest = 0;
      if (this.#isFrameDue && this.#runs.length) this.#update();
    });
  }

  #onFailure(run: Run, reason: string, isLoadError?: boolean) {
    if (!this.#runs.includes(run)) return;
    this.#pause();
    this.#runs = [];
    this.#hasEnded = true;
    this.#setBusy();
    this.#clock?.stop();
    this.#writeLabel();
    this.#stage.fail(reason, isLoadError);
  }

  /** Shows what has arrived; while the lab trains, the clock follows. */
  #update() {
    const main = this.#runs[0]!;
    const isFollowing = this.#w.training && this.#isComputing;
    if (main.isWhole) this.#pause();
    if (!isFollowing) return this.#showFrame();
    const step = this.#clock!.currentStep;
    // Without motion the clock moves only at the end.
    const to = this.#stage.isStill() && !main.isWhole ? step : main.frames.length - 1;
    if (to > step) this.#clock!.setStep(to);
    else if (main.isWhole) this.restart(this.#params);
    else this.#showFrame();
  }

  /**
   * In the lab the clock never goes beyond what has been trained, and another run resets some values, except those changed together
   * with it. True if values changed: then `restart` was called with them.
   */
  #resetValues(main: Run, isOther: boolean, previousParams: AnyParams | undefined): boolean {
    const [clock, params] = [this.#clock!, this.#params];
    if (clock.isMoving) return false;
    const {resetValues} = this.#w.training!;
    const step = Math.min(clock.currentStep, Math.max(0, main.frames.length - 1));
    const changed = Object.entries(isOther ? resetValues : {}).filter(
      ([name, value]) => params[name] === previousParams![name] && params[name] !== value,
    );
    if (step === clock.currentStep && !changed.length) return false;
    clock.setStep(step, Object.fromEntries(changed));
    return true;
  }

  /** Shows the frame at the clock once it is there; a run that grows shows its latest frame until then. */
  #showFrame() {
    const {isStill, show} = this.#stage;
    const {grows, read} = this.#w.runs!;
    const [main] = this.#runs;
    const isThere = !main || main.isWhole || main.frames.length > this.#wantedIndex;
    // Without motion a run is shown only where the clock is, not while it grows.
    const isGrowing = grows && !this.#isPrerendered && !isStill() && !!main?.frames.length;
    this.#writeLabel();
    this.#setBusy();
    if (!isThere && !isGrowing) return;
    if (isThere) this.#isFrameDue = this.#waits;
    const result = read(
      this.#runs.map(({frames}) => frames) as unknown as Frames<never>[],
      this.#params,
      this.#shownResult,
    );
    this.#progress?.show(result, this.#isComputing);
    // Without motion a run that the button computes is shown at its end, and before only by Step.
    if (this.#isComputing && !this.#w.training && isStill()) return;
    this.#shownResult = result;
    show(result);
  }

  /** The index of the frame of the first run that has to be there. */
  get #wantedIndex(): number {
    const {isWhole} = this.#w.runs!;
    if (!this.#clock || (isWhole && this.#waits)) return 0;
    return isWhole && this.#isPrerendered ? Number.POSITIVE_INFINITY : this.#clock.currentStep;
  }

  /** Writes on the button what pressing it does. */
  #writeLabel() {
    const {training, tools, runs} = this.#w;
    if (!this.#button) return;
    if (training?.isReady?.(this.#params) === false) this.#button.setAttribute("aria-disabled", "true");
    else this.#button.removeAttribute("aria-disabled");
    const atRest = (this.#waits && runs!.computeText) || (tools?.play ?? "Play");
    put(this.#button, training ? this.#trainingText : this.isPlaying() ? "Pause" : atRest);
  }

  get #trainingText(): string {
    const {start, wait, pause, on, again} = this.#w.training!.buttonTexts;
    const [main] = this.#runs;
    if (this.#isComputing) return main?.frames.length ? pause : wait(this.#params as never);
    const newest = main ? main.frames.length - 1 : 0;
    const step = this.#clock!.currentStep;
    if (main?.isWhole && newest > 0 && step >= newest) return again;
    return newest < 1 || !step ? start : on;
  }

  #setBusy() {
    const isBusy = this.#isComputing || this.#runs.some(({isComputing}) => isComputing);
    this.#stage.parts.picture.setAttribute("aria-busy", String(isBusy));
  }
}

export const player = (stage: PlayerStage): Player => new RunPlayer(stage);
