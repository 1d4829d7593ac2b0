/** Trains the lab's run when its button is pressed, and plays its snapshots. */
import type {AnyParams, Range} from "../controls.ts";
import {fixed} from "../plot/text/format.ts";
import {put} from "../plot/text/put.ts";
import {plain} from "../symbols.ts";
import type {Frames, Player, PlayerStage, Recording} from "../widget.ts";
import {type RecordedRun, RecordedRuns} from "./recordedRuns.ts";
import {stopIdleWorker} from "./run.ts";

/**
 * While a run trains, the clock follows the newest snapshot. Every snapshot is kept, so going back needs no training, but the clock
 * never goes beyond what has been trained.
 */
export const player = (stage: PlayerStage): Player => new Trainer(stage);

class Trainer implements Player {
  readonly #stage: PlayerStage;
  // biome-ignore lint/suspicious/noExplicitAny: as AnyWidget
  readonly #recording: Recording<any, unknown>;
  /** The control that counts snapshots. */
  readonly #clock: Range;
  readonly #button: HTMLButtonElement;
  readonly #runs: RecordedRuns;
  #params!: AnyParams;
  /** The runs in the picture, the trained one first; empty after an end or a failure. */
  #currentRuns: RecordedRun[] = [];
  /** The result in the picture. */
  #shownResult: unknown;
  #isPlaying = false;
  /** It is changing the figure's values, which calls `restart`. */
  #isMoving = false;
  /** Milliseconds that the run had trained at the latest press, and when that was. */
  #trainedTime = 0;
  #pressTime = 0;
  #nextTick = 0;
  #frameRequest = 0;

  constructor(stage: PlayerStage) {
    const {parts, name, w, source} = stage;
    this.#stage = stage;
    this.#recording = w.recording!;
    this.#clock = w.controls[this.#recording.clock!];
    this.#button = parts.figure.querySelector<HTMLButtonElement>("[data-do=play]")!;
    this.#runs = new RecordedRuns(name, source, {
      arrived: (run) => this.#arrived(run),
      failed: (run, reason, isLoadError) => this.#failed(run, reason, isLoadError),
      late: () => stage.late(),
    });
  }

  restart(params: AnyParams) {
    const last = this.#params;
    this.#params = params;
    const before = this.#currentRuns[0];
    const waits = (run: object) => this.#recording.waits!(run);
    const runOf = (run: object) => this.#runs.of(run, waits(run));
    const main = runOf(this.#recording.runs(params)[0]!);
    if (main !== before) {
      this.#pause();
      this.#trainedTime = 0;
      this.#currentRuns = [main];
    }
    const values: Record<string, unknown> = {
      [this.#recording.clock!]: Math.min(this.#now, Math.max(0, main.frames.length - 1)),
    };
    // Another run resets these values, except those changed together with it.
    if (before && main !== before)
      for (const [name, value] of Object.entries(this.#stage.w.training!.resetValues))
        if (params[name] === last[name]) values[name] = value;
    if (Object.keys(values).some((name) => params[name] !== values[name])) return this.#move(values as AnyParams);
    // Runs that use the model of one step wait until training pauses.
    const currentRuns = this.#recording.runs(params).filter((run) => !this.#isPlaying || waits(run));
    this.#currentRuns = currentRuns.map(runOf);
    this.#runs.keep(this.#currentRuns);
    this.#showFrame();
  }

  press() {
    if (!this.#isReady) return;
    if (this.#isPlaying) {
      this.#pause();
      this.#stage.say(`Paused at ${this.#stepText(this.#now)}.`);
      this.restart(this.#params);
      return;
    }
    if (!this.#currentRuns.length) this.restart(this.#params);
    const main = this.#currentRuns[0]!;
    const last = main.frames.length - 1;
    if (main.isWhole && this.#now && this.#now < last) return this.#setStep(last);
    // At step 0 the reader wants to watch the training, so the run is trained again even if it was trained before.
    if (last > 0 && (main.isWhole || !this.#now)) {
      this.#runs.forget(main);
      this.restart(this.#params);
    }
    this.#play();
  }

  isPlaying() {
    return this.#isPlaying;
  }

  /** Nothing pauses off screen, because a run takes only seconds. */
  sleep() {}
  wake() {}

  /** Ends the runs that are being computed; if asked for again, they start over. */
  end() {
    this.#pause();
    cancelAnimationFrame(this.#frameRequest);
    this.#frameRequest = 0;
    this.#currentRuns = [];
    this.#runs.keep([]);
    stopIdleWorker();
  }

  #play() {
    this.#isPlaying = true;
    this.#pressTime = performance.now();
    for (const {job} of this.#currentRuns) job?.play();
    this.#stage.say(`Training, from ${this.#stepText(this.#now)} to ${this.#last}.`);
    this.#label();
    this.#setBusy();
    this.#nextTick = requestAnimationFrame(() => this.#tick());
  }

  #pause() {
    if (this.#isPlaying) this.#trainedTime += performance.now() - this.#pressTime;
    this.#isPlaying = false;
    cancelAnimationFrame(this.#nextTick);
    this.#currentRuns[0]?.job?.pause();
    this.#setBusy();
  }

  #tick() {
    const main = this.#currentRuns[0]!;
    const newest = main.frames.length - 1;
    const {stops = []} = this.#recording;
    // Without motion the picture is drawn a few times only.
    const isStill = this.#stage.isStill() && !main.isWhole;
    const to = isStill ? Math.max(this.#now, ...stops.filter((stop) => stop <= newest)) : newest;
    this.#nextTick = requestAnimationFrame(() => this.#tick());
    if (main.isWhole) this.#pause();
    if (to > this.#now) this.#setStep(to);
    else if (main.isWhole) this.restart(this.#params);
  }

  #arrived(run: RecordedRun) {
    if (!this.#currentRuns.includes(run)) return;
    // During training, `#tick` shows what has arrived, except the first snapshot.
    if (this.#isPlaying && run === this.#currentRuns[0] && run.frames.length > 1) return;
    this.#frameRequest ||= requestAnimationFrame(() => {
      this.#frameRequest = 0;
      if (this.#currentRuns.length) this.#showFrame();
    });
  }

  #failed(run: RecordedRun, reason: string, isLoadError?: boolean) {
    if (!this.#currentRuns.includes(run)) return;
    this.#pause();
    this.#currentRuns = [];
    this.#setBusy();
    this.#label();
    this.#stage.fail(reason, isLoadError);
  }

  /** Shows the snapshot at the clock once it is there. */
  #showFrame() {
    const {show, parts} = this.#stage;
    this.#label();
    this.#setBusy();
    const isBegun = this.#trainedTime > 0 || this.#isPlaying;
    if (parts.pace) put(parts.pace, isBegun ? `${fixed(this.#seconds, 1)} s` : "");
    if (this.#currentRuns[0]!.frames.length <= this.#now) return;
    const frames = this.#currentRuns.map(({frames}) => frames as unknown as Frames<never>);
    this.#shownResult = this.#recording.read(frames, this.#params, this.#shownResult);
    show(this.#shownResult);
  }

  #setStep(step: number) {
    this.#move({[this.#recording.clock!]: step});
  }

  #move(values: AnyParams) {
    if (this.#isMoving) return;
    this.#isMoving = true;
    this.#stage.move(values);
    this.#isMoving = false;
  }

  /** Says on the button what pressing it does. */
  #label() {
    const {start, wait, pause, on, again} = this.#stage.w.training!.buttonTexts;
    const [main] = this.#currentRuns;
    if (this.#isReady) this.#button.removeAttribute("aria-disabled");
    else this.#button.setAttribute("aria-disabled", "true");
    if (this.#isPlaying) {
      put(this.#button, main?.frames.length ? pause : wait(this.#params));
      return;
    }
    const isAtEnd = main?.isWhole && main.frames.length > 1 && this.#now >= main.frames.length - 1;
    const isAtStart = !main || main.frames.length < 2 || !this.#now;
    put(this.#button, isAtEnd ? again : isAtStart ? start : on);
  }

  #setBusy() {
    const isLoading = !this.#currentRuns[0]?.frames.length && this.#currentRuns.length > 0;
    this.#stage.parts.picture.setAttribute("aria-busy", String(this.#isPlaying || isLoading));
  }

  get #isReady(): boolean {
    return this.#stage.w.training!.isReady?.(this.#params) ?? true;
  }

  get #seconds(): number {
    return (this.#trainedTime + (this.#isPlaying ? performance.now() - this.#pressTime : 0)) / 1000;
  }

  /** The last place of the clock in this state. */
  get #last(): number {
    return this.#stage.w.bounds?.(this.#params)[this.#recording.clock!]?.[1] ?? this.#clock.max;
  }

  /** Where the clock is. */
  get #now(): number {
    return Number(this.#params[this.#recording.clock!]);
  }

  /** "step 100" */
  #stepText(step: number): string {
    return `${plain(this.#clock.label).toLowerCase()} ${step}`;
  }
}
