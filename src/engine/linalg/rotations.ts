import type {Matrix} from "./matrix.ts";
import {NOTHING} from "./reflect.ts";

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
  if (square < NOTHING) {
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
 * Rotates the columns lo … hi of a matrix by two chains, one after the other, each in ascending order. The second chain follows
 * one column behind the first, so each number is loaded and stored once for both; four rows are done together.
 * After Van Zee, van de Geijn and Quintana-Ortí 2014, "Restructuring the tridiagonal and bidiagonal QR algorithms".
 */
export function rotateColumns({rows, cols, data}: Matrix, lo: number, hi: number, first: Chain, second: Chain): void {
  const {cosines, sines} = first;
  const {cosines: laterCosines, sines: laterSines} = second;
  const quads = rows - (rows % 4);
  for (let i = 0; i < quads; i += 4) {
    const p0 = i * cols;
    const p1 = p0 + cols;
    const p2 = p1 + cols;
    const p3 = p2 + cols;
    // For each row, x is the number that the first chain carries along and w the one that the second carries.
    const [c0, s0] = [cosines[lo], sines[lo]];
    let w0 = c0 * data[p0 + lo] + s0 * data[p0 + lo + 1];
    let w1 = c0 * data[p1 + lo] + s0 * data[p1 + lo + 1];
    let w2 = c0 * data[p2 + lo] + s0 * data[p2 + lo + 1];
    let w3 = c0 * data[p3 + lo] + s0 * data[p3 + lo + 1];
    let x0 = c0 * data[p0 + lo + 1] - s0 * data[p0 + lo];
    let x1 = c0 * data[p1 + lo + 1] - s0 * data[p1 + lo];
    let x2 = c0 * data[p2 + lo + 1] - s0 * data[p2 + lo];
    let x3 = c0 * data[p3 + lo + 1] - s0 * data[p3 + lo];
    for (let k = lo + 1; k < hi; k++) {
      const c = cosines[k];
      const s = sines[k];
      const d = laterCosines[k - 1];
      const t = laterSines[k - 1];
      const y0 = data[p0 + k + 1];
      const z0 = c * x0 + s * y0;
      x0 = c * y0 - s * x0;
      data[p0 + k - 1] = d * w0 + t * z0;
      w0 = d * z0 - t * w0;
      const y1 = data[p1 + k + 1];
      const z1 = c * x1 + s * y1;
      x1 = c * y1 - s * x1;
      data[p1 + k - 1] = d * w1 + t * z1;
      w1 = d * z1 - t * w1;
      const y2 = data[p2 + k + 1];
      const z2 = c * x2 + s * y2;
      x2 = c * y2 - s * x2;
      data[p2 + k - 1] = d * w2 + t * z2;
      w2 = d * z2 - t * w2;
      const y3 = data[p3 + k + 1];
      const z3 = c * x3 + s * y3;
      x3 = c * y3 - s * x3;
      data[p3 + k - 1] = d * w3 + t * z3;
      w3 = d * z3 - t * w3;
    }
    const [d, t] = [laterCosines[hi - 1], laterSines[hi - 1]];
    data[p0 + hi - 1] = d * w0 + t * x0;
    data[p1 + hi - 1] = d * w1 + t * x1;
    data[p2 + hi - 1] = d * w2 + t * x2;
    data[p3 + hi - 1] = d * w3 + t * x3;
    data[p0 + hi] = d * x0 - t * w0;
    data[p1 + hi] = d * x1 - t * w1;
    data[p2 + hi] = d * x2 - t * w2;
    data[p3 + hi] = d * x3 - t * w3;
  }
  for (let i = quads; i < rows; i++) {
    rotateRow(data, i * cols, lo, hi, first);
    rotateRow(data, i * cols, lo, hi, second);
  }
}

function rotateRow(data: Float64Array, row: number, lo: number, hi: number, {cosines, sines}: Chain): void {
  let x = data[row + lo];
  for (let k = lo; k < hi; k++) {
    const y = data[row + k + 1];
    data[row + k] = cosines[k] * x + sines[k] * y;
    x = cosines[k] * y - sines[k] * x;
  }
  data[row + hi] = x;
}
