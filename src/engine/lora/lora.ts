import {add, type Matrix, matmul, scale, subtract, zeros} from "../linalg/matrix.ts";
import {randn} from "../linalg/random.ts";

/** The adapter of a d × k weight: B (d × r) times A (r × k), scaled by alpha / r. Hu et al. 2021, section 4.1. */
export interface Lora {
  A: Matrix;
  B: Matrix;
  alpha: number;
  r: number;
}

function needRank(r: number): void {
  if (!Number.isInteger(r) || r < 1) throw new Error(`lora: r is ${r}; the rank must be a whole number of at least 1`);
}

function needShapes({A, B, r}: Lora): void {
  needRank(r);
  if (A.rows !== r) throw new Error(`lora: A is ${A.rows}×${A.cols}; at r = ${r} it needs ${r} rows`);
  if (B.cols !== r) throw new Error(`lora: B is ${B.rows}×${B.cols}; at r = ${r} it needs ${r} columns`);
}

/**
 * The adapter before its first step: A (r × k) normal with mean 0 and standard deviation 1/√k, B (d × r) zero,
 * so ΔW = 0. The paper says "random Gaussian" and leaves the deviation open; 1/√k gives the entries of A·x the same
 * variance as those of x. (loralib draws A uniformly: `kaimingUniform`.) Throws unless r is a whole number ≥ 1.
 */
export function initLora(
  {d, k, r, alpha}: {d: number; k: number; r: number; alpha: number},
  random: () => number,
): Lora {
  needRank(r);
  return {A: scale(randn(r, k, random), 1 / Math.sqrt(k)), B: zeros(d, r), alpha, r};
}

/** The factor in front of B·A: alpha / r. Throws unless r is a whole number ≥ 1. */
export function scaling({alpha, r}: Pick<Lora, "alpha" | "r">): number {
  needRank(r);
  return alpha / r;
}

/** ΔW = (alpha / r) · B·A → (d × k). Throws when r is not a whole number ≥ 1 or does not fit the shapes. */
export function deltaWeight(lora: Lora): Matrix {
  needShapes(lora);
  return scale(matmul(lora.B, lora.A), scaling(lora));
}

function deltaFor(what: string, W: Matrix, lora: Lora): Matrix {
  const {A, B} = lora;
  if (W.rows !== B.rows || W.cols !== A.cols)
    throw new Error(
      `${what}: the weight is ${W.rows}×${W.cols}, the update is ${B.rows}×${A.cols}; the shapes must be equal`,
    );
  return deltaWeight(lora);
}

/** W0 (d × k) → W = W0 + ΔW, a new matrix. Throws when the shapes differ. */
export function merge(W0: Matrix, lora: Lora): Matrix {
  return add(W0, deltaFor("merge", W0, lora));
}

/** W (d × k) → W − ΔW, a new matrix: W0 again, up to the rounding of one addition. Throws when the shapes differ. */
export function unmerge(W: Matrix, lora: Lora): Matrix {
  return subtract(W, deltaFor("unmerge", W, lora));
}
