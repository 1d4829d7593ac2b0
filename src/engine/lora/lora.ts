/** One LoRA: its start, its ΔW, and merging it into a weight. */
import {add, type Matrix, matmul, needMatrix, scale, subtract, transpose, zeros} from "../linalg/matrix.ts";
import {randn} from "../linalg/random.ts";

/** The adapter of a d × k weight: B (d × r) times A (r × k), scaled by alpha / r. Hu et al. 2021, section 4.1. */
export interface Lora {
  A: Matrix;
  B: Matrix;
  alpha: number;
  r: number;
  /** The module's name, if it has one; error messages begin with it. */
  name?: string;
  /** The base stores this weight as k × d, as GPT-2 does; `merge` and `unmerge` then transpose ΔW. */
  transposed?: boolean;
  /** DoRA's trained lengths (d): `merge` refuses such a module; `doraWeight` computes its weight. */
  magnitude?: Float64Array;
}

function needRank(r: number): void {
  if (!Number.isInteger(r) || r < 1) throw new Error(`lora: r is ${r}; the rank must be a whole number of at least 1`);
}

/** Throws unless A and B fit r; the message begins with the module's name. */
function needShapes(lora: Lora): void {
  needRank(lora?.r);
  const {A, B, r, name = "lora"} = lora;
  if (A?.rows !== r) throw new Error(`${name}: A is ${A?.rows}×${A?.cols}; at r = ${r} it needs ${r} rows`);
  if (B?.cols !== r) throw new Error(`${name}: B is ${B?.rows}×${B?.cols}; at r = ${r} it needs ${r} columns`);
}

/**
 * The adapter before its first step: A (r × k) normal with mean 0 and standard deviation 1/√k, B (d × r) zero,
 * so ΔW = 0. The paper says "random Gaussian" and leaves the deviation open; 1/√k gives the entries of A·x the same
 * variance as the entries of x. (loralib draws A uniformly: `kaimingUniform`.) Throws unless r is a whole number ≥ 1.
 */
export function initLora(sizes: {d: number; k: number; r: number; alpha: number}, random: () => number): Lora {
  needRank(sizes?.r);
  const {d, k, r, alpha} = sizes;
  return {A: scale(randn(r, k, random), 1 / Math.sqrt(k)), B: zeros(d, r), alpha, r};
}

/** The factor in front of B·A: alpha / r. Throws unless r is a whole number ≥ 1. */
export function scaling(lora: Pick<Lora, "alpha" | "r">): number {
  needRank(lora?.r);
  return lora.alpha / lora.r;
}

/** ΔW = (alpha / r) · B·A → (d × k). Throws when r is not a whole number ≥ 1 or does not fit the shapes. */
export function deltaWeight(lora: Lora): Matrix {
  needShapes(lora);
  return scale(matmul(lora.B, lora.A), scaling(lora));
}

/** ΔW as the base stores it. */
function deltaFor(what: string, W: Matrix, lora: Lora): Matrix {
  needMatrix(what, W);
  const delta = deltaWeight(lora);
  if (lora.magnitude)
    throw new Error(`${what}: ${lora.name ?? "this"} is a DoRA module; doraWeight computes its weight`);
  const turned = lora.transposed ? transpose(delta) : delta;
  if (W.rows !== turned.rows || W.cols !== turned.cols)
    throw new Error(
      `${what}: the weight is ${W.rows}×${W.cols}, the update is ${turned.rows}×${turned.cols}; the shapes must be equal`,
    );
  return turned;
}

/**
 * W0 (d × k) → W = W0 + ΔW, a new matrix. With `transposed`, W0 is k × d and ΔW is transposed. Throws when the shapes
 * differ, and for DoRA.
 */
export function merge(W0: Matrix, lora: Lora): Matrix {
  return add(W0, deltaFor("merge", W0, lora));
}

/** W (d × k) → W − ΔW, a new matrix: W0 again, up to the rounding of one addition. Transposes and throws as `merge` does. */
export function unmerge(W: Matrix, lora: Lora): Matrix {
  return subtract(W, deltaFor("unmerge", W, lora));
}
