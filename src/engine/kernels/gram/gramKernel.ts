/**
 * Gram matrices of an adapter's factors, r × r instead of r × n, with float64 sums: norms, spectra and comparisons of B·A
 * need nothing else.
 */
import {type Matrix, zeros} from "../../linalg/matrix.ts";

/** r rows of n numbers, row-major: A (r × k) as it is, or B (d × r) transposed to r × d. */
export interface Rows {
  rows: number;
  cols: number;
  data: Float32Array | Float64Array;
}

/** Products of rows. They give the same bits on every machine. */
export interface GramKernel {
  /** x (r × n) → x·xᵀ (r × r). Throws when x holds more or fewer numbers than its sizes say. */
  gram(x: Rows): Matrix;
  /** x (p × n), y (q × n) → x·yᵀ (p × q). Throws when the widths differ. */
  cross(x: Rows, y: Rows): Matrix;
}

/** The products of rows, as functions that measure and compare adapters take them. */
export const createGramKernel = (): GramKernel => ({gram: (x) => products(x, x), cross: products});

function needRows(x: Rows): void {
  if (ArrayBuffer.isView(x?.data) && x.data.length === x.rows * x.cols) return;
  const got = x?.data ? `${x.rows}×${x.cols} with ${x.data.length} numbers` : typeof x;
  throw new Error(`gram: expected rows of numbers, got ${got}; pass {rows, cols, data}`);
}

/**
 * x·yᵀ, two rows of x times two of y at a time, so that each loaded number is used twice. The last of an odd number of rows is its own
 * partner. For y = x only the upper triangle is computed.
 */
function products(x: Rows, y: Rows): Matrix {
  needRows(x);
  needRows(y);
  if (x.cols !== y.cols)
    throw new Error(
      `gram: ${x.rows}×${x.cols} and ${y.rows}×${y.cols}: the widths ${x.cols} and ${y.cols} must be equal`,
    );
  const {rows: p, cols: n, data: a} = x;
  const {rows: q, data: b} = y;
  const result = zeros(p, q);
  const sums = result.data;
  for (let i = 0; i < p; i += 2) {
    const i1 = Math.min(i + 1, p - 1);
    for (let j = x === y ? i : 0; j < q; j += 2) {
      const j1 = Math.min(j + 1, q - 1);
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      for (let l = 0; l < n; l++) {
        const a0 = a[i * n + l];
        const a1 = a[i1 * n + l];
        const b0 = b[j * n + l];
        const b1 = b[j1 * n + l];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s10 += a1 * b0;
        s11 += a1 * b1;
      }
      sums[i * q + j] = s00;
      sums[i * q + j1] = s01;
      sums[i1 * q + j] = s10;
      sums[i1 * q + j1] = s11;
    }
  }
  if (x === y) for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) sums[i * p + j] = sums[j * p + i];
  return result;
}
