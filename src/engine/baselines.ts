/** What chance alone gives: the random controls beside section 7's measures. */
import type {Matrix} from "./matrix.ts";
import {qr} from "./qr.ts";
import {randn} from "./random.ts";

/**
 * Mean of φ(i, j) between random subspaces of k dimensions, drawn uniformly and independently: max(i, j) / k. Each of
 * the i·j squared cosines between basis vectors has mean 1/k, and φ divides their sum by min(i, j).
 */
export function expectedSimilarity(i: number, j: number, k: number): number {
  return Math.max(i, j) / k;
}

/**
 * Deviation of φ(i, j) between random subspaces of k dimensions about that mean. The sum of the squared cosines has the
 * variance 2·i·j·(k − i)·(k − j) / (k²·(k − 1)·(k + 2)), that of the trace of the product of two random projections;
 * 0 where one space is the whole.
 */
export function similarityDeviation(i: number, j: number, k: number): number {
  if (k === 1) return 0;
  const variance = (2 * i * j * (k - i) * (k - j)) / (k * k * (k - 1) * (k + 2));
  return Math.sqrt(variance) / Math.min(i, j);
}

/** Two independent Gaussian matrices A₁ (r₁ × k) and A₂ (r₂ × k): the paper's control in Figures 3 and 4. */
export function randomPair(r1: number, r2: number, k: number, random: () => number): {A1: Matrix; A2: Matrix} {
  return {A1: randn(r1, k, random), A2: randn(r2, k, random)};
}

/**
 * ‖W‖_F·r / √(d·k): root mean square of ‖Uᵀ·W·V‖_F over random orthonormal U (d × r) and V (k × r), which keep r/d and
 * r/k of the squared norm. For square W it is the "Random" column of Table 7.
 */
export function expectedProjection(normW: number, r: number, d: number, k: number): number {
  return (normW * r) / Math.sqrt(d * k);
}

/**
 * Uniformly random orthonormal columns u (d × r) and v (k × r), by QR of Gaussian matrices (Stewart 1980). Throws when
 * r exceeds d or k.
 */
export function randomDirections(d: number, k: number, r: number, random: () => number): {u: Matrix; v: Matrix} {
  return {u: qr(randn(d, r, random)).q, v: qr(randn(k, r, random)).q};
}
