import {bidiagonalize} from "./bidiagonal.ts";
import {diagonalize} from "./diagonalize.ts";
import {largestExponent, powerOfTwo} from "./exponent.ts";
import {type Matrix, needFinite, scale, transpose, zeros} from "./matrix.ts";
import {factorQr} from "./qr.ts";

/** a = u · diag(s) · vᵀ: a (m × n), p = min(m, n), u (m × p), s (p, descending), v (n × p). */
export interface Svd {
  u: Matrix;
  s: Float64Array;
  v: Matrix;
}

/**
 * Thin singular value decomposition of a (m × n) of any shape: QR when there are more rows than columns, then
 * reflections to bidiagonal form and rotations to diagonal form (in outline, Golub and Reinsch 1970). u and v are
 * orthonormal even for singular values of 0. Errors of the singular values are rounding errors of the largest one.
 * The largest entry of each column of u is positive; in a tie (within 1e-12) the first of them is.
 * Throws when an entry is not finite, or when a singular value exceeds the range of float64.
 */
export function svd(a: Matrix): Svd {
  needFinite("svd", a);
  const exponent = largestExponent(a.data);
  const scaled = scale(a, powerOfTwo(-exponent));
  const {u, s, v} = a.rows < a.cols ? swap(tallSvd(transpose(scaled))) : tallSvd(scaled);
  const back = s.map((sigma) => sigma * powerOfTwo(exponent));
  if (back[0] === Infinity) throw new Error("svd: the largest singular value exceeds 1.8e308; scale the matrix down");
  return fixSigns({u, s: back, v});
}

const swap = ({u, s, v}: Svd): Svd => ({u: v, s, v: u});

/** For m ≥ n and a largest entry near 1. The signs of the columns are arbitrary. */
function tallSvd(a: Matrix): Svd {
  if (a.rows === a.cols) return squareSvd(a);
  const {r, timesQ} = factorQr(a);
  const {u, s, v} = squareSvd(r);
  return {u: timesQ(u), s, v};
}

function squareSvd(a: Matrix): Svd {
  const bidiagonal = bidiagonalize(a);
  diagonalize(bidiagonal);
  const {u, diagonal, v} = bidiagonal;
  const sizes = diagonal.map(Math.abs);
  const order = Uint32Array.from(sizes.keys()).sort((i, j) => sizes[j] - sizes[i] || i - j);
  return {
    u: takeColumns(u, order, new Float64Array(a.cols).fill(1)),
    s: Float64Array.from(order, (i) => sizes[i]),
    v: takeColumns(
      v,
      order,
      diagonal.map((value) => (value < 0 ? -1 : 1)),
    ),
  };
}

/** The columns of a in this order, each times its factor; `factors` has the order of a. */
function takeColumns({rows, cols, data}: Matrix, order: Uint32Array, factors: Float64Array): Matrix {
  const result = zeros(rows, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) result.data[i * cols + j] = factors[order[j]] * data[i * cols + order[j]];
  }
  return result;
}

/**
 * Flips pairs of columns of u and v, in place, so that the largest entry of each column of u is positive; see `svd`.
 */
export function fixSigns({u, s, v}: Svd): Svd {
  const p = s.length;
  const largest = new Float64Array(p);
  for (let i = 0; i < u.rows; i++) {
    for (let j = 0; j < p; j++) {
      const entry = u.data[i * p + j];
      if (Math.abs(entry) > Math.abs(largest[j]) + 1e-12) largest[j] = entry;
    }
  }
  for (const {rows, data} of [u, v]) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < p; j++) if (largest[j] < 0) data[i * p + j] = -data[i * p + j];
    }
  }
  return {u, s, v};
}
