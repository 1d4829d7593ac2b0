import {percent, whole} from "../../figure/plot/text/format.ts";
import type {IntrinsicParams} from "./controls.ts";
import type {IntrinsicResult} from "./model.ts";
import type {ShapeName} from "./tasks.ts";

export const shapeNames: Readonly<Record<ShapeName, string>> = {line: "edge", circle: "circle", ring: "ring"};

/** "64 of 696 random directions". D random directions are not ordinary training, so the text says so. */
const directions = ({trial, sweep}: IntrinsicResult): string =>
  trial.d === sweep.D
    ? `${whole(sweep.D)} random directions (as many as weights, yet not ordinary training)`
    : `${whole(trial.d)} of ${whole(sweep.D)} random directions`;

export function summary(result: IntrinsicResult, {seed, task}: IntrinsicParams): string {
  const {isStored, step, steps, right, ends, sweep, d90} = result;
  const many = `The median of nine seeds first passes the 90% line, ${percent(sweep.line)}, at d = ${whole(d90[task])}.`;
  if (isStored)
    return `After ${steps} steps along ${directions(result)}, the network of seed ${seed} has ${percent(right)} of the ${shapeNames[task]} right. ${many}`;
  return `At step ${step} of ${steps} along ${directions(result)}, ${percent(right)} of the ${shapeNames[task]} is right; the stored run of seed ${seed} ends at ${percent(ends)}. ${many}`;
}
