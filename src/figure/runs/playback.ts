import type {AnyParams} from "../controls.ts";
import {put} from "../plot/text/put.ts";
import type {Player, PlayerStage} from "../widget.ts";
import {run, stopIdleWorker} from "./run.ts";
import type {Job} from "./runLoop.ts";

/** The player of figures whose run is computed on Play: shows each snapshot as it comes, and how far the run is. */
export const player = (stage: PlayerStage): Player => new Playback(stage);

class Playback implements Player {
  readonly #stage: PlayerStage;
  readonly #button: HTMLButtonElement;
  readonly #progress: HTMLProgressElement;
  #job?: Job;
  #isPlaying = false;
  #isAsleep = false;
  #hasEnded = false;
  /** The latest snapshot. */
  #latest: unknown;
  /** More than half of the run's work is still to be done. */
  #isBeforeHalf = false;
  /** How much is done, "3 of 70 runs". */
  #done = "";

  constructor(stage: PlayerStage) {
    this.#stage = stage;
    const {figure} = stage.parts;
    this.#button = figure.querySelector<HTMLButtonElement>("[data-do=play]")!;
    this.#progress = figure.querySelector<HTMLProgressElement>(".done")!;
  }

  restart(params: AnyParams) {
    const {name, source, fail, late} = this.#stage;
    this.#job?.cancel();
    this.#latest = undefined;
    this.#hasEnded = false;
    this.#setPlaying(false);
    this.#progress.value = 0;
    const reports = {
      result: (snapshot: unknown) => this.#arrive(snapshot),
      end: () => this.#finish(),
      fail: (reason: string, isLoadError?: boolean) => {
        this.#finish();
        fail(reason, isLoadError);
      },
      late,
    };
    this.#job = run(name, params, reports, source);
  }

  press(tool: "play" | "step" | "restart", params: AnyParams) {
    if (tool === "restart" || this.#hasEnded || !this.#job) this.restart(params);
    if (tool === "step") {
      this.#setPlaying(false);
      this.#job!.step();
    } else if (tool === "play") {
      this.#setPlaying(!this.#isPlaying);
      if (this.#isPlaying) this.#play();
      else this.#pause();
    }
  }

  isPlaying() {
    return this.#isPlaying;
  }

  sleep() {
    this.#isAsleep = true;
    if (this.#isPlaying) this.#job?.pause();
  }

  wake() {
    if (!this.#isAsleep) return;
    this.#isAsleep = false;
    if (this.#isPlaying) this.#job?.play();
  }

  end() {
    this.#job?.cancel();
    this.#job = undefined;
    this.#setPlaying(false);
    stopIdleWorker();
  }

  #play() {
    this.#stage.say(this.#done ? `Running: ${this.#done}.` : "Running.");
    if (!this.#isAsleep) this.#job!.play();
  }

  #pause() {
    const {isStill, show} = this.#stage;
    this.#job!.pause();
    if (isStill() && this.#latest !== undefined) show(this.#latest);
  }

  #arrive(snapshot: unknown) {
    const {isStill, show} = this.#stage;
    this.#advance(snapshot);
    this.#latest = snapshot;
    // Without motion only the end of a run is shown, and earlier snapshots only by Step.
    if (!(this.#isPlaying && isStill())) show(snapshot);
  }

  #finish() {
    const {isStill, show} = this.#stage;
    this.#hasEnded = true;
    if (isStill() && this.#latest !== undefined) show(this.#latest);
    this.#setPlaying(false);
  }

  /** Shows how far the run is. */
  #advance(snapshot: unknown) {
    const [n = 0, total = 1, unit = ""] = this.#stage.w.progress?.(snapshot) ?? [];
    this.#done = unit && `${n} of ${total} ${unit}`;
    this.#progress.value = n / total;
    this.#progress.setAttribute("aria-valuetext", this.#done);
    if (this.#isPlaying && this.#isBeforeHalf && n < total && 2 * n >= total)
      this.#stage.say(`${this.#done} are done.`);
    this.#isBeforeHalf = 2 * n < total;
  }

  #setPlaying(isPlaying: boolean) {
    this.#isPlaying = isPlaying;
    put(this.#button, isPlaying ? "Pause" : (this.#stage.w.tools?.play ?? "Play"));
  }
}
