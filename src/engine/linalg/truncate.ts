import {type Matrix, zeros} from "./matrix.ts";
import type {Svd} from "./svd.ts";

/**
 * The sum of the first r terms, Σ_{i<r} sᵢ·uᵢ·vᵢᵀ → (m × n): the nearest matrix of rank r in Frobenius and spectral
 * norm (Eckart and Young 1936). An r beyond the number of singular values takes all terms.
 * Throws unless r is a whole number ≥ 0.
 */
export function truncate(svd: Svd, r: number): Matrix {
  if (!svd?.s) throw new Error("truncate: expected the result of svd(a)");
  const {u, s, v} = svd;
  if (!Number.isInteger(r) || r < 0) throw new Error(`truncate: r is ${r}; it must be a whole number of at least 0`);
  const terms = Math.min(r, s.length);
  const result = zeros(u.rows, v.rows);
  for (let i = 0; i < u.rows; i++) {
    for (let j = 0; j < v.rows; j++) {
      let sum = 0;
      for (let l = 0; l < terms; l++) sum += u.data[i * u.cols + l] * s[l] * v.data[j * v.cols + l];
      result.data[i * v.rows + j] = sum;
    }
  }
  return result;
}

/**
 * B = U_r·Σ_r^½ (m × r) and A = Σ_r^½·V_rᵀ (r × n): two factors of `truncate(svd, r)` of the same length. Columns of B and rows of A
 * beyond the number of singular values are 0.
 */
export function truncatedFactors({u, s, v}: Svd, r: number): {A: Matrix; B: Matrix} {
  const [A, B] = [zeros(r, v.rows), zeros(u.rows, r)];
  for (let l = 0; l < Math.min(r, s.length); l++) {
    const root = Math.sqrt(s[l]);
    for (let i = 0; i < u.rows; i++) B.data[i * r + l] = u.data[i * u.cols + l] * root;
    for (let j = 0; j < v.rows; j++) A.data[l * v.rows + j] = v.data[j * v.cols + l] * root;
  }
  return {A, B};
}
