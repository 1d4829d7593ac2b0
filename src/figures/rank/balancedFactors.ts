import {type Matrix, zeros} from "../../engine/linalg/matrix.ts";
import type {Svd} from "../../engine/linalg/svd.ts";

/** B = U_r·√Σ_r (d,r) and A = √Σ_r·V_rᵀ (r,k): the first r pieces of an SVD as two factors of equal Frobenius norm. */
export function balancedFactors({u, s, v}: Svd, r: number): {B: Matrix; A: Matrix} {
  const B = zeros(u.rows, r);
  const A = zeros(r, v.rows);
  for (let l = 0; l < r; l++) {
    const root = Math.sqrt(s[l]!);
    for (let i = 0; i < u.rows; i++) B.data[i * r + l] = u.data[i * u.cols + l]! * root;
    for (let j = 0; j < v.rows; j++) A.data[l * v.rows + j] = v.data[j * v.cols + l]! * root;
  }
  return {B, A};
}
