import {largestExponent, powerOfTwo} from "./exponent.ts";
import {orthogonalizeRows} from "./jacobi.ts";
import {type Matrix, matmul, needFinite, scale, transpose, zeros} from "./matrix.ts";
import {qr} from "./qr.ts";

/** a = u · diag(s) · vᵀ: a (m × n), p = min(m, n), u (m × p), s (p, descending), v (n × p). */
export interface Svd {
  u: Matrix;
  s: Float64Array;
  v: Matrix;
}

/**
 * Thin singular value decomposition of a (m × n), any shape: QR of the columns sorted by length, then one-sided
 * Jacobi on R (Drmač and Veselić 2008 in outline). u and v are orthonormal even where singular values are 0.
 * The largest entry of each column of u is positive, the first of them at a tie (within 1e-12).
 * Throws when an entry is not finite, or when a singular value leaves the range of float64.
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

/** m ≥ n, entries of magnitude near 1 or below; signs as they come. */
function tallSvd(a: Matrix): Svd {
  const n = a.cols;
  const order = columnsByLength(a);
  const {q, r} = qr(takeColumns(a, order));
  const {rows, rotation, s} = orthogonalizeRows(r);
  const v = zeros(n, n);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) v.data[order[i] * n + j] = rows.data[j * n + i];
  }
  return {u: matmul(q, transpose(rotation)), s, v};
}

/** The indices of a's columns, longest first; equal ones keep their order. */
function columnsByLength(a: Matrix): Uint32Array {
  const squares = new Float64Array(a.cols);
  a.data.forEach((value, i) => {
    squares[i % a.cols] += value * value;
  });
  return Uint32Array.from(squares.keys()).sort((i, j) => squares[j] - squares[i] || i - j);
}

function takeColumns(a: Matrix, order: Uint32Array): Matrix {
  const result = zeros(a.rows, order.length);
  for (let i = 0; i < a.rows; i++) {
    order.forEach((from, to) => {
      result.data[i * order.length + to] = a.data[i * a.cols + from];
    });
  }
  return result;
}

/** Flips pairs of columns of u and v so that the largest entry of each column of u is positive; see `svd`. */
export function fixSigns({u, s, v}: Svd): Svd {
  const p = s.length;
  const signs = s.map((_, j) => {
    let largest = 0;
    for (let i = 0; i < u.rows; i++) {
      const entry = u.data[i * p + j];
      if (Math.abs(entry) > Math.abs(largest) + 1e-12) largest = entry;
    }
    return largest < 0 ? -1 : 1;
  });
  const flip = (a: Matrix): Matrix => ({...a, data: a.data.map((value, i) => value * signs[i % p])});
  return {u: flip(u), s, v: flip(v)};
}

/**
 * The first r terms of the decomposition summed: Σ_{i<r} sᵢ·uᵢ·vᵢᵀ → (m × n), the nearest matrix of rank r in
 * Frobenius and spectral norm (Eckart and Young 1936). r beyond the number of singular values takes them all.
 * Throws unless r is a whole number ≥ 0.
 */
export function truncate({u, s, v}: Svd, r: number): Matrix {
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
