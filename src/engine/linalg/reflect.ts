/**
 * Householder reflections, and the loops over a matrix that they consist of. Each loop works on the part of the matrix
 * from row `top` and column `left` on; entry i of a vector belongs to row (or column) i, and earlier entries are not
 * read. The loops take four rows at a time, and two vectors in the `Twice` versions, so that each loaded number is used
 * several times.
 */
import {powerOfTwo} from "./exponent.ts";
import type {Matrix} from "./matrix.ts";

/** Squared lengths below 2⁻⁹⁶⁰ have too few digits left and count as 0; the largest entry is near 1. */
export const LEAST_SQUARE = powerOfTwo(-960);

/**
 * Overwrites x[from …] with the vector v for which (I − beta·v·vᵀ)·x = (result, 0, …, 0) → result and beta. An x of
 * length 0 needs no reflection: v, result and beta are 0. Golub and Van Loan, Matrix Computations, §5.1.
 */
export function makeReflector(x: Float64Array, from: number): {result: number; beta: number} {
  let square = 0;
  for (let i = from; i < x.length; i++) square += x[i] * x[i];
  if (square < LEAST_SQUARE) {
    x.fill(0, from);
    return {result: 0, beta: 0};
  }
  const result = x[from] > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  x[from] -= result;
  return {result, beta: 1 / Math.abs(result * x[from])};
}

/** sums[i] = Σ_{j ≥ left} a[i, j]·v[j] for i ≥ top. */
export function dotRows({rows, cols, data}: Matrix, top: number, left: number, v: Float64Array, sums: Float64Array) {
  let i = top;
  for (; i + 4 <= rows; i += 4) {
    const row0 = i * cols;
    const row1 = row0 + cols;
    const row2 = row1 + cols;
    const row3 = row2 + cols;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let j = left; j < cols; j++) {
      const x = v[j];
      s0 += x * data[row0 + j];
      s1 += x * data[row1 + j];
      s2 += x * data[row2 + j];
      s3 += x * data[row3 + j];
    }
    sums[i] = s0;
    sums[i + 1] = s1;
    sums[i + 2] = s2;
    sums[i + 3] = s3;
  }
  for (; i < rows; i++) {
    let sum = 0;
    for (let j = left; j < cols; j++) sum += v[j] * data[i * cols + j];
    sums[i] = sum;
  }
}

/** sums[j] = Σ_{i ≥ top} v[i]·a[i, j] for j ≥ left. */
export function combineRows(
  {rows, cols, data}: Matrix,
  top: number,
  left: number,
  v: Float64Array,
  sums: Float64Array,
): void {
  sums.fill(0, left, cols);
  let i = top;
  for (; i + 4 <= rows; i += 4) {
    const row0 = i * cols;
    const row1 = row0 + cols;
    const row2 = row1 + cols;
    const row3 = row2 + cols;
    const [v0, v1, v2, v3] = [v[i], v[i + 1], v[i + 2], v[i + 3]];
    for (let j = left; j < cols; j++) {
      sums[j] += v0 * data[row0 + j] + v1 * data[row1 + j] + (v2 * data[row2 + j] + v3 * data[row3 + j]);
    }
  }
  for (; i < rows; i++) {
    const x = v[i];
    for (let j = left; j < cols; j++) sums[j] += x * data[i * cols + j];
  }
}

/** `combineRows` for two vectors at once. */
export function combineRowsTwice(
  {rows, cols, data}: Matrix,
  top: number,
  left: number,
  v: Float64Array,
  vSums: Float64Array,
  w: Float64Array,
  wSums: Float64Array,
): void {
  vSums.fill(0, left, cols);
  wSums.fill(0, left, cols);
  let i = top;
  for (; i + 4 <= rows; i += 4) {
    const row0 = i * cols;
    const row1 = row0 + cols;
    const row2 = row1 + cols;
    const row3 = row2 + cols;
    const [v0, v1, v2, v3] = [v[i], v[i + 1], v[i + 2], v[i + 3]];
    const [w0, w1, w2, w3] = [w[i], w[i + 1], w[i + 2], w[i + 3]];
    for (let j = left; j < cols; j++) {
      const a0 = data[row0 + j];
      const a1 = data[row1 + j];
      const a2 = data[row2 + j];
      const a3 = data[row3 + j];
      vSums[j] += v0 * a0 + v1 * a1 + (v2 * a2 + v3 * a3);
      wSums[j] += w0 * a0 + w1 * a1 + (w2 * a2 + w3 * a3);
    }
  }
  for (; i < rows; i++) {
    for (let j = left; j < cols; j++) {
      vSums[j] += v[i] * data[i * cols + j];
      wSums[j] += w[i] * data[i * cols + j];
    }
  }
}

/** a[i, j] −= beta·x[i]·y[j] for i ≥ top, j ≥ left. */
export function subtractOuter(
  {rows, cols, data}: Matrix,
  top: number,
  left: number,
  beta: number,
  x: Float64Array,
  y: Float64Array,
): void {
  let i = top;
  for (; i + 4 <= rows; i += 4) {
    const row0 = i * cols;
    const row1 = row0 + cols;
    const row2 = row1 + cols;
    const row3 = row2 + cols;
    const [x0, x1, x2, x3] = [beta * x[i], beta * x[i + 1], beta * x[i + 2], beta * x[i + 3]];
    for (let j = left; j < cols; j++) {
      const b = y[j];
      data[row0 + j] -= x0 * b;
      data[row1 + j] -= x1 * b;
      data[row2 + j] -= x2 * b;
      data[row3 + j] -= x3 * b;
    }
  }
  for (; i < rows; i++) {
    const factor = beta * x[i];
    const row = i * cols;
    for (let j = left; j < cols; j++) data[row + j] -= factor * y[j];
  }
}

/** a[i, j] −= beta·x[i]·y[j] + gamma·z[i]·w[j] for i ≥ top, j ≥ left. */
export function subtractOuterTwice(
  {rows, cols, data}: Matrix,
  top: number,
  left: number,
  beta: number,
  x: Float64Array,
  y: Float64Array,
  gamma: number,
  z: Float64Array,
  w: Float64Array,
): void {
  let i = top;
  for (; i + 4 <= rows; i += 4) {
    const row0 = i * cols;
    const row1 = row0 + cols;
    const row2 = row1 + cols;
    const row3 = row2 + cols;
    const [x0, x1, x2, x3] = [beta * x[i], beta * x[i + 1], beta * x[i + 2], beta * x[i + 3]];
    const [z0, z1, z2, z3] = [gamma * z[i], gamma * z[i + 1], gamma * z[i + 2], gamma * z[i + 3]];
    for (let j = left; j < cols; j++) {
      const b = y[j];
      const g = w[j];
      data[row0 + j] -= x0 * b + z0 * g;
      data[row1 + j] -= x1 * b + z1 * g;
      data[row2 + j] -= x2 * b + z2 * g;
      data[row3 + j] -= x3 * b + z3 * g;
    }
  }
  for (; i < rows; i++) {
    for (let j = left; j < cols; j++) data[i * cols + j] -= beta * x[i] * y[j] + gamma * z[i] * w[j];
  }
}
