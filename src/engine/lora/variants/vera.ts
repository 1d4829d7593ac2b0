import {type Matrix, matmul, matmulTA, matmulTB, scale} from "../../linalg/matrix.ts";
import {kaimingUniform} from "../../linalg/random.ts";
import type {Shape} from "../counts.ts";

/**
 * VeRA: ΔW = Λ_b·B·Λ_d·A. A (r × k) and B (d × r) are random, frozen and shared by all adapted matrices of that shape.
 * Each matrix trains only b (d) and d (r), the diagonals of Λ_b and Λ_d. Kopiczko, Blankevoort and Asano 2023,
 * arXiv 2310.11454.
 */
export interface Vera {
  A: Matrix;
  B: Matrix;
  b: Float64Array;
  d: Float64Array;
}

/** The start value of every entry of d: PEFT's `d_initial`. */
export const D_INITIAL = 0.1;

/** The shared matrices A (r × k) and B (d × r): Kaiming uniform with gain √2, so within ±√(6 / fan_in). */
export function sharedMatrices(
  {d, k, r}: {d: number; k: number; r: number},
  random: () => number,
): {A: Matrix; B: Matrix} {
  const gain = Math.sqrt(6);
  return {A: scale(kaimingUniform(r, k, random), gain), B: scale(kaimingUniform(d, r, random), gain)};
}

/** A layer before its first step: b = 0, so ΔW = 0, and d = 0.1 everywhere. A and B are not copied. */
export function initVera({A, B}: {A: Matrix; B: Matrix}): Vera {
  return {A, B, b: new Float64Array(B.rows), d: new Float64Array(A.rows).fill(D_INITIAL)};
}

/** ΔW = Λ_b·B·Λ_d·A → (d × k). Throws when the shapes do not fit. */
export function veraDelta({A, B, b, d}: Vera): Matrix {
  return scaleRows(matmul(B, scaleRows(A, d)), b);
}

/** G = ∂L/∂ΔW (d × k) → db (d) and dd (r), the gradients of the two vectors. */
export function veraBackward({A, B, b, d}: Vera, G: Matrix): {db: Float64Array; dd: Float64Array} {
  const GAt = matmulTB(G, A);
  const db = b.map((_, i) =>
    d.reduce((sum, value, l) => sum + GAt.data[i * d.length + l] * value * B.data[i * d.length + l], 0),
  );
  const back = matmulTA(scaleRows(B, b), GAt);
  return {db, dd: d.map((_, l) => back.data[l * d.length + l])};
}

/** Trained parameters when every listed matrix gets its two vectors: Σ copies · (d + r). A and B follow from a seed. */
export function countVera(shapes: readonly Shape[], r: number): number {
  return shapes.reduce((sum, {d, copies = 1}) => sum + copies * (d + r), 0);
}

function scaleRows(a: Matrix, factors: Float64Array): Matrix {
  if (factors.length !== a.rows)
    throw new Error(
      `vera: ${factors.length} factors for the ${a.rows} rows of a ${a.rows}×${a.cols} matrix; give one for each row`,
    );
  return {...a, data: a.data.map((value, at) => value * factors[Math.floor(at / a.cols)])};
}
