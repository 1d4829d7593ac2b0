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
  const kept = Math.min(r, s.length);
  const result = zeros(u.rows, v.rows);
  for (let i = 0; i < u.rows; i++) {
    for (let j = 0; j < v.rows; j++) {
      let sum = 0;
      for (let l = 0; l < kept; l++) sum += u.data[i * u.cols + l] * s[l] * v.data[j * v.cols + l];
      result.data[i * v.rows + j] = sum;
    }
  }
  return result;
}
