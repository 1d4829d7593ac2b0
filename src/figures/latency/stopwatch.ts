/** Times the ways of computing one layer: how long a sample must be, when the browser is warm, and the quartiles. */
import {type LayerWay, layerWays, type MeasuredTimes, ofEachWay, type Quartiles} from "./layer.ts";

/** Milliseconds since any fixed moment; never runs backward. */
export type Clock = () => number;

/** How many samples of each way: as many as fit into `ms`, between `least` and `most`. After `late` ms, `least` are enough. */
const SAMPLES = {least: 15, most: 61, ms: 3000, late: 4000};
/** A sample lasts about this many ticks of the clock, so that one tick is 5% of it, and at least SHORTEST ms. */
const TICKS = 20;
const SHORTEST = 2;
/** The coarsest clock, in ms a tick; with a coarser one samples would block a page that has no worker. */
const COARSEST = 2;
/** After this many equal readings in a row the clock counts as stopped. */
const READINGS = 200_000;
/** Milliseconds of work that are thrown away first: browsers compile in stages while code runs. */
const WARM_UP = 1000;

/** What has been measured after a sample. */
export type Timing = Pick<MeasuredTimes, "tick" | "samples" | "due" | "runs" | "times">;

/** Median of five ticks of the clock, in ms. Throws if it cannot be used. */
export function tickOf(clock: Clock): number {
  const steps: number[] = [];
  let last = clock();
  while (steps.length < 5) {
    let now = clock();
    for (let n = 0; now === last; n++) {
      if (n === READINGS) throw new Error("the clock of this browser stood still, so nothing could be timed");
      now = clock();
    }
    steps.push(now - last);
    last = now;
  }
  const tick = quartiles(steps).median;
  if (tick > COARSEST)
    throw new Error(
      `the clock of this browser moves in steps of ${Number(tick.toPrecision(3))} ms, too coarse for a few seconds of timing; ${COARSEST} ms or less were due`,
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
 * Warms up, then times the ways in turn, so that a device that slows down affects all of them. Each yield is one sample of one way.
 * Throws if the clock is too coarse or stands still.
 */
export function* timed(run: Readonly<Record<LayerWay, () => void>>, clock: Clock): Generator<Timing, void> {
  const tick = tickOf(clock);
  const due = Math.max(TICKS * tick, SHORTEST);
  const runs = ofEachWay(() => 1);
  /** The fastest run of each way so far, in ms. An interruption only makes a sample slower, so this is what to aim by. */
  const fastest = ofEachWay(() => Number.POSITIVE_INFINITY);
  const sample = (way: LayerWay): number => {
    const start = clock();
    for (let n = 0; n < runs[way]; n++) run[way]();
    return clock() - start;
  };
  for (let spent = 0; spent < WARM_UP; )
    for (const way of layerWays) {
      const took = sample(way);
      spent += took;
      // A few ticks are too imprecise to aim by: then just double the runs.
      const isSeen = took > 4 * tick;
      if (isSeen) fastest[way] = Math.min(fastest[way], took / runs[way]);
      const aim = isSeen ? Math.min((1.05 * due) / fastest[way], 16 * runs[way]) : 2 * runs[way];
      runs[way] = Math.ceil(aim);
      yield {tick, samples: 0, due: SAMPLES.most, runs: {...runs}};
    }
  const turn = layerWays.reduce((sum, way) => sum + runs[way] * fastest[way], 0);
  let count = Math.min(Math.max(Math.floor(SAMPLES.ms / turn), SAMPLES.least), SAMPLES.most);
  const found = ofEachWay((): number[] => []);
  let spent = 0;
  for (let n = 1; n <= count; n++)
    for (const way of layerWays) {
      const took = sample(way);
      spent += took;
      found[way].push(took / runs[way]);
      // The device has become busy, so stop with what there is.
      if (spent > SAMPLES.late && n >= SAMPLES.least) count = n;
      const samples = Math.min(...layerWays.map((one) => found[one].length));
      const times = samples ? ofEachWay((one) => quartiles(found[one])) : undefined;
      yield {tick, samples, due: count, runs: {...runs}, times};
    }
}
