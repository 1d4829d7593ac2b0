import type {Arrows, Pair} from "./arrows.ts";
import {inputs} from "./cloud.ts";
import {STEPS} from "./controls.ts";
import {descend, lossOf, rightOf} from "./descent.ts";

export interface Trained {
  pair: Pair;
  loss: number;
  right: number;
}

export interface Run {
  seed: number;
  /** Where a and b begin. */
  from: Arrows;
}

/** Trains a and b on the task. It takes so little time that one snapshot holds every step; the clock says which is shown. */
export function* compute({seed, from}: Run): Generator<readonly Trained[], void> {
  const cloud = inputs(seed, true);
  let pair = from[0]!;
  yield Array.from({length: STEPS + 1}, (_, step) => {
    if (step) pair = descend(pair, cloud);
    return {pair, loss: lossOf(pair, cloud), right: rightOf(pair, cloud)};
  });
}
