import {loadFor} from "../shared/baseModels.ts";
import {loadKernels} from "../shared/kernelPool.ts";
import type {LabSettings} from "./controls.ts";
import type {UseOrder} from "./orders.ts";
import type {LabSnapshot} from "./snapshot.ts";
import {trainLabRun} from "./train.ts";
import {modelInUse} from "./writing.ts";

/** Loads what a run needs; without an argument, what any run needs. */
export async function ready(order?: LabSettings | UseOrder): Promise<void> {
  const tasks = order && [order.task, ...("other" in order && order.other ? [order.other.task] : [])];
  await Promise.all([loadFor(tasks), loadKernels()]);
}

/** A run step by step, or one snapshot of a trained model at work. */
export const compute = (order: LabSettings | UseOrder): Generator<LabSnapshot | Promise<void> | undefined, void> =>
  "run" in order ? modelInUse(order) : trainLabRun(order);
