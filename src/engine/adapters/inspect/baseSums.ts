/** What an update does to the weights it is added to, as sums over entries: its size, what rounding loses, what a merged model has. */
import {type FloatDtype, toBytes} from "../dtype.ts";
import {numbersOf} from "./storage.ts";

/** The sums over the entries of a weight W and of the update ΔW to it, before any entry is added. Sums of several weights can be added. */
export const zeroSums = () => ({
  /** Σ W², Σ ΔW², and Σ of the squares of half a BF16 step at W. */
  base: 0,
  delta: 0,
  halfStep: 0,
  /** Of E = bf16(W + ΔW) − bf16(W), what a merge in BF16 changes: Σ ΔW·E and Σ (E − ΔW)². */
  product: 0,
  error: 0,
  /**
   * Of D, what a merged model has in place of W, less W rounded to its format, and of E as it would be in that format:
   * Σ D², Σ ΔW·D, Σ E², Σ ΔW·E, Σ (D − E)².
   */
  found: 0,
  foundProduct: 0,
  expected: 0,
  expectedProduct: 0,
  difference: 0,
});

/** The sums of some entries; see `zeroSums`. */
export type BaseSums = ReturnType<typeof zeroSums>;

/** The sums of several weights together. */
export function sumOfSums(all: readonly BaseSums[]): BaseSums {
  const total = zeroSums();
  for (const one of all) for (const key of Object.keys(total) as (keyof BaseSums)[]) total[key] += one[key];
  return total;
}

/** Half a step of BF16 by the exponent bits of a number. Numbers below the normal ones have the same step as the smallest normal one. */
const HALF_STEPS = Float64Array.from({length: 256}, (_, exponent) => 2 ** (Math.max(1, exponent) - 127 - 8));

const rounded = (dtype: FloatDtype, values: ArrayLike<number>) =>
  numbersOf(dtype, toBytes(dtype, values) as Uint8Array<ArrayBuffer>);

/** Adds to the sums some entries of W, the same of ΔW and, if there is a merged model, the same of it, with its format. */
export function addEntries(
  sums: BaseSums,
  W: Float32Array | Float64Array,
  delta: Float64Array,
  merged?: {dtype: FloatDtype; values: Float32Array | Float64Array},
): void {
  const whole = delta.map((change, i) => W[i] + change);
  const [before, after] = [rounded("BF16", W), rounded("BF16", whole)];
  const bits = new Uint32Array(Float32Array.from(before).buffer);
  for (let i = 0; i < delta.length; i++) {
    const change = delta[i];
    const mergedChange = after[i] - before[i];
    const halfStep = HALF_STEPS[(bits[i] >>> 23) & 255];
    sums.base += W[i] * W[i];
    sums.delta += change * change;
    sums.halfStep += halfStep * halfStep;
    sums.product += change * mergedChange;
    sums.error += (mergedChange - change) ** 2;
  }
  if (!merged) return;
  const {dtype, values} = merged;
  const [from, to] = dtype === "BF16" ? [before, after] : [rounded(dtype, W), rounded(dtype, whole)];
  for (let i = 0; i < delta.length; i++) {
    const actual = values[i] - from[i];
    const expected = to[i] - from[i];
    sums.found += actual * actual;
    sums.foundProduct += delta[i] * actual;
    sums.expected += expected * expected;
    sums.expectedProduct += delta[i] * expected;
    sums.difference += (actual - expected) ** 2;
  }
}

/** What the sums tell of an update. */
export interface BaseShares {
  /** ‖ΔW‖ / ‖W‖. */
  size: number;
  /** The root mean square of ΔW over that of half a BF16 step. */
  halfSteps: number;
  /** The share of ΔW, along its own direction, that a merge in BF16 keeps; and ‖E − ΔW‖ / ‖ΔW‖. */
  kept: number;
  error: number;
}

/** The shares; all 0 for an update that changes nothing. */
export function sharesOf({base, delta, halfStep, product, error}: BaseSums): BaseShares {
  if (delta === 0) return {size: 0, halfSteps: 0, kept: 0, error: 0};
  return {
    size: Math.sqrt(delta / base),
    halfSteps: Math.sqrt(delta / halfStep),
    kept: product / delta,
    error: Math.sqrt(error / delta),
  };
}

/** Whether an update is in a merged model. */
export interface Presence {
  /**
   * "base": the model has the base's own weights. "lost": rounding to the model's format leaves nothing of this update, so
   * nothing can be told. "beside": in it, with another change besides.
   */
  kind: "base" | "lost" | "in" | "strength" | "beside" | "absent";
  /** The multiple of ΔW that is in what the model changed; 1 for a merge at full strength. */
  strength: number;
  /** The strength is an estimate, because rounding changes the direction of a merge. */
  isRough: boolean;
  /** The cosine of what the model changed with ΔW. */
  cosine: number;
  /** ‖D − E‖ / ‖E‖, how far it is from a merge at full strength. */
  distance: number;
}

/**
 * The largest `distance` of a merge at full strength, and the largest difference of its strength from 1: programs differ in where
 * they round. One that rounds B·A and ΔW to BF16 first, as PEFT does in a BF16 model, comes to 0.11 at the worst length of ΔW.
 */
const [MAX_DISTANCE, MAX_STRENGTH_ERROR] = [0.2, 0.05];
/** Shares of the cosine that a merge would have: below the first there is no trace of ΔW, from the second on there is nothing else. */
const [MIN_TRACE, MIN_ALONE] = [0.1, 0.9];
/** If a merge in the model's format has a smaller cosine with ΔW, strengths are estimates. */
const MIN_EXACT_COSINE = 0.99;

/** Whether an update is in a merged model, by the sums over all its weights. */
export function presenceOf({delta, found, foundProduct, expected, expectedProduct, difference}: BaseSums): Presence {
  // Rounding turns a merge away from ΔW, so a cosine is compared with that of a merge in the model's format.
  const maxCosine = expected === 0 || delta === 0 ? 0 : expectedProduct / Math.sqrt(expected * delta);
  const measures = {
    isRough: maxCosine < MIN_EXACT_COSINE,
    strength: expectedProduct === 0 ? 0 : foundProduct / expectedProduct,
    cosine: found === 0 || delta === 0 ? 0 : foundProduct / Math.sqrt(found * delta),
    distance: expected === 0 ? 0 : Math.sqrt(difference / expected),
  };
  if (expected === 0) return {kind: "lost", ...measures};
  if (found === 0) return {kind: "base", ...measures};
  if (measures.distance <= MAX_DISTANCE && Math.abs(measures.strength - 1) <= MAX_STRENGTH_ERROR)
    return {kind: "in", ...measures};
  const share = Math.abs(measures.cosine) / maxCosine;
  return {kind: share < MIN_TRACE ? "absent" : share < MIN_ALONE ? "beside" : "strength", ...measures};
}
