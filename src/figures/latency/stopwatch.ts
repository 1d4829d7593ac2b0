/** Times the ways of computing one layer: warms the browser up, takes samples of a useful length, and gives their quartiles. */
import {type LayerWay, layerWays, type MeasuredTimes, ofEachWay, type Quartiles} from "./layer.ts";

/** Milliseconds since any fixed moment; never runs backward. */
export type Clock = () => number;

/** How many samples of each way: as many as fit into `ms`, from `min` to `max`. After `lateMs`, `min` are enough. */
const SAMPLES = {min: 15, max: 61, ms: 3000, lateMs: 4000};
/** A sample lasts about this many ticks of the clock, so that one tick is 5% of it, and at least this many ms. */
const [SAMPLE_TICKS, MIN_SAMPLE_MS] = [20, 2];
/** The coarsest clock, in ms a tick; with a coarser one samples would block a page that has no worker. */
const MAX_TICK_MS = 2;
/** After this many equal readings in a row the clock counts as stopped. */
const MAX_EQUAL_READINGS = 200_000;
/** Milliseconds of work that are thrown away first: browsers compile in stages while code runs. */
const WARM_UP_MS = 1000;

/** What has been measured after a sample. */
type Timing = Pick<MeasuredTimes, "tick" | "samples" | "plannedSamples" | "runs" | "times">;

/** The median of five ticks of a clock, in ms. Throws if it stands still or is too coarse. */
export function tickOf(clock: Clock): number {
  const steps: number[] = [];
  let last = clock();
  while (steps.length < 5) {
    let now = clock();
    for (let n = 0; now === last; n++) {
      if (n === MAX_EQUAL_READINGS) throw new Error("the clock of this browser stood still, so nothing could be timed");
      now = clock();
    }
    steps.push(now - last);
    last = now;
  }
  const tick = quartiles(steps).median;
  if (tick > MAX_TICK_MS)
    throw new Error(
      `the clock of this browser moves in steps of ${Number(tick.toPrecision(3))} ms, too coarse for a few seconds of timing; ${MAX_TICK_MS} ms or less are needed`,
    );
  return tick;
}

/** Quartiles, interpolated linearly between samples as NumPy's `quantile` does. */
export function quartiles(samples: readonly number[]): Quartiles {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - below);
  };
  return {low: at(0.25), median: at(0.5), high: at(0.75)};
}

/**
 * Warms up, then times the ways in turn, so that a device that slows down affects all of them. Yields after each sample of one way, also while it warms up.
 * Throws if the clock is too coarse or stands still.
 */
export function* timeWays(run: Readonly<Record<LayerWay, () => void>>, clock: Clock): Generator<Timing, void> {
  const tick = tickOf(clock);
  const sampleMs = Math.max(SAMPLE_TICKS * tick, MIN_SAMPLE_MS);
  const runs = ofEachWay(() => 1);
  // The fastest run of each way so far, in ms, by which the number of runs is chosen: an interruption only makes a sample slower.
  const fastest = ofEachWay(() => Number.POSITIVE_INFINITY);
  const sample = (way: LayerWay): number => {
    const start = clock();
    for (let n = 0; n < runs[way]; n++) run[way]();
    return clock() - start;
  };
  for (let spent = 0; spent < WARM_UP_MS; )
    for (const way of layerWays) {
      const took = sample(way);
      spent += took;
      // A time of a few ticks is too imprecise to choose by: then the runs are just doubled.
      const isPrecise = took > 4 * tick;
      if (isPrecise) fastest[way] = Math.min(fastest[way], took / runs[way]);
      const wantedRuns = isPrecise ? Math.min((1.05 * sampleMs) / fastest[way], 16 * runs[way]) : 2 * runs[way];
      runs[way] = Math.ceil(wantedRuns);
      yield {tick, samples: 0, plannedSamples: SAMPLES.max, runs: {...runs}};
    }
  const turnMs = layerWays.reduce((sum, way) => sum + runs[way] * fastest[way], 0);
  let count = Math.min(Math.max(Math.floor(SAMPLES.ms / turnMs), SAMPLES.min), SAMPLES.max);
  const runTimes = ofEachWay((): number[] => []);
  let spent = 0;
  for (let n = 1; n <= count; n++)
    for (const way of layerWays) {
      const took = sample(way);
      spent += took;
      runTimes[way].push(took / runs[way]);
      // The device has become busy, so stop with what there is.
      if (spent > SAMPLES.lateMs && n >= SAMPLES.min) count = n;
      const samples = Math.min(...layerWays.map((one) => runTimes[one].length));
      const times = samples ? ofEachWay((one) => quartiles(runTimes[one])) : undefined;
      yield {tick, samples, plannedSamples: count, runs: {...runs}, times};
    }
}
