import {cos} from "../linalg/elementary.ts";

/** The factor on the learning rate at a step, counted from 0, of a run of `steps`. */
export type Schedule = (step: number, steps: number) => number;

/** Always 1. */
export const constant: Schedule = () => 1;

/** The factor of a warmup in equal steps. */
const warmupFactor = (step: number, warmup: number) => Math.min(1, (step + 1) / warmup);

/** Warmup in `warmup` equal steps, times a straight line from 1 at the start to `last` at the end. */
export const linearDecay =
  (warmup = 10, last = 0.1): Schedule =>
  (step, steps) =>
    warmupFactor(step, warmup) * (1 - ((1 - last) * step) / steps);

/** Warmup in `warmup` equal steps, times half a cosine wave from 1 at the start to `last` at the end. */
export const cosineDecay =
  (warmup = 10, last = 0.03): Schedule =>
  (step, steps) =>
    warmupFactor(step, warmup) * (last + ((1 - last) / 2) * (1 + cos((Math.PI * step) / steps)));
