/** Scales from values to places, and what else divides a range of values. */
import {ticks} from "d3";

/** Maps values to places. d3's scales would add 9 kB for interpolation, colors and number formats, which no figure uses. */
export interface Scale {
  (value: number): number;
  /** The value at a place. */
  invert(place: number): number;
}

type Ends = readonly [number, number];

/** How far `value` is from a to b, as a share; one half if a = b. */
const share = (value: number, [a, b]: Ends): number => (b === a ? 0.5 : (value - a) / (b - a));
/** The value at this share of the way from a to b. */
const between = (part: number, [a, b]: Ends): number => a * (1 - part) + b * part;

/** The least and the greatest of some values; `otherwise` if there are none. */
export const rangeOf = (values: readonly number[], otherwise: Ends = [0, 1]): Ends =>
  values.length ? [Math.min(...values), Math.max(...values)] : otherwise;

/** A scale on which equal steps are equally far apart. */
export function linearScale(domain: Ends, range: Ends): Scale {
  return Object.assign((value: number) => between(share(value, domain), range), {
    invert: (place: number) => between(share(place, range), domain),
  });
}

/** A scale on which equal ratios are equally far apart. Both ends of the domain are above 0. */
export function logScale(domain: Ends, range: Ends): Scale {
  const logs: Ends = [Math.log(domain[0]), Math.log(domain[1])];
  return Object.assign((value: number) => between(share(Math.log(value), logs), range), {
    invert: (place: number) => Math.exp(between(share(place, range), logs)),
  });
}

/** The powers of ten from a to b; if there are more than `count`, every second, fifth, … of them. */
export function decades([a, b]: Ends, count: number): number[] {
  const [low, high] = [Math.log10(a), Math.log10(b)];
  const powers = ticks(Math.ceil(low), Math.floor(high), Math.min(high - low, count));
  return powers.filter((power) => Number.isInteger(power)).map((power) => 10 ** power);
}

/** The bin of each value, from 0, of `count` (256 at most) equal bins over −limit … limit; values beyond go into the end bins. */
export function binsOf(values: Float64Array, limit: number, count: number): Uint8Array {
  const edges = Array.from({length: count - 1}, (_, i) => ((i + 1) * limit - (count - 1 - i) * limit) / count);
  const bins = new Uint8Array(values.length);
  for (let n = 0; n < bins.length; n++) {
    const value = values[n]!;
    let bin = Math.min(Math.max(Math.floor(((value + limit) / (2 * limit)) * count), 0), count - 1);
    while (value >= edges[bin]!) bin++;
    while (value < edges[bin - 1]!) bin--;
    bins[n] = bin;
  }
  return bins;
}
