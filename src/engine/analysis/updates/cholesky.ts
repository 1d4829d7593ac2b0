import {type Matrix, needFinite, zeros} from "../../linalg/matrix.ts";

/** g = l·lᵀ with l (r × p); the rows `pivots` of l, in this order, are a lower triangle (p × p). */
export interface Cholesky {
  l: Matrix;
  pivots: Uint32Array;
  /**
   * √(last pivot / first pivot), roughly the reciprocal condition number of the x in g = x·xᵀ; 0 when the remainder after p < r
   * pivots is small but not 0, since it may be noise or not.
   */
  evenness: number;
}

/** A pivot below this share of the first, times r, is a rounding error of g. */
const ROUNDING = 2 ** -50;

/**
 * Cholesky of a Gram matrix g (r × r, symmetric, positive semidefinite) with the largest pivot first. It ends at the
 * numerical rank p ≤ r, so dependent rows do no harm. What g lost by being squared is lost: singular values below about
 * 1e-8 of the largest are noise, and `evenness` tells how close they are to that. Golub and Van Loan, Matrix Computations, §4.2.8.
 * Throws when g is not square or an entry is not finite.
 */
export function cholesky(g: Matrix): Cholesky {
  needFinite("cholesky", g);
  const r = g.rows;
  if (r !== g.cols) throw new Error(`cholesky: the matrix is ${r}×${g.cols}; a Gram matrix is square`);
  const remaining = Float64Array.from({length: r}, (_, i) => g.data[i * r + i]);
  const isOpen = new Uint8Array(r).fill(1);
  const columns: Float64Array[] = [];
  const pivots: number[] = [];
  const first = Math.max(0, ...remaining);
  let last = 0;
  while (pivots.length < r) {
    const pivot = largestOf(remaining, isOpen);
    if (!(remaining[pivot] > first * ROUNDING * r)) break;
    const root = Math.sqrt(remaining[pivot]);
    last = remaining[pivot];
    const column = new Float64Array(r);
    isOpen[pivot] = 0;
    column[pivot] = root;
    for (let i = 0; i < r; i++) {
      if (!isOpen[i]) continue;
      let sum = g.data[i * r + pivot];
      for (const before of columns) sum -= before[i] * before[pivot];
      column[i] = sum / root;
      remaining[i] -= column[i] * column[i];
    }
    columns.push(column);
    pivots.push(pivot);
  }
  const p = pivots.length;
  const isNoise = p < r && remaining.some((rest, i) => isOpen[i] && rest !== 0);
  const l = zeros(r, p);
  columns.forEach((column, j) => {
    for (let i = 0; i < r; i++) l.data[i * p + j] = column[i];
  });
  return {l, pivots: Uint32Array.from(pivots), evenness: isNoise || p === 0 ? 0 : Math.sqrt(last / first)};
}

function largestOf(values: Float64Array, isOpen: Uint8Array): number {
  let best = isOpen.indexOf(1);
  for (let i = best + 1; i < values.length; i++) if (isOpen[i] && values[i] > values[best]) best = i;
  return best;
}

/**
 * The triangle's inverse, for orthonormal directions: with g = x·xᵀ, xᵀ·t has orthonormal columns that span the rows of
 * x. → t (r × p), whose rows that are no pivots are 0.
 */
export function orthonormalizer(factored: Cholesky): Matrix {
  if (!factored?.l || !factored.pivots) throw new Error("orthonormalizer: expected what cholesky returns");
  const {l, pivots} = factored;
  const [r, p] = [l.rows, l.cols];
  const t = zeros(r, p);
  // Column j solves lᵀ[pivots]·t = eⱼ, from the last pivot back.
  for (let j = 0; j < p; j++) {
    for (let i = j; i >= 0; i--) {
      let sum = i === j ? 1 : 0;
      for (let m = i + 1; m <= j; m++) sum -= l.data[pivots[m] * p + i] * t.data[pivots[m] * p + j];
      t.data[pivots[i] * p + j] = sum / l.data[pivots[i] * p + i];
    }
  }
  return t;
}
