import type {AnyParams} from "../../figure/controls.ts";
import {put} from "../../figure/plot/text/put.ts";
import {run, stopIdleWorker} from "../../figure/runs/run.ts";
import type {Job} from "../../figure/runs/runLoop.ts";
import type {Player, PlayerStage} from "../../figure/widget.ts";
import {LAST, type LatencyParams} from "./controls.ts";
import {type LatencyResult, shapeOf, untimed} from "./untimed.ts";
import {layerWays, type MeasuredTimes} from "./ways.ts";

/** Sends passes down the lanes, and first measures this device where its times are asked for. Nothing is measured unasked. */
export const player = (stage: PlayerStage): Player => new Sender(stage);

/** How long the slowest lane takes on screen, in ms. */
const SHOW = 2600;
/** What Step adds to the time, in percent. */
const STEP = 5;

class Sender implements Player {
  readonly #stage: PlayerStage;
  readonly #button: HTMLButtonElement;
  readonly #progress: HTMLProgressElement;
  #params!: LatencyParams;
  /** What is measured, for the shape named here, and whether that has come to its end. */
  #shape = "";
  #job?: Job;
  #measured?: MeasuredTimes;
  #isDone = false;
  #isMeasuring = false;
  /** The pass that is on its way: when and where it began. */
  #sent = {at: 0, from: 0};
  /** The time at which the last one was stopped, to go on from there. */
  #paused?: number;
  #nextTick = 0;
  /** The slider of time is being moved by this player and not by the reader. */
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
    if (shape !== this.#shape) this.#forget();
    this.#shape = shape;
    if (this.#params.times === "paper") this.#pause();
    if (!this.#isMoving) this.#stop();
    this.#name();
    this.#show();
  }

  press(tool: "play" | "step" | "restart") {
    const wasGoing = this.isPlaying();
    this.#pause();
    this.#stop();
    if (tool === "restart") this.#again();
    else if (tool === "step") this.#step();
    else if (wasGoing) this.#paused = this.#params.after;
    else if (this.#isToMeasure) this.#measure();
    else this.#send();
    this.#name();
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
    else if (this.#nextTick) this.#go(this.#params.after);
  }

  end() {
    this.#pause();
    this.#stop();
    this.#job?.cancel();
    this.#job = undefined;
    this.#name();
    stopIdleWorker();
  }

  get #isToMeasure(): boolean {
    return this.#params.times === "here" && !this.#isDone;
  }

  /** From the start: the paper's pass leaves anew; times of this device are forgotten. */
  #again() {
    if (this.#params.times === "paper") return this.#move(0);
    this.#forget();
    this.#show();
  }

  #step() {
    if (this.#isToMeasure) this.#begun().step();
    else this.#move(Math.min(this.#params.after + STEP, LAST));
  }

  #measure() {
    this.#isMeasuring = true;
    this.#stage.say("Measuring.");
    const job = this.#begun();
    if (!this.#isAsleep) job.play();
  }

  /** The job that measures the present shape. */
  #begun(): Job {
    const {name, source, fail, late} = this.#stage;
    this.#job ??= run(
      name,
      this.#params,
      {
        result: (snapshot) => this.#arrive((snapshot as LatencyResult).measured),
        end: () => this.#finish(),
        fail: (reason, isLost) => {
          this.#forget();
          this.#name();
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
    // Without motion a measurement is its end.
    if (!(this.#isMeasuring && this.#stage.isStill())) this.#show();
  }

  #finish() {
    this.#isDone = true;
    this.#isMeasuring = false;
    this.#job = undefined;
    this.#name();
    this.#show();
  }

  #send() {
    const {after} = this.#params;
    this.#stage.say("The batch is on its way.");
    if (this.#stage.isStill()) return this.#move(this.#last);
    this.#go(after === this.#paused && after < this.#last ? after : 0);
  }

  #go(from: number) {
    this.#sent = {at: performance.now(), from};
    this.#nextTick = requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    const {at, from} = this.#sent;
    const last = this.#last;
    const to = Math.min(Math.floor(from + ((performance.now() - at) / SHOW) * last), last);
    this.#nextTick = requestAnimationFrame(() => this.#tick());
    if (to !== this.#params.after) this.#move(to);
    if (to < last) return;
    this.#stop();
    this.#name();
  }

  #move(after: number) {
    this.#isMoving = true;
    this.#stage.move({after});
    this.#isMoving = false;
  }

  /** When the slowest lane is through, in percent of the first one's time. */
  get #last(): number {
    const {setting} = untimed(this.#params);
    const times = this.#measured?.times;
    const slowest =
      this.#params.times === "paper" || !times
        ? 1 + setting.adapters[this.#params.compared].added
        : Math.max(...layerWays.map((way) => times[way].median)) / times.merged.median;
    return Math.min(Math.ceil(100 * slowest), LAST);
  }

  #pause() {
    if (!this.#isMeasuring) return;
    this.#isMeasuring = false;
    this.#job?.pause();
    this.#show();
  }

  /** The pass stands still where it is. */
  #stop() {
    cancelAnimationFrame(this.#nextTick);
    this.#nextTick = 0;
  }

  #forget() {
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

  /** The button says what it will do. */
  #name() {
    put(this.#button, this.isPlaying() ? "Pause" : this.#isToMeasure ? "Measure" : "Send a batch");
  }
}
