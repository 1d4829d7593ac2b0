import {type Matrix, matmul, subtract} from "../../linalg/matrix.ts";
import {svd} from "../../linalg/svd.ts";
import {truncatedFactors} from "../../linalg/truncate.ts";
import type {Lora} from "../lora.ts";

/**
 * PiSSA trains the principal part of the weight itself. W0 (d × k) = U·Σ·Vᵀ → B = U_r·Σ_r^½ (d × r), A = Σ_r^½·V_rᵀ
 * (r × k), alpha = r so that ΔW = B·A, and the frozen `residual` W0 − B·A (d × k). residual + B·A is W0 up to the
 * rounding of one addition. Meng, Wang and Zhang 2024, arXiv 2404.02948.
 * Throws unless r is a whole number from 1 to min(d, k), or when an entry is not finite.
 */
export function initPissa(W0: Matrix, r: number): {lora: Lora; residual: Matrix} {
  const maxRank = Math.min(W0.rows, W0.cols);
  if (!Number.isInteger(r) || r < 1 || r > maxRank)
    throw new Error(
      `pissa: r is ${r}; a ${W0.rows}×${W0.cols} weight has principal parts of whole rank 1 to ${maxRank}`,
    );
  const {A, B} = principalFactors(W0, r);
  return {lora: {A, B, alpha: r, r}, residual: subtract(W0, matmul(B, A))};
}

/**
 * W (d × k) → B (d × r), A (r × k) whose product is the nearest matrix of rank r to W, with the singular values split
 * evenly: B = U_r·Σ_r^½, A = Σ_r^½·V_rᵀ. Columns of B and rows of A beyond min(d, k) are 0.
 */
export function principalFactors(W: Matrix, r: number): {A: Matrix; B: Matrix} {
  return truncatedFactors(svd(W), r);
}
