/** Times one layer on this device, computed in four ways. Runs in the worker: no DOM. */
import {loadKernels} from "../shared/kernelPool.ts";
import type {LayerShape, MeasuredTimes} from "./layer.ts";
import {type Passes, prepare} from "./passes.ts";
import {type Clock, timed} from "./stopwatch.ts";

export const ready = (): Promise<void> => loadKernels();

/** What is timed and with which clock; tests put their own in its place. */
export interface TimedDevice {
  clock: Clock;
  prepare(shape: LayerShape): Pick<Passes, "path" | "run">;
}

const device: TimedDevice = {clock: () => performance.now(), prepare};

/** First null, before anything is timed; then what is known after each timed sample. */
export function* compute(
  shape: LayerShape,
  {clock, prepare}: TimedDevice = device,
): Generator<MeasuredTimes | null, void> {
  yield null;
  const {path, run} = prepare(shape);
  for (const timing of timed(run, clock)) yield {...timing, path};
}
