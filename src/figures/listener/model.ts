import type {ArrowPair, Arrows} from "./arrows.ts";
import {inputs} from "./cloud.ts";
import {DESCENT_STEPS} from "./controls.ts";
import {descend, logisticLoss, rightOf} from "./descent.ts";

export interface TrainedPair {
  pair: ArrowPair;
  loss: number;
  right: number;
}

export interface ListenerRun {
  seed: number;
  /** Where a and b begin. */
  from: Arrows;
}

/** Trains a and b on the task. It takes so little time that one snapshot holds every step; the clock says which is shown. */
export function* compute({seed, from}: ListenerRun): Generator<readonly TrainedPair[], void> {
  const cloud = inputs(seed, true);
  let pair = from[0]!;
  yield Array.from({length: DESCENT_STEPS + 1}, (_, step) => {
    if (step) pair = descend(pair, cloud);
    return {pair, loss: logisticLoss(pair, cloud), right: rightOf(pair, cloud)};
  });
}
