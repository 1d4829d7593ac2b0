/** Times the ways of computing one layer: how long a sample must be, when the browser is warm, and the quartiles. */
import {type LayerWay, layerWays, type MeasuredTimes, ofEachWay, type Quartiles} from "./ways.ts";

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
/** The most runs in one sample. */
const MOST = 2 ** 24;
/** Warming up ends when no way has got faster for this many turns and this many ms: then the browser has finished compiling. */
const CALM = {turns: 8, ms: 240};
/** The longest warm-up, in ms. */
const WARM = 1200;

/** What has been measured after a sample. */
export type Timing = Pick<MeasuredTimes, "tick" | "samples" | "due" | "runs" | "times">;

/** Median of five ticks of the clock, in ms; undefined if it has stopped. */
export function tickOf(clock: Clock): number | undefined {
  const steps: number[] = [];
  let last = clock();
  while (steps.length < 5) {
    let now = clock();
    for (let n = 0; now === last; n++) {
      if (n === READINGS) return undefined;
      now = clock();
    }
    steps.push(now - last);
    last = now;
  }
  return quartiles(steps).median;
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

/** The clock's tick in ms. Throws if it cannot be used. */
function needTick(clock: Clock): number {
  const tick = tickOf(clock);
  if (tick === undefined) throw new Error("the clock of this browser stood still, so nothing could be timed");
  if (tick > COARSEST)
    throw new Error(
      `the clock of this browser moves in steps of ${Number(tick.toPrecision(3))} ms, too coarse for a few seconds of timing; ${COARSEST} ms or less were due`,
    );
  return tick;
}

/** One layer's ways with a clock, and what warming up finds out: how many runs make a sample, and the fastest run in ms. */
interface Stopwatch {
  tick: number;
  /** Milliseconds that a sample should last. */
  due: number;
  runs: Record<LayerWay, number>;
  fastest: Record<LayerWay, number>;
  /** Runs a way as often as `runs` says, and returns the milliseconds that it took. */
  sample(way: LayerWay): number;
}

/**
 * Runs the ways in turn until none gets faster, because browsers compile in stages while code runs. Adjusts how many runs make a
 * sample. Yields after each sample; the times are thrown away.
 */
function* warmUp({tick, due, runs, fastest, sample}: Stopwatch): Generator<void, void> {
  const calm = {turns: 0, ms: 0};
  for (let spent = 0; spent < WARM && !(calm.turns >= CALM.turns && calm.ms >= CALM.ms); calm.turns++) {
    for (const way of layerWays) {
      const took = sample(way);
      spent += took;
      calm.ms += took;
      const one = took / runs[way];
      // A few ticks are too imprecise to aim by: then just double the runs.
      const isSeen = took > 4 * tick;
      if (!isSeen && runs[way] >= MOST)
        throw new Error(`${MOST} runs took ${took} ms by this browser's clock, which cannot be`);
      if (!isSeen || one < 0.95 * fastest[way]) Object.assign(calm, {turns: -1, ms: 0});
      if (isSeen) fastest[way] = Math.min(fastest[way], one);
      // Aims by the fastest time, since an interruption only makes a sample slower.
      const aim = isSeen ? Math.min((1.05 * due) / fastest[way], 16 * runs[way]) : 2 * runs[way];
      runs[way] = Math.min(Math.ceil(aim), MOST);
      yield;
    }
  }
}

/**
 * Warms up, then times the ways in turn, so that a device that slows down affects all of them. Each yield is one sample of one way.
 * Throws if the clock is too coarse or stands still.
 */
export function* timed(run: Readonly<Record<LayerWay, () => void>>, clock: Clock): Generator<Timing, void> {
  const tick = needTick(clock);
  const runs = ofEachWay(() => 1);
  const fastest = ofEachWay(() => Number.POSITIVE_INFINITY);
  const sample = (way: LayerWay): number => {
    const start = clock();
    for (let n = 0; n < runs[way]; n++) run[way]();
    return clock() - start;
  };
  for (const _ of warmUp({tick, due: Math.max(TICKS * tick, SHORTEST), runs, fastest, sample}))
    yield {tick, samples: 0, due: SAMPLES.most, runs: {...runs}};
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
      const times = samples ? {times: ofEachWay((one) => quartiles(found[one]))} : {};
      yield {tick, samples, due: count, runs: {...runs}, ...times};
    }
}
