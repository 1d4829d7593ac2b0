import type {AnyParams} from "./controls.ts";
import type {Answer, Order} from "./protocol.ts";
import {type Job, pump} from "./pump.ts";

export type Compute = (params: AnyParams) => unknown;
type Load = (name: string) => Promise<{compute: Compute}>;
type Press = "play" | "pause" | "step";

/** The inside of a worker: starts runs by name and pumps them in turn, so that several widgets interleave. */
export function serve(load: Load, post: (answer: Answer) => void) {
  // A run whose model is still loading is the list of what was pressed meanwhile.
  const jobs = new Map<number, Job | Press[]>();
  const next = scheduler();

  async function start({id, name, params, every}: Extract<Order, {do: "start"}>) {
    const pressed: Press[] = [];
    jobs.set(id, pressed);
    const finish = (answer: Answer) => {
      jobs.delete(id);
      post(answer);
    };
    try {
      const {compute} = await load(name);
      if (!jobs.has(id)) return;
      const job = pump(
        compute(params) as Iterator<unknown>,
        {
          result: (result, index) => post({id, result, index}),
          end: () => finish({id, end: true}),
          fail: (fail) => finish({id, fail}),
        },
        next,
        {every},
      );
      jobs.set(id, job);
      for (const press of pressed) job[press]();
    } catch (error) {
      finish({id, fail: error instanceof Error ? error.message : String(error)});
    }
  }

  return (order: Order) => {
    if (order.do === "start") return void start(order);
    const job = jobs.get(order.id);
    if (!job) return;
    if (order.do === "cancel") {
      jobs.delete(order.id);
      if (!Array.isArray(job)) job.cancel();
    } else if (Array.isArray(job)) job.push(order.do);
    else job[order.do]();
  };
}

/**
 * Between slices the worker must hear "pause" and "cancel". A message to itself queues behind them, without the four
 * milliseconds that nested timers are held back.
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
