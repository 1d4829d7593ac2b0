/**
 * The trained parameters of the latest runs. `trainLabRun` and `use` share them: both run in the same worker, and the use of a run should
 * not train it a second time.
 */

import {type LabSettings, runText} from "./controls.ts";

/** Runs remembered; as many as the page's recorder keeps. */
const MOST = 16;
/** Milliseconds between two checks whether a run has ended. */
const PAUSE = 50;

/** By the text of the run, the least recently trained first. */
const remembered = new Map<string, Float32Array>();
/** Runs whose parameters on the way are kept too: the one that is watched, and one beside it. */
const WATCHED = 2;
/** The parameters of the latest runs at each look, by the text of the run. */
const passed = new Map<string, Map<number, Float32Array>>();
/** How many copies of each run are being trained. */
const running = new Map<string, number>();

function count(settings: LabSettings, change: 1 | -1) {
  const key = runText(settings);
  const now = (running.get(key) ?? 0) + change;
  if (now > 0) running.set(key, now);
  else running.delete(key);
}

export const runBegun = (settings: LabSettings): void => count(settings, 1);
export const runEnded = (settings: LabSettings): void => count(settings, -1);

export function rememberRun(settings: LabSettings, parameters: Float32Array): void {
  const key = runText(settings);
  remembered.delete(key);
  remembered.set(key, parameters);
  for (const oldest of remembered.keys()) if (remembered.size > MOST) remembered.delete(oldest);
}

/** Keeps the parameters of a run on its way, so that it can be used where it pauses. */
export function pass(settings: LabSettings, step: number, parameters: Float64Array): void {
  const key = runText(settings);
  const steps = passed.get(key) ?? new Map<number, Float32Array>();
  passed.delete(key);
  passed.set(key, steps.set(step, Float32Array.from(parameters)));
  for (const oldest of passed.keys()) if (passed.size > WATCHED) passed.delete(oldest);
}

/** The parameters of a run at a look before its end, trained again as far as that if they are forgotten. */
export function* parametersAt(
  settings: LabSettings,
  step: number,
  train: (settings: LabSettings) => Iterable<unknown>,
): Generator<undefined, Float32Array | undefined> {
  const known = () => passed.get(runText(settings))?.get(step);
  if (!known()) {
    let reached = -1;
    for (const snapshot of train(settings)) {
      if (snapshot) reached++;
      if (reached >= step) break;
      yield;
    }
  }
  return known();
}

/**
 * The parameters that a run trained. Waits for the run if it is under way, and trains it again if it is forgotten. Undefined if it
 * diverges.
 */
export function* parametersOf(
  settings: LabSettings,
  train: (settings: LabSettings) => Iterable<unknown>,
): Generator<Promise<void> | undefined, Float32Array | undefined> {
  const key = runText(settings);
  while (running.has(key)) yield new Promise((resolve) => setTimeout(resolve, PAUSE));
  if (!remembered.has(key)) for (const _ of train(settings)) yield;
  return remembered.get(key);
}
