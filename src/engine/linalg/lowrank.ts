import {type Matrix, matmul, matmulTB, needFinite, transpose} from "./matrix.ts";
import {factorQr} from "./qr.ts";
import {fixSigns, type Svd, svd} from "./svd.ts";

/**
 * The SVD of B·A without forming it: B (d × r), A (r × k) → u (d × p), s (p), v (k × p), p = min(d, k, r).
 * With B = Q₁R₁ and Aᵀ = Q₂R₂, B·A = Q₁·(R₁R₂ᵀ)·Q₂ᵀ, and the matrix in the middle is only r × r. The cost grows with
 * (d + k)·r² instead of d·k·min(d, k). When r exceeds d or k, the product is the smaller matrix and is decomposed
 * directly. Signs as in `svd`. Throws when the inner sizes differ or an entry is not finite.
 */
export function lowRankSvd(B: Matrix, A: Matrix): Svd {
  needFinite("lowRankSvd: B", B);
  needFinite("lowRankSvd: A", A);
  if (B.cols !== A.rows)
    throw new Error(
      `lowRankSvd: B (${B.rows}×${B.cols}) and A (${A.rows}×${A.cols}): ` +
        `the inner sizes ${B.cols} and ${A.rows} must be equal`,
    );
  if (B.cols > Math.min(B.rows, A.cols)) return svd(matmul(B, A));
  const left = factorQr(B);
  const right = factorQr(transpose(A));
  const middle = svd(matmulTB(left.r, right.r));
  return fixSigns({u: left.timesQ(middle.u), s: middle.s, v: right.timesQ(middle.v)});
}
