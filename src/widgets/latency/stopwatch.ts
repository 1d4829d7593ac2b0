import {type Way, ways} from "./passes.ts";

/** Milliseconds since any fixed moment; it never runs backward. */
export type Clock = () => number;

/** Samples of each way. */
export const SAMPLES = 31;
/** A sample lasts at least this many ticks of the clock, so that one tick is 5% of it, and at least 4 ms. */
const TICKS = 20;
const SHORTEST = 4;
/** A clock that ticks in longer steps than this (ms) would hold up a page that has no worker. */
const COARSEST = 2;
/** Readings in a row that may find the clock where it was. */
const READINGS = 200_000;
/** Runs in one sample at most. */
const MOST = 2 ** 24;

/** Milliseconds of one run: the middle of the samples and of their lower and upper halves. */
export interface Quartiles {
  low: number;
  median: number;
  high: number;
}

export interface Timing {
  /** Step of the clock in milliseconds. */
  tick: number;
  /** Samples of each way so far, once each has one, and runs in one sample. */
  samples: number;
  runs: Readonly<Record<Way, number>>;
  times?: Readonly<Record<Way, Quartiles>>;
}

/** Median of five steps of the clock, in ms; undefined when it stands still for too many readings. */
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

/** Linear between the two nearest samples, as NumPy's `quantile` is. */
export function quartiles(samples: readonly number[]): Quartiles {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - below);
  };
  return {low: at(0.25), median: at(0.5), high: at(0.75)};
}

const each = <T>(of: (way: Way) => T): Record<Way, T> =>
  Object.fromEntries(ways.map((way) => [way, of(way)])) as Record<Way, T>;

/**
 * Times the ways in turn, so that a device that slows down slows all of them. One sample is as many runs as last well
 * over a tick; each step of the generator is one sample. Throws, in words, when the clock is too coarse for that.
 */
export function* timed(run: Readonly<Record<Way, () => void>>, clock: Clock): Generator<Timing, void> {
  const tick = tickOf(clock);
  if (tick === undefined) throw new Error("the clock of this browser stood still, so nothing could be timed");
  if (tick > COARSEST)
    throw new Error(
      `the clock of this browser moves in steps of ${Number(tick.toPrecision(3))} ms, too coarse for a few seconds of timing; ${COARSEST} ms or less were due`,
    );
  const due = Math.max(TICKS * tick, SHORTEST);
  const sample = (way: Way, runs: number): number => {
    const start = clock();
    for (let n = 0; n < runs; n++) run[way]();
    return clock() - start;
  };
  const runs = each(() => 1);
  for (const way of ways) {
    for (let took = sample(way, 1); took < due; took = sample(way, runs[way])) {
      if (runs[way] >= MOST) throw new Error(`${MOST} runs took ${took} ms by this browser's clock, which cannot be`);
      // A few ticks say too little to aim by: then go on doubling.
      const factor = took > 4 * tick ? Math.min((1.05 * due) / took, 16) : 2;
      runs[way] = Math.min(Math.ceil(runs[way] * factor), MOST);
    }
    yield {tick, samples: 0, runs: {...runs}};
  }
  const found = each((): number[] => []);
  for (let n = 1; n <= SAMPLES; n++) {
    for (const way of ways) {
      found[way].push(sample(way, runs[way]) / runs[way]);
      const isWhole = found.adapter.length > 0;
      yield {
        tick,
        samples: found.adapter.length,
        runs: {...runs},
        ...(isWhole ? {times: each((one) => quartiles(found[one]))} : {}),
      };
    }
  }
}
