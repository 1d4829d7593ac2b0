/** Starts a run: in the page's worker, or without one on the main thread. */
import type {AnyParams} from "../controls.ts";
import {LATE_AFTER} from "../errorNote.ts";
import {loadingRun} from "./loadingRun.ts";
import {type MakeWorker, pageWorker, type RunningWorker} from "./pageWorker.ts";
import type {WorkerAnswer, WorkerOrder} from "./protocol.ts";
import type {Job, Reports} from "./runLoop.ts";
import {beginRun, type RunModel} from "./serve.ts";

/** Where a run is computed. */
export interface RunSource {
  /** In a worker; without one, runs are sliced on the main thread. */
  worker?: MakeWorker;
  /** Loads the model onto the page, where the page is not one of ours. */
  model?: () => Promise<RunModel>;
}

/** Loads a figure's model onto the page. */
const modelOf = async (name: string) => (await import("../../figures/models.ts")).models[name]!();

/** Milliseconds of silence after which a worker that owes an answer counts as dead. */
const ANSWER_TIMEOUT = 5000;
/** The same for a worker that has not spoken yet: its own script may be slow to load. */
const START_TIMEOUT = 10_000;

/** Stops the page's worker if no run uses it. A figure that ends calls this. */
export const stopIdleWorker = () => pageWorker.stopIdle();

/** Callbacks of a run for its figure. */
interface RunReports extends Pick<Reports, "result" | "end" | "fail"> {
  /** A file that the run needs is late. */
  late?(): void;
}

/**
 * Runs a widget's generator in the worker where one may start. When the worker dies, the run goes on in slices on the
 * main thread from the snapshot it had reached: runs are deterministic, so nothing changes but the place. Only then does
 * the page load the model. With `every`, reports get lists of all snapshots; without, the newest of each slice.
 */
export function run(name: string, params: AnyParams, reports: RunReports, source: RunSource, every = false): Job {
  const {reports: timedReports, stopTimer} = withLateTimer(reports);
  const inSlices = (skip: number) => {
    const model = beginRun(source.model ? source.model() : modelOf(name), params);
    return loadingRun(model, timedReports, (slice) => requestAnimationFrame(slice), {skip, every});
  };
  const running = pageWorker.start(source.worker);
  const job = running ? new WorkerRun(running, {name, params, every}, timedReports, inSlices) : inSlices(0);
  return {
    play: () => job.play(),
    pause: () => job.pause(),
    step: () => job.step(),
    cancel() {
      stopTimer();
      job.cancel();
    },
  };
}

/** The reports of a run with a timer, by which the figure hears when something takes long to load. */
function withLateTimer(reports: RunReports) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopTimer = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const timed: Required<Omit<Reports, "loading">> & {loading(): void} = {
    loading() {
      timer ??= setTimeout(() => reports.late?.(), LATE_AFTER);
    },
    rest: stopTimer,
    result(snapshot, index) {
      stopTimer();
      reports.result(snapshot, index);
    },
    end() {
      stopTimer();
      reports.end();
    },
    fail(reason, isLoadError) {
      stopTimer();
      reports.fail(reason, isLoadError);
    },
  };
  return {reports: timed, stopTimer};
}

/** The number of the latest run in a worker. */
let latestId = 0;

/** A run in the page's worker. */
class WorkerRun implements Job {
  readonly #id = ++latestId;
  readonly #running: RunningWorker;
  readonly #reports: Reports & {loading(): void; rest(): void};
  /** Starts the run on the main thread; snapshots before `skip` are not reported again. */
  readonly #inSlices: (skip: number) => Job;
  /** Index of the latest snapshot. */
  #latestIndex = 0;
  /** Index of the last snapshot that Step asked for: if the worker dies, the run goes on up to it. */
  #requestedIndex = 0;
  #isPlaying = false;
  #isListening = true;
  #timeout?: ReturnType<typeof setTimeout>;
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
    running.worker.addEventListener("message", this.#onMessage);
    running.worker.addEventListener("error", this.#onDeath);
    running.listeners++;
    reports.loading();
    this.#order({id: this.#id, do: "start", ...start});
    this.#expectAnswer();
  }

  play() {
    this.#isPlaying = true;
    if (this.#successor) return this.#successor.play();
    this.#expectAnswer();
    this.#order({id: this.#id, do: "play"});
  }

  pause() {
    this.#isPlaying = false;
    if (this.#successor) return this.#successor.pause();
    clearTimeout(this.#timeout);
    this.#order({id: this.#id, do: "pause"});
  }

  step() {
    this.#isPlaying = false;
    if (this.#successor) return this.#successor.step();
    this.#requestedIndex = Math.max(this.#requestedIndex, this.#latestIndex) + 1;
    this.#expectAnswer();
    this.#order({id: this.#id, do: "step"});
  }

  cancel() {
    if (this.#successor) return this.#successor.cancel();
    this.#stopListening();
    this.#order({id: this.#id, do: "cancel"});
  }

  #order(order: WorkerOrder) {
    this.#running.worker.postMessage(order);
  }

  readonly #onMessage = ({data}: MessageEvent<WorkerAnswer>) => {
    this.#running.hasSpoken = true;
    if (data.id !== this.#id) return;
    clearTimeout(this.#timeout);
    if ("loading" in data) {
      this.#reports.loading();
      this.#expectAnswer();
    } else if ("busy" in data) {
      this.#reports.rest();
      // A "busy" sent before the worker heard of a pause promises nothing more.
      if (this.#isPlaying || this.#latestIndex < this.#requestedIndex) this.#expectAnswer();
    } else if ("result" in data) {
      this.#latestIndex = data.index;
      this.#reports.result(data.result, data.index);
      if (this.#isPlaying) this.#expectAnswer();
    } else {
      this.#stopListening();
      if ("fail" in data) this.#reports.fail(data.fail, data.isLoadError);
      else this.#reports.end();
    }
  };

  readonly #onDeath = () => {
    this.#stopListening();
    pageWorker.stop(this.#running);
    this.#successor = this.#inSlices(Math.max(this.#latestIndex, this.#requestedIndex));
    if (this.#isPlaying) this.#successor.play();
  };

  /** From now on the worker has to answer in time. */
  #expectAnswer() {
    clearTimeout(this.#timeout);
    this.#timeout = setTimeout(this.#onDeath, this.#running.hasSpoken ? ANSWER_TIMEOUT : START_TIMEOUT);
  }

  /** Ends this run's part in the worker. */
  #stopListening() {
    clearTimeout(this.#timeout);
    this.#running.worker.removeEventListener("message", this.#onMessage);
    this.#running.worker.removeEventListener("error", this.#onDeath);
    if (this.#isListening) this.#running.listeners--;
    this.#isListening = false;
  }
}
