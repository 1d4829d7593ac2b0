import {largestExponent, powerOfTwo} from "./exponent.ts";
import {identity, type Matrix, needFinite, transpose, zeros} from "./matrix.ts";
import {dotRows, makeReflector, subtractOuter} from "./reflect.ts";

/** a = q·r, with q stored as its reflections. */
export interface QrFactors {
  /** (n × n), upper triangular, diagonal ≥ 0. */
  r: Matrix;
  /** x (n × p) → q·x (m × p), twice as fast as forming q and multiplying. */
  timesQ(x: Matrix): Matrix;
}

/**
 * Thin QR by Householder reflections: a (m × n, m ≥ n) → q (m × n) with orthonormal columns and r (n × n) upper
 * triangular with diagonal ≥ 0, a = q·r. A column that depends on earlier ones gives a diagonal entry of 0, up to
 * rounding, and q is still orthonormal. Golub and Van Loan, Matrix Computations, algorithm 5.2.1.
 * Throws when m < n, when an entry is not finite, or when the length of a column exceeds the largest float64.
 */
export function qr(a: Matrix): {q: Matrix; r: Matrix} {
  const {r, timesQ} = factorQr(a);
  return {q: timesQ(identity(a.cols)), r};
}

/** `qr` for callers that need products with q and not q itself. */
export function factorQr(a: Matrix): QrFactors {
  needFinite("qr", a);
  const {rows: m, cols: n} = a;
  if (m < n) throw new Error(`qr: the matrix is ${m}×${n}; it needs at least as many rows as columns: transpose it`);
  const exponent = largestExponent(a.data);
  // The rows of `work` are the columns of a, so each reflection reads contiguous memory.
  const work = scaledTranspose(a, powerOfTwo(-exponent));
  const sums = new Float64Array(n);
  const reflectors = Array.from({length: n}, (_, j) => {
    const v = work.data.subarray(j * m, (j + 1) * m);
    const {result, beta} = makeReflector(v, j);
    dotRows(work, j + 1, j, v, sums);
    subtractOuter(work, j + 1, j, beta, sums, v);
    return {v, beta, result, sign: result < 0 ? -1 : 1};
  });

  const r = zeros(n, n);
  reflectors.forEach(({result, sign}, j) => {
    r.data[j * n + j] = Math.abs(result) * powerOfTwo(exponent);
    for (let l = j + 1; l < n; l++) r.data[j * n + l] = sign * work.data[l * m + j] * powerOfTwo(exponent);
  });
  if (r.data.includes(Infinity)) throw new Error("qr: a column is longer than 1.8e308; scale the matrix down");

  function timesQ(x: Matrix): Matrix {
    const productTransposed = zeros(x.cols, m);
    const products = new Float64Array(x.cols);
    for (let l = 0; l < x.cols; l++) {
      for (let j = 0; j < n; j++) productTransposed.data[l * m + j] = reflectors[j].sign * x.data[j * x.cols + l];
    }
    for (let j = n - 1; j >= 0; j--) {
      const {v, beta} = reflectors[j];
      dotRows(productTransposed, 0, j, v, products);
      subtractOuter(productTransposed, 0, j, beta, products, v);
    }
    return transpose(productTransposed);
  }
  return {r, timesQ};
}

/** factor · aᵀ in one pass. */
function scaledTranspose({rows, cols, data}: Matrix, factor: number): Matrix {
  const result = zeros(cols, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) result.data[j * rows + i] = factor * data[i * cols + j];
  }
  return result;
}
