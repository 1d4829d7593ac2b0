/**
 * The trained parameters of the latest runs. `train` and `use` share them: both run in the same worker, and the use of a run should
 * not train it a second time.
 */

import {type Settings, textOf} from "./controls.ts";

/** Runs remembered; as many as the page's recorder keeps. */
const MOST = 16;
/** Milliseconds between two checks whether a run has ended. */
const PAUSE = 50;

/** By the text of the run, the least recently trained first. */
const remembered = new Map<string, Float32Array>();
/** How many copies of each run are being trained. */
const running = new Map<string, number>();

function count(settings: Settings, change: 1 | -1) {
  const key = textOf(settings);
  const now = (running.get(key) ?? 0) + change;
  if (now > 0) running.set(key, now);
  else running.delete(key);
}

export const begun = (settings: Settings): void => count(settings, 1);
export const ended = (settings: Settings): void => count(settings, -1);

export function remember(settings: Settings, parameters: Float32Array): void {
  const key = textOf(settings);
  remembered.delete(key);
  remembered.set(key, parameters);
  for (const oldest of remembered.keys()) if (remembered.size > MOST) remembered.delete(oldest);
}

/**
 * The parameters that a run trained. Waits for the run if it is under way, and trains it again if it is forgotten. Undefined if it
 * diverges.
 */
export function* parametersOf(
  settings: Settings,
  train: (settings: Settings) => Iterable<unknown>,
): Generator<Promise<void> | undefined, Float32Array | undefined> {
  const key = textOf(settings);
  while (running.has(key)) yield new Promise((resolve) => setTimeout(resolve, PAUSE));
  if (!remembered.has(key)) for (const _ of train(settings)) yield;
  return remembered.get(key);
}
