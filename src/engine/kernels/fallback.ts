import type {Routines} from "./routines.ts";
import {stepFallback} from "./stepFallback.ts";

/**
 * The kernels for hosts without WebAssembly or its SIMD: plain typed arrays over the same heap. Sums are float64 and
 * rounded once, so the last digits may differ from the SIMD path's.
 */
export function fallback(buffer: ArrayBuffer): Routines {
  const heap = new Float32Array(buffer);
  return {
    ...stepFallback(buffer),
    scratch: () => 0,
    gemm(transposeA, transposeB, M, N, K, a, lda, b, ldb, c, ldc, add) {
      const left = transposeA ? {start: a / 4, outer: 1, inner: lda} : {start: a / 4, outer: lda, inner: 1};
      const right = transposeB ? {start: b / 4, outer: ldb, inner: 1} : {start: b / 4, outer: 1, inner: ldb};
      if (!add) for (let i = 0; i < M; i++) heap.fill(0, c / 4 + i * ldc, c / 4 + i * ldc + N);
      const [rows, columns] = [M - (M % 4), N - (N % 4)];
      for (let i = 0; i < rows; i += 4) {
        for (let j = 0; j < columns; j += 4) block(heap, left, i, right, j, K, c / 4 + i * ldc + j, ldc);
      }
      edge(heap, left, right, K, c / 4, ldc, {top: 0, bottom: rows, from: columns, to: N});
      edge(heap, left, right, K, c / 4, ldc, {top: rows, bottom: M, from: 0, to: N});
    },
  };
}

/** Where a factor starts on the heap, and its strides in numbers: `outer` from row to row of op(a), or column to column of op(b); `inner` along k. */
interface Strides {
  start: number;
  outer: number;
  inner: number;
}

/** c += 4 × 4 entries of the product, with their sixteen sums in float64. */
function block(
  heap: Float32Array,
  left: Strides,
  i: number,
  right: Strides,
  j: number,
  K: number,
  c: number,
  ldc: number,
): void {
  // k runs along a row of op(a) and down a column of op(b).
  const [row, column, along, down] = [left.outer, right.outer, left.inner, right.inner];
  let a = left.start + i * row;
  let b = right.start + j * column;
  let [c00, c01, c02, c03] = [0, 0, 0, 0];
  let [c10, c11, c12, c13] = [0, 0, 0, 0];
  let [c20, c21, c22, c23] = [0, 0, 0, 0];
  let [c30, c31, c32, c33] = [0, 0, 0, 0];
  for (let k = 0; k < K; k++) {
    const b0 = heap[b];
    const b1 = heap[b + column];
    const b2 = heap[b + 2 * column];
    const b3 = heap[b + 3 * column];
    const a0 = heap[a];
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    const a1 = heap[a + row];
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    const a2 = heap[a + 2 * row];
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    const a3 = heap[a + 3 * row];
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
    a += along;
    b += down;
  }
  addRow(heap, c, c00, c01, c02, c03);
  addRow(heap, c + ldc, c10, c11, c12, c13);
  addRow(heap, c + 2 * ldc, c20, c21, c22, c23);
  addRow(heap, c + 3 * ldc, c30, c31, c32, c33);
}

function addRow(heap: Float32Array, c: number, c0: number, c1: number, c2: number, c3: number): void {
  heap[c] += c0;
  heap[c + 1] += c1;
  heap[c + 2] += c2;
  heap[c + 3] += c3;
}

/** c += the product, entry by entry, for the rows and columns that do not fill a block of four. */
function edge(
  heap: Float32Array,
  left: Strides,
  right: Strides,
  K: number,
  c: number,
  ldc: number,
  {top, bottom, from, to}: {top: number; bottom: number; from: number; to: number},
): void {
  for (let i = top; i < bottom; i++) {
    for (let j = from; j < to; j++) {
      let a = left.start + i * left.outer;
      let b = right.start + j * right.outer;
      let sum = 0;
      for (let k = 0; k < K; k++) {
        sum += heap[a] * heap[b];
        a += left.inner;
        b += right.inner;
      }
      heap[c + i * ldc + j] += sum;
    }
  }
}
