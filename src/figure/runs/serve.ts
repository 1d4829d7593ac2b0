/** The worker's side of runs. */
import type {AnyParams} from "../controls.ts";
import {loadingRun} from "./loadingRun.ts";
import {BEAT, type WorkerAnswer, type WorkerOrder} from "./protocol.ts";
import type {Job} from "./runLoop.ts";

/** The model of a figure with runs. */
export interface RunModel {
  /** Yields the snapshots of a run, and undefined where the next is not ready and other runs may take a turn. */
  compute(params: object): Iterator<unknown>;
  /** Loads what this run needs besides code, or without parameters what any run may need. Called before `compute`. */
  ready?(params?: object): Promise<void>;
}

/** Begins a run once its model and all that the run needs have loaded. */
export async function beginRun(loading: Promise<RunModel>, params: AnyParams): Promise<Iterator<unknown>> {
  const {compute, ready} = await loading;
  await ready?.(params);
  try {
    return compute(params);
  } catch (error) {
    return failingRun(error);
  }
}

/** Throws an error of the model when the run is started, so that the run fails and not its loading. */
const failingRun = (error: unknown): Iterator<never> => ({
  next() {
    throw error;
  },
});

/** What runs in a worker: starts runs by name and computes a slice of each in turn, so that no figure waits for another. */
export function serve(load: (name: string) => Promise<RunModel>, post: (answer: WorkerAnswer) => void) {
  const jobs = new Map<number, Job>();
  const next = scheduler();

  function start({id, name, params, every}: Extract<WorkerOrder, {do: "start"}>) {
    const finish = (answer: WorkerAnswer) => {
      jobs.delete(id);
      post(answer);
    };
    const reports = {
      result: (result: unknown, index: number) => post({id, result, index}),
      rest: () => post({id, busy: true}),
      loading: (coming: Promise<unknown>) => {
        post({id, loading: true});
        const beat = setInterval(() => jobs.has(id) && post({id, loading: true}), BEAT);
        const stopBeat = () => clearInterval(beat);
        coming.then(stopBeat, stopBeat);
      },
      end: () => finish({id, end: true}),
      fail: (fail: string, isLoadError?: boolean) => finish({id, fail, isLoadError}),
    };
    jobs.set(id, loadingRun(beginRun(load(name), params), reports, next, {every}));
  }

  return (order: WorkerOrder) => {
    if (order.do === "start") return start(order);
    const job = jobs.get(order.id);
    if (!job) return;
    if (order.do === "cancel") jobs.delete(order.id);
    job[order.do]();
  };
}

/**
 * Schedules slices. Between two of them the worker must hear "pause" and "cancel": a message to itself queues behind these, without
 * the four milliseconds by which browsers hold back nested timers.
 */
function scheduler(): (slice: () => void) => void {
  const {port1, port2} = new MessageChannel();
  const slices: (() => void)[] = [];
  port1.onmessage = () => slices.shift()?.();
  return (slice) => {
    slices.push(slice);
    port2.postMessage(null);
  };
}
