import {loadKernels} from "../shared/kernelPool.ts";
import type {LatencyParams} from "./controls.ts";
import {type Passes, prepare} from "./passes.ts";
import {type Clock, timed} from "./stopwatch.ts";
import {type LatencyResult, untimed} from "./untimed.ts";
import type {PassShape} from "./ways.ts";

/** Loads what a run needs. */
export const ready = (): Promise<void> => loadKernels();

/** Where times come from. Tests use a clock of their own. */
export interface TimedDevice {
  clock: Clock;
  prepare(shape: PassShape): Passes;
}

const device: TimedDevice = {clock: () => performance.now(), prepare};

/** First what needs no timing; then a snapshot per timed sample. */
export function* compute(
  params: LatencyParams,
  {clock, prepare}: TimedDevice = device,
): Generator<LatencyResult, void> {
  const first = untimed(params);
  yield first;
  const {run, ...facts} = prepare(first.shape);
  for (const timing of timed(run, clock)) yield {...first, measured: {...facts, ...timing}};
}
