import type {AnyParams} from "../controls.ts";
import {LATE} from "../errorNote.ts";
import {loadingRun} from "./loadingRun.ts";
import {type MakeWorker, pageWorker, type RunningWorker} from "./pageWorker.ts";
import type {WorkerAnswer, WorkerOrder} from "./protocol.ts";
import type {Job, Reports} from "./runLoop.ts";
import {begun, type RunModel} from "./serve.ts";

/** Where a run is computed. */
export interface RunSource {
  /** In a worker; without one, runs are sliced on the main thread. */
  worker?: MakeWorker;
  /** Loads the model onto the page, where the page is not one of ours. */
  model?: () => Promise<RunModel>;
}

const modelOf = async (name: string) => (await import("../../figures/models.ts")).models[name]!();

/** Milliseconds of silence after which a worker that owes an answer counts as dead. */
const ANSWER_TIMEOUT = 5000;
/** The same for a worker that has not spoken yet: its own script may be slow to load. */
const START_TIMEOUT = 10_000;

/** For when a figure ends: stops the page's worker if no run uses it. */
export const stopIdleWorker = () => pageWorker.stopIdle();

/** What a run tells its figure. */
export interface RunReports extends Pick<Reports, "result" | "end" | "fail"> {
  /** What the run needs is late. */
  late?(): void;
}

/**
 * Runs a widget's generator in the worker where one may start. When the worker dies, the run goes on in slices on the
 * main thread from the snapshot it had reached: runs are deterministic, so nothing changes but the place. Only then does
 * the page load the model. With `every`, reports get lists of all snapshots; without, the newest of each slice.
 */
export function run(name: string, params: AnyParams, reports: RunReports, source: RunSource, every = false): Job {
  const {told, hush} = tellingWhenLate(reports);
  const inSlices = (skip: number) => {
    const model = begun(source.model ? source.model() : modelOf(name), params);
    return loadingRun(model, told, (slice) => requestAnimationFrame(slice), {skip, every});
  };
  const running = pageWorker.start(source.worker);
  const job = running ? new WorkerRun(running, {name, params, every}, told, inSlices) : inSlices(0);
  return {
    play: () => job.play(),
    pause: () => job.pause(),
    step: () => job.step(),
    cancel() {
      hush();
      job.cancel();
    },
  };
}

/** The reports of a run that may have to load something: they are told when that takes long. */
function tellingWhenLate(reports: RunReports) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hush = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const told: Required<Omit<Reports, "loading">> & {loading(): void} = {
    loading() {
      timer ??= setTimeout(() => reports.late?.(), LATE);
    },
    rest: hush,
    result(snapshot, index) {
      hush();
      reports.result(snapshot, index);
    },
    end() {
      hush();
      reports.end();
    },
    fail(reason, isLost) {
      hush();
      reports.fail(reason, isLost);
    },
  };
  return {told, hush};
}

let serial = 0;

/** A run in the page's worker. */
class WorkerRun implements Job {
  readonly #id = ++serial;
  readonly #running: RunningWorker;
  readonly #reports: Reports & {loading(): void; rest(): void};
  /** Goes on from a snapshot without the worker. */
  readonly #inSlices: (skip: number) => Job;
  /** Index of the latest snapshot. */
  #reached = 0;
  /** Index of the last snapshot asked for by Step: if the worker dies, the run goes on up to here. */
  #due = 0;
  #isPlaying = false;
  #isListening = true;
  #watch?: ReturnType<typeof setTimeout>;
  /** The run on the main thread that took over after the worker died. */
  #successor?: Job;

  constructor(
    running: RunningWorker,
    start: {name: string; params: AnyParams; every: boolean},
    reports: Reports & {loading(): void; rest(): void},
    inSlices: (skip: number) => Job,
  ) {
    this.#running = running;
    this.#reports = reports;
    this.#inSlices = inSlices;
    running.worker.addEventListener("message", this.#listen);
    running.worker.addEventListener("error", this.#died);
    running.listeners++;
    reports.loading();
    this.#order({id: this.#id, do: "start", ...start});
    this.#expect();
  }

  play() {
    this.#isPlaying = true;
    if (this.#successor) return this.#successor.play();
    this.#expect();
    this.#order({id: this.#id, do: "play"});
  }

  pause() {
    this.#isPlaying = false;
    if (this.#successor) return this.#successor.pause();
    clearTimeout(this.#watch);
    this.#order({id: this.#id, do: "pause"});
  }

  step() {
    this.#isPlaying = false;
    if (this.#successor) return this.#successor.step();
    this.#due = Math.max(this.#due, this.#reached) + 1;
    this.#expect();
    this.#order({id: this.#id, do: "step"});
  }

  cancel() {
    if (this.#successor) return this.#successor.cancel();
    this.#leave();
    this.#order({id: this.#id, do: "cancel"});
  }

  #order(order: WorkerOrder) {
    this.#running.worker.postMessage(order);
  }

  readonly #listen = ({data}: MessageEvent<WorkerAnswer>) => {
    this.#running.hasSpoken = true;
    if (data.id !== this.#id) return;
    clearTimeout(this.#watch);
    if ("loading" in data) {
      this.#reports.loading();
      this.#expect();
    } else if ("busy" in data) {
      this.#reports.rest();
      // A "busy" sent before the worker heard of a pause promises nothing more.
      if (this.#isPlaying || this.#reached < this.#due) this.#expect();
    } else if ("result" in data) {
      this.#reached = data.index;
      this.#reports.result(data.result, data.index);
      if (this.#isPlaying) this.#expect();
    } else {
      this.#leave();
      if ("fail" in data) this.#reports.fail(data.fail, data.isLost);
      else this.#reports.end();
    }
  };

  readonly #died = () => {
    this.#leave();
    pageWorker.stop(this.#running);
    this.#successor = this.#inSlices(Math.max(this.#reached, this.#due));
    if (this.#isPlaying) this.#successor.play();
  };

  /** The worker has to answer in time. */
  #expect() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(this.#died, this.#running.hasSpoken ? ANSWER_TIMEOUT : START_TIMEOUT);
  }

  #leave() {
    clearTimeout(this.#watch);
    this.#running.worker.removeEventListener("message", this.#listen);
    this.#running.worker.removeEventListener("error", this.#died);
    if (this.#isListening) this.#running.listeners--;
    this.#isListening = false;
  }
}
