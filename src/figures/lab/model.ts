import {loadFor} from "../shared/baseModels.ts";
import {loadKernels} from "../shared/kernelPool.ts";
import type {Settings} from "./controls.ts";
import type {UseOrder} from "./orders.ts";
import type {Snapshot} from "./snapshot.ts";
import {train} from "./train.ts";
import {use} from "./use.ts";

/** Loads what a run needs; without an argument, what any run needs. */
export async function ready(order?: Settings | UseOrder): Promise<void> {
  const tasks = order && [order.task, ...("other" in order && order.other ? [order.other.task] : [])];
  await Promise.all([loadFor(tasks), loadKernels()]);
}

/** A run step by step, or one snapshot of a trained model at work. */
export const compute = (order: Settings | UseOrder): Generator<Snapshot | Promise<void> | undefined, void> =>
  "run" in order ? use(order) : train(order);
