import {frame, type LatencyParams, type LatencyResult} from "./controls.ts";
import {type Passes, prepare} from "./passes.ts";
import {type Clock, timed} from "./stopwatch.ts";
import type {Shape} from "./ways.ts";

/** Where times come from: tests bring a clock of their own, and runs that move it. */
export interface Device {
  clock: Clock;
  prepare(shape: Shape): Passes;
}

const device: Device = {clock: () => performance.now(), prepare};

/** First what follows from the parameters, and no clock is read for it; then, step by step, what is timed here. */
export function* compute(params: LatencyParams, {clock, prepare}: Device = device): Generator<LatencyResult, void> {
  const still = frame(params);
  yield still;
  const {run, ...made} = prepare(still.shape);
  for (const timing of timed(run, clock)) yield {...still, measured: {...made, ...timing}};
}
