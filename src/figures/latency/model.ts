/** Times one layer on this device, computed in four ways. Runs in the worker: no DOM. */
import {loadKernels} from "../shared/kernelPool.ts";
import type {LatencyParams} from "./controls.ts";
import {type Passes, prepare} from "./passes.ts";
import {type Clock, timed} from "./stopwatch.ts";
import {type LatencyResult, untimed} from "./untimed.ts";
import type {PassShape} from "./ways.ts";

export const ready = (): Promise<void> => loadKernels();

/** What is timed and with which clock; tests put their own in its place. */
export interface TimedDevice {
  clock: Clock;
  prepare(shape: PassShape): Passes;
}

const device: TimedDevice = {clock: () => performance.now(), prepare};

/** The first snapshot needs no timing; then there is one for each timed sample. */
export function* compute(
  params: LatencyParams,
  {clock, prepare}: TimedDevice = device,
): Generator<LatencyResult, void> {
  const first = untimed(params);
  yield first;
  const {run, ...facts} = prepare(first.shape);
  for (const timing of timed(run, clock)) yield {...first, measured: {...facts, ...timing}};
}
