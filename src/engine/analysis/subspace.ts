/** The directions that an update uses, and how two sets of directions compare: section 7 of Hu et al. 2021. */
import {norm} from "../linalg/exponent.ts";
import {lowRankSvd} from "../linalg/lowrank.ts";
import {frobenius, type Matrix, matmul, matmulTA, needFinite, needMatrix, scale, zeros} from "../linalg/matrix.ts";
import {type Svd, svd} from "../linalg/svd.ts";
import {type Lora, scaling} from "../lora/lora.ts";

/**
 * Shares are at most 1 for orthonormal columns. One that exceeds 1 by more than this is not rounding but wrong input.
 */
const ROUNDING = 1e-9;

/** a (m × n) → its first count columns (m × count). Throws unless count is a whole number from 1 to n. */
export function firstColumns(a: Matrix, count: number): Matrix {
  needMatrix("firstColumns", a);
  if (!Number.isInteger(count) || count < 1 || count > a.cols)
    throw new Error(
      `firstColumns: ${count} columns of a ${a.rows}×${a.cols} matrix; take a whole number, 1 to ${a.cols}`,
    );
  const result = zeros(a.rows, count);
  for (let i = 0; i < a.rows; i++) {
    result.data.set(a.data.subarray(i * a.cols, i * a.cols + count), i * count);
  }
  return result;
}

/**
 * φ(A₁, A₂, i, j) = ‖U₁ⁱᵀ·U₂ʲ‖²_F / min(i, j) from 0 to 1, equation 4 of Hu et al. 2021: A₁ (r₁ × k) and A₂ (r₂ × k),
 * U₁ⁱ (k × i) and U₂ʲ (k × j) their first right-singular vectors. At 1 the smaller space lies inside the larger one, at
 * 0 they share no direction. Singular vectors beyond a matrix's rank are arbitrary, and so is φ there.
 * Throws when the widths k differ, or i or j is not a whole number from 1 to min(r, k).
 */
export function subspaceSimilarity(A1: Matrix, A2: Matrix, i: number, j: number): number {
  const cross = crossProducts(firstColumns(svd(A1).v, i), firstColumns(svd(A2).v, j));
  return needShare(frobenius(cross) ** 2 / Math.min(i, j));
}

/** A₁ (r₁ × k), A₂ (r₂ × k) → φ for all i and j (min(r₁, k) × min(r₂, k)): entry [i − 1, j − 1] is φ(A₁, A₂, i, j). */
export function similarityGrid(A1: Matrix, A2: Matrix): Matrix {
  return basisSimilarity(svd(A1).v, svd(A2).v);
}

/**
 * U₁ (k × p), U₂ (k × q), orthonormal columns in order → (p × q), entry [i − 1, j − 1] = ‖U₁ⁱᵀ·U₂ʲ‖²_F / min(i, j).
 * One product (k·p·q steps) and one running sum give the whole grid. To compare B, or either side of ΔW, pass the
 * singular vectors of that side (footnote 7 of the paper). Throws when the heights differ or the columns are not
 * orthonormal.
 */
export function basisSimilarity(U1: Matrix, U2: Matrix): Matrix {
  const grid = meanSquares(crossProducts(U1, U2));
  return {...grid, data: grid.data.map(needShare)};
}

/**
 * The cosines between two sets of directions (p × q) → (p × q), entry [i − 1, j − 1] is the sum of the squares of the first i × j
 * cosines, divided by min(i, j).
 */
export function meanSquares({rows, cols, data}: Matrix): Matrix {
  const sums = zeros(rows, cols).data;
  for (let i = 0; i < rows; i++) {
    let row = 0;
    for (let j = 0; j < cols; j++) {
      row += data[i * cols + j] ** 2;
      sums[i * cols + j] = row + (i > 0 ? sums[(i - 1) * cols + j] : 0);
    }
  }
  return {rows, cols, data: sums.map((sum, at) => sum / (Math.min(Math.floor(at / cols), at % cols) + 1))};
}

function crossProducts(U1: Matrix, U2: Matrix): Matrix {
  if (U1?.rows !== U2?.rows)
    throw new Error(
      `similarity: the directions have ${U1?.rows} and ${U2?.rows} entries; both matrices must act on the same space`,
    );
  return matmulTA(U1, U2);
}

/** A share, at most 1. Throws when it exceeds 1 by more than rounding does. */
function needShare(value: number): number {
  if (value > 1 + ROUNDING)
    throw new Error(`similarity: ${value} exceeds 1; the columns must be orthonormal, as svd gives them`);
  return Math.min(1, value);
}

/**
 * SVD of ΔW = (alpha / r)·B·A from the factors, never the d × k product: u (d × p), s (p), v (k × p), p = min(d, k, r).
 * Throws when an entry is not finite; the message names the module.
 */
export function deltaSvd(lora: Lora): Svd {
  const what = lora?.name ?? "deltaSvd";
  needFinite(`${what}: B`, lora?.B);
  needFinite(`${what}: A`, lora?.A);
  return lowRankSvd(scale(lora.B, scaling(lora)), lora.A);
}

/**
 * ‖Uᵀ·W·V‖_F: how strongly W (d × k) acts from the directions V (k × r) to the directions U (d × r), all columns
 * orthonormal. (The paper writes Vᵀ because its V holds the directions as rows.) The first r singular vectors of W give
 * the largest value that r columns can give, √(σ₁² + … + σ_r²). Throws when the shapes do not fit.
 */
export function projectedNorm(W: Matrix, U: Matrix, V: Matrix): number {
  return frobenius(matmul(matmulTA(U, W), V));
}

/**
 * ‖ΔW‖_F / ‖Uᵀ·W·V‖_F with U and V the r singular directions of ΔW, the amplification factor of section 7.3 of
 * Hu et al. 2021: how many times stronger ΔW is along its own directions than W (d × k) was before. Infinity when W is
 * zero along them. Throws when the shapes do not fit, or when ΔW = 0, because it then has no directions.
 */
export function amplification(W: Matrix, lora: Lora): number {
  const {u, s, v} = deltaSvd(lora);
  if (!(s[0] > 0)) throw new Error("amplification: ΔW is zero and has no directions; train the adapter first");
  return norm(s) / projectedNorm(W, u, v);
}
