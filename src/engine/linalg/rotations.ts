import type {Matrix} from "./matrix.ts";
import {LEAST_SQUARE} from "./reflect.ts";

/** A chain of Givens rotations of neighboring columns: the k-th makes c·x + s·y and c·y − s·x of columns x = k and y = k + 1. */
export interface Chain {
  cosines: Float64Array;
  sines: Float64Array;
}

/** A chain for n columns that rotates nothing. */
export const identityChain = (n: number): Chain => ({cosines: new Float64Array(n).fill(1), sines: new Float64Array(n)});

/** Resets a chain, so that it rotates nothing. */
export function resetChain({cosines, sines}: Chain): void {
  cosines.fill(1);
  sines.fill(0);
}

/** Sets the k-th rotation to the one that turns (f, g) into (r, 0) → r. */
export function setRotation({cosines, sines}: Chain, k: number, f: number, g: number): number {
  const square = f * f + g * g;
  if (square < LEAST_SQUARE) {
    cosines[k] = 1;
    sines[k] = 0;
    return f;
  }
  const r = Math.sqrt(square);
  cosines[k] = f / r;
  sines[k] = g / r;
  return r;
}

/**
 * Rotates the columns lo … hi (lo < hi) of a matrix by two chains, one after the other, each in ascending order.
 * After Van Zee, van de Geijn and Quintana-Ortí 2014, "Restructuring the tridiagonal and bidiagonal QR algorithms".
 */
export function rotateColumns({rows, cols, data}: Matrix, lo: number, hi: number, first: Chain, second: Chain): void {
  let i = 0;
  for (; i + 2 <= rows; i += 2) rotateTwoRows(data, i * cols, (i + 1) * cols, lo, hi, first, second);
  if (i < rows) {
    rotateRow(data, i * cols, lo, hi, first);
    rotateRow(data, i * cols, lo, hi, second);
  }
}

/**
 * Rotates two rows, which begin at `start0` and `start1`, by both chains. The second chain follows one column behind the first, so
 * each number is loaded and stored once for both; and the processor works on one row while it waits for the other.
 */
function rotateTwoRows(
  data: Float64Array,
  start0: number,
  start1: number,
  lo: number,
  hi: number,
  {cosines, sines}: Chain,
  {cosines: laterCosines, sines: laterSines}: Chain,
): void {
  // For each row, x is the number that the first chain carries along and w the one that the second carries.
  const [c0, s0] = [cosines[lo], sines[lo]];
  let w0 = c0 * data[start0 + lo] + s0 * data[start0 + lo + 1];
  let w1 = c0 * data[start1 + lo] + s0 * data[start1 + lo + 1];
  let x0 = c0 * data[start0 + lo + 1] - s0 * data[start0 + lo];
  let x1 = c0 * data[start1 + lo + 1] - s0 * data[start1 + lo];
  for (let k = lo + 1; k < hi; k++) {
    const c = cosines[k];
    const s = sines[k];
    const laterC = laterCosines[k - 1];
    const laterS = laterSines[k - 1];
    const y0 = data[start0 + k + 1];
    const y1 = data[start1 + k + 1];
    const z0 = c * x0 + s * y0;
    const z1 = c * x1 + s * y1;
    x0 = c * y0 - s * x0;
    x1 = c * y1 - s * x1;
    data[start0 + k - 1] = laterC * w0 + laterS * z0;
    data[start1 + k - 1] = laterC * w1 + laterS * z1;
    w0 = laterC * z0 - laterS * w0;
    w1 = laterC * z1 - laterS * w1;
  }
  const [lastC, lastS] = [laterCosines[hi - 1], laterSines[hi - 1]];
  data[start0 + hi - 1] = lastC * w0 + lastS * x0;
  data[start1 + hi - 1] = lastC * w1 + lastS * x1;
  data[start0 + hi] = lastC * x0 - lastS * w0;
  data[start1 + hi] = lastC * x1 - lastS * w1;
}

/** Rotates the row that begins at `start` by one chain. */
function rotateRow(data: Float64Array, start: number, lo: number, hi: number, {cosines, sines}: Chain): void {
  let x = data[start + lo];
  for (let k = lo; k < hi; k++) {
    const y = data[start + k + 1];
    data[start + k] = cosines[k] * x + sines[k] * y;
    x = cosines[k] * y - sines[k] * x;
  }
  data[start + hi] = x;
}
