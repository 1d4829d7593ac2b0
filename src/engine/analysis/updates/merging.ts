/**
 * Merging updates of one weight. w₁·ΔW₁ + w₂·ΔW₂ is itself an update of rank r₁ + r₂: its A is both A under each other,
 * its B both B side by side. So its Gram matrices consist of known blocks, and a new weight costs (r₁ + r₂)³.
 */
import type {Rows} from "../../kernels/gram/gramKernel.ts";
import {type Matrix, zeros} from "../../linalg/matrix.ts";
import type {CrossGrams} from "./compareUpdates.ts";
import {deltaNorm, type Factors, type Grams, needFactors, needGrams} from "./grams.ts";

function needWeights(what: string, weights: readonly number[], count: number): void {
  if (!Array.isArray(weights) || weights.length !== count || !weights.every(Number.isFinite))
    throw new Error(`${what}: the weights are ${weights}; they must be ${count} finite numbers, one for each update`);
}

/**
 * The Gram matrices of w₁·ΔW₁ + w₂·ΔW₂, of rank r₁ + r₂ and scale 1. `deltaNorm` and `spectrumOf` take them as any
 * other; of two updates that share directions `evenness` is 0, and the smallest values of the spectrum are noise.
 * Throws when a weight is not finite or the cross products have other sizes.
 */
export function mergedGrams(one: Grams, two: Grams, cross: CrossGrams, weights: readonly [number, number]): Grams {
  for (const grams of [one, two]) needGrams("mergedGrams", grams);
  needWeights("mergedGrams", weights, 2);
  if (one.d !== two.d || one.k !== two.k)
    throw new Error(`mergedGrams: the updates are ${one.d}×${one.k} and ${two.d}×${two.k}; they must be of one weight`);
  const [w1, w2] = [weights[0] * one.scale, weights[1] * two.scale];
  return {
    A: blockMatrix(one.A, two.A, cross.A, 1, 1),
    B: blockMatrix(one.B, two.B, cross.B, w1, w2),
    scale: 1,
    d: one.d,
    k: one.k,
  };
}

/** [w₁²·g₁, w₁w₂·x; w₁w₂·xᵀ, w₂²·g₂]. */
function blockMatrix(g1: Matrix, g2: Matrix, x: Matrix, w1: number, w2: number): Matrix {
  const [p, q] = [g1.rows, g2.rows];
  if (x.rows !== p || x.cols !== q)
    throw new Error(`mergedGrams: the cross products are ${x.rows}×${x.cols}; they must be ${p}×${q}`);
  const n = p + q;
  const result = zeros(n, n);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) result.data[i * n + j] = w1 * w1 * g1.data[i * p + j];
    for (let j = 0; j < q; j++) {
      const value = w1 * w2 * x.data[i * q + j];
      result.data[i * n + p + j] = value;
      result.data[(p + j) * n + i] = value;
    }
  }
  for (let i = 0; i < q; i++)
    for (let j = 0; j < q; j++) result.data[(p + i) * n + p + j] = w2 * w2 * g2.data[i * q + j];
  return result;
}

/**
 * ‖w₁·ΔW₁ + w₂·ΔW₂‖ against √(‖w₁·ΔW₁‖² + ‖w₂·ΔW₂‖²), what unrelated updates would keep: below 1 they cancel, above it
 * they add up. 1 when both are 0.
 */
export function lengthKept(one: Grams, two: Grams, cross: CrossGrams, weights: readonly [number, number]): number {
  const whole = deltaNorm(mergedGrams(one, two, cross, weights));
  const alone = Math.hypot(weights[0] * deltaNorm(one), weights[1] * deltaNorm(two));
  return alone > 0 ? whole / alone : 1;
}

/** The merge as factors, exact: A (r₁ + r₂ rows) and B with the weights and scales in it, scale 1. */
export function mergedFactors(parts: readonly Factors[], weights: readonly number[]): Factors {
  if (!Array.isArray(parts) || parts.length === 0)
    throw new Error("mergedFactors: expected a list of updates, as readPair gives them, with their scales");
  for (const part of parts) needFactors("mergedFactors", part);
  needWeights("mergedFactors", weights, parts.length);
  const [{A, B}] = parts;
  if (parts.some((part) => part.A.cols !== A.cols || part.B.cols !== B.cols))
    throw new Error("mergedFactors: the updates have different shapes; they must be of one weight");
  return {
    A: stackRows(
      parts.map(({A}) => A),
      parts.map(() => 1),
    ),
    B: stackRows(
      parts.map(({B}) => B),
      parts.map(({scale}, i) => scale * weights[i]),
    ),
    scale: 1,
  };
}

/** Rows under each other, each part times its factor, in float64. */
function stackRows(parts: readonly Rows[], factors: readonly number[]): Rows {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const data = new Float64Array(rows * parts[0].cols);
  let at = 0;
  for (const [i, part] of parts.entries()) {
    for (let l = 0; l < part.data.length; l++) data[at + l] = factors[i] * part.data[l];
    at += part.data.length;
  }
  return {rows, cols: parts[0].cols, data};
}

/**
 * What PEFT's `add_weighted_adapter` does under combination_type "linear": it adds the factors and not the updates,
 * A = Σ √(wᵢ·sᵢ)·Aᵢ and B = Σ √(wᵢ·sᵢ)·Bᵢ, at scale 1. B·A then has products of one's B with the other's A in it, so it
 * is another update than the sum, at the rank of one. PEFT 0.18, tuners/lora/model.py.
 * Throws when ranks or shapes differ, or a weight times its scale is negative.
 */
export function factorwise(parts: readonly Factors[], weights: readonly number[]): Factors {
  const whole = mergedFactors(parts, weights);
  const [{A, B}] = parts;
  const other = parts.find((part) => part.A.rows !== A.rows);
  if (other)
    throw new Error(`factorwise: the ranks are ${A.rows} and ${other.A.rows}; factors of one rank can be added`);
  const roots = parts.map(({scale}, i) => {
    const product = scale * weights[i];
    if (product < 0) throw new Error(`factorwise: weight times scale is ${product}; its root is needed`);
    return Math.sqrt(product);
  });
  const sumOf = (width: number, of: (part: Factors) => Rows): Rows => {
    const data = new Float64Array(A.rows * width);
    for (const [i, part] of parts.entries())
      for (let l = 0; l < data.length; l++) data[l] += roots[i] * of(part).data[l];
    return {rows: A.rows, cols: width, data};
  };
  return {A: sumOf(A.cols, (part) => part.A), B: sumOf(B.cols, (part) => part.B), scale: whole.scale};
}
