/** Plays the figure: sends passes down the lanes, and measures this device when its times are asked for. */
import type {AnyParams} from "../../figure/controls.ts";
import {put} from "../../figure/plot/text/put.ts";
import {run, stopIdleWorker} from "../../figure/runs/run.ts";
import type {Job} from "../../figure/runs/runLoop.ts";
import type {Player, PlayerStage} from "../../figure/widget.ts";
import {type LatencyParams, TIME_END} from "./controls.ts";
import {type LatencyResult, shapeOf, untimed} from "./untimed.ts";
import {layerWays, type MeasuredTimes} from "./ways.ts";

export const player = (stage: PlayerStage): Player => new LatencyPlayer(stage);

/** The time that the slowest pass takes on screen, in ms. */
const DURATION = 2600;
/** What Step adds to the time, in percent. */
const STEP = 5;

class LatencyPlayer implements Player {
  readonly #stage: PlayerStage;
  readonly #button: HTMLButtonElement;
  readonly #progress: HTMLProgressElement;
  #params!: LatencyParams;
  /** What has been measured of the shape named here, and whether it is complete. */
  #shape = "";
  #job?: Job;
  #measured?: MeasuredTimes;
  #isDone = false;
  #isMeasuring = false;
  /** When the passes began to run, in ms, and from which time of the slider. */
  #started = {at: 0, from: 0};
  /** The time of the slider at which a reader paused, to go on from there. */
  #pausedAt?: number;
  #nextTick = 0;
  /** This player moves the slider, not the reader. */
  #isMoving = false;
  #isAsleep = false;

  constructor(stage: PlayerStage) {
    this.#stage = stage;
    const {figure} = stage.parts;
    this.#button = figure.querySelector<HTMLButtonElement>("[data-do=play]")!;
    this.#progress = figure.querySelector<HTMLProgressElement>(".done")!;
  }

  restart(params: AnyParams) {
    this.#params = params as LatencyParams;
    const shape = JSON.stringify(shapeOf(this.#params));
    if (shape !== this.#shape) this.#forgetTimes();
    this.#shape = shape;
    if (this.#params.times === "paper") this.#pauseMeasuring();
    if (!this.#isMoving) this.#stopPass();
    this.#nameButton();
    this.#show();
  }

  press(tool: "play" | "step" | "restart") {
    const wasGoing = this.isPlaying();
    this.#pauseMeasuring();
    this.#stopPass();
    if (tool === "restart") this.#startOver();
    else if (tool === "step") this.#step();
    else if (wasGoing) this.#pausedAt = this.#params.after;
    else if (this.#isToMeasure) this.#measure();
    else this.#send();
    this.#nameButton();
  }

  isPlaying() {
    return this.#isMeasuring || this.#nextTick > 0;
  }

  sleep() {
    this.#isAsleep = true;
    if (this.#isMeasuring) this.#job?.pause();
    cancelAnimationFrame(this.#nextTick);
  }

  wake() {
    if (!this.#isAsleep) return;
    this.#isAsleep = false;
    if (this.#isMeasuring) this.#job?.play();
    else if (this.#nextTick) this.#runFrom(this.#params.after);
  }

  end() {
    this.#pauseMeasuring();
    this.#stopPass();
    this.#job?.cancel();
    this.#job = undefined;
    this.#nameButton();
    stopIdleWorker();
  }

  get #isToMeasure(): boolean {
    return this.#params.times === "here" && !this.#isDone;
  }

  /** Restart: the paper's passes go back to the start; times of this device are forgotten. */
  #startOver() {
    if (this.#params.times === "paper") return this.#move(0);
    this.#forgetTimes();
    this.#show();
  }

  #step() {
    if (this.#isToMeasure) this.#measuringJob().step();
    else this.#move(Math.min(this.#params.after + STEP, TIME_END));
  }

  #measure() {
    this.#isMeasuring = true;
    this.#stage.say("Measuring.");
    const job = this.#measuringJob();
    if (!this.#isAsleep) job.play();
  }

  /** The job that measures the present shape. */
  #measuringJob(): Job {
    const {name, source, fail, late} = this.#stage;
    this.#job ??= run(
      name,
      this.#params,
      {
        result: (snapshot) => this.#arrive((snapshot as LatencyResult).measured),
        end: () => this.#finish(),
        fail: (reason, isLost) => {
          this.#forgetTimes();
          this.#nameButton();
          this.#show();
          fail(reason, isLost);
        },
        late,
      },
      source,
    );
    return this.#job;
  }

  #arrive(measured: MeasuredTimes | undefined) {
    this.#measured = measured;
    const {samples = 0, due = 1} = measured ?? {};
    this.#progress.value = samples / due;
    this.#progress.setAttribute("aria-valuetext", `${samples} of ${due} samples`);
    // A reader who wants no motion sees only the end of a measurement.
    if (!(this.#isMeasuring && this.#stage.isStill())) this.#show();
  }

  #finish() {
    this.#isDone = true;
    this.#isMeasuring = false;
    this.#job = undefined;
    this.#nameButton();
    this.#show();
  }

  #send() {
    const {after} = this.#params;
    this.#stage.say("The batch is on its way.");
    if (this.#stage.isStill()) return this.#move(this.#last);
    this.#runFrom(after === this.#pausedAt && after < this.#last ? after : 0);
  }

  #runFrom(from: number) {
    this.#started = {at: performance.now(), from};
    this.#nextTick = requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    const {at, from} = this.#started;
    const last = this.#last;
    const to = Math.min(Math.floor(from + ((performance.now() - at) / DURATION) * last), last);
    this.#nextTick = requestAnimationFrame(() => this.#tick());
    if (to !== this.#params.after) this.#move(to);
    if (to < last) return;
    this.#stopPass();
    this.#nameButton();
  }

  #move(after: number) {
    this.#isMoving = true;
    this.#stage.move({after});
    this.#isMoving = false;
  }

  /** When the slowest pass is through, in percent of the first one's time. */
  get #last(): number {
    const {setting} = untimed(this.#params);
    const times = this.#measured?.times;
    const slowest =
      this.#params.times === "paper" || !times
        ? 1 + setting.adapters[this.#params.compared].added
        : Math.max(...layerWays.map((way) => times[way].median)) / times.merged.median;
    return Math.min(Math.ceil(100 * slowest), TIME_END);
  }

  #pauseMeasuring() {
    if (!this.#isMeasuring) return;
    this.#isMeasuring = false;
    this.#job?.pause();
    this.#show();
  }

  /** The passes stop where they are. */
  #stopPass() {
    cancelAnimationFrame(this.#nextTick);
    this.#nextTick = 0;
  }

  #forgetTimes() {
    this.#job?.cancel();
    this.#job = undefined;
    this.#measured = undefined;
    this.#isDone = false;
    this.#isMeasuring = false;
    this.#progress.value = 0;
  }

  #show() {
    const measured = this.#measured;
    this.#stage.show({
      ...untimed(this.#params),
      ...(measured && {measured}),
    });
  }

  /** Writes on the button what it will do. */
  #nameButton() {
    put(this.#button, this.isPlaying() ? "Pause" : this.#isToMeasure ? "Measure" : "Send a batch");
  }
}
