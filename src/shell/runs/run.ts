import type {AnyParams} from "../controls.ts";
import {type MakeWorker, pageWorker} from "./pageWorker.ts";
import {pending} from "./pending.ts";
import type {Answer, Order} from "./protocol.ts";
import type {Job, Reports} from "./pump.ts";
import {begun, type Model} from "./serve.ts";

/** Where a run is computed. */
export interface RunSource {
  /** In a worker; without one, runs are sliced on the main thread. */
  worker?: MakeWorker;
  /** Loads the model onto the page, where the page is not one of ours. */
  model?: () => Promise<Model>;
}

const modelOf = (name: string) => async () => (await import("../../widgets/models.ts")).models[name]!();

/** Milliseconds of silence after which a worker that owes an answer counts as dead. */
const PATIENCE = 5000;
/** The same for a worker that has not spoken yet: its own script may be slow to load. */
const ARRIVAL = 20_000;

/** For when a figure ends: dismisses the page's worker if no run uses it. */
export const rest = () => pageWorker.rest();

/**
 * Runs a widget's generator in the worker where one may start. When the worker dies, the run goes on in slices on the
 * main thread from the snapshot it had reached: runs are deterministic, so nothing changes but the place. Only then does
 * the page load the model. With `every`, reports get lists of all snapshots; without, the newest of each slice.
 */
export function run(name: string, params: AnyParams, reports: Reports, source: RunSource, every = false): Job {
  const inSlices = (skip: number) => {
    const model = begun((source.model ?? modelOf(name))(), params);
    return pending(model, reports, (slice) => requestAnimationFrame(slice), {skip, every});
  };
  const worker = pageWorker.hire(source.worker);
  return worker ? new WorkerRun(worker, {name, params, every}, reports, inSlices) : inSlices(0);
}

let serial = 0;

/** A run in the page's worker. */
class WorkerRun implements Job {
  readonly #id = ++serial;
  readonly #worker: Worker;
  readonly #reports: Reports;
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
    worker: Worker,
    start: {name: string; params: AnyParams; every: boolean},
    reports: Reports,
    inSlices: (skip: number) => Job,
  ) {
    this.#worker = worker;
    this.#reports = reports;
    this.#inSlices = inSlices;
    worker.addEventListener("message", this.#listen);
    worker.addEventListener("error", this.#died);
    pageWorker.listeners++;
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

  #order(order: Order) {
    this.#worker.postMessage(order);
  }

  readonly #listen = ({data}: MessageEvent<Answer>) => {
    pageWorker.hasSpoken = true;
    if (data.id !== this.#id) return;
    clearTimeout(this.#watch);
    if ("loading" in data) this.#expect();
    else if ("busy" in data) {
      // A "busy" sent before the worker heard of a pause promises nothing more.
      if (this.#isPlaying || this.#reached < this.#due) this.#expect();
    } else if ("result" in data) {
      this.#reached = data.index;
      this.#reports.result(data.result, data.index);
      if (this.#isPlaying) this.#expect();
    } else {
      this.#leave();
      if ("fail" in data) this.#reports.fail(data.fail);
      else this.#reports.end();
    }
  };

  readonly #died = () => {
    this.#leave();
    pageWorker.bury(this.#worker);
    this.#successor = this.#inSlices(Math.max(this.#reached, this.#due));
    if (this.#isPlaying) this.#successor.play();
  };

  /** The worker has to answer in time. */
  #expect() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(this.#died, pageWorker.hasSpoken ? PATIENCE : ARRIVAL);
  }

  #leave() {
    if (this.#isListening) pageWorker.listeners--;
    this.#isListening = false;
    clearTimeout(this.#watch);
    this.#worker.removeEventListener("message", this.#listen);
    this.#worker.removeEventListener("error", this.#died);
  }
}
