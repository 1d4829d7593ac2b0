import {type Settings, written} from "./controls.ts";

/** Runs whose numbers are remembered, the one asked for longest ago first; as many as a page's recorder keeps. */
const MOST = 16;
/** Milliseconds between two looks at whether a run that is waited for has ended. */
const PAUSE = 50;
const made = new Map<string, Float32Array>();
/** How many of each run are under way. */
const running = new Map<string, number>();

const count = (settings: Settings, by: number): void => {
  const key = written(settings);
  const now = (running.get(key) ?? 0) + by;
  if (now > 0) running.set(key, now);
  else running.delete(key);
};

export const begun = (settings: Settings): void => count(settings, 1);
export const ended = (settings: Settings): void => count(settings, -1);

export function remember(settings: Settings, params: Float32Array): void {
  const key = written(settings);
  made.delete(key);
  made.set(key, params);
  for (const old of made.keys()) if (made.size > MOST) made.delete(old);
}

/**
 * The numbers that a run trained. One that is under way is waited for; one that is forgotten is trained again. Undefined
 * where it trains nothing, or leaves the range of numbers.
 */
export function* madeBy(
  settings: Settings,
  train: (settings: Settings) => Iterable<unknown>,
): Generator<Promise<void> | undefined, Float32Array | undefined> {
  const key = written(settings);
  while (running.has(key)) yield new Promise((resolve) => setTimeout(resolve, PAUSE));
  if (!made.has(key)) for (const _ of train(settings)) yield;
  return made.get(key);
}
