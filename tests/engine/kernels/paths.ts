/** The kernels on both paths, each on its own small heap, and blocks filled from matrices. */

import {createKernels} from "../../../src/engine/kernels/createKernels.ts";
import {createHeap, type Heap} from "../../../src/engine/kernels/heap.ts";
import {type Block, block} from "../../../src/engine/kernels/kernels.ts";
import {type Matrix, zeros} from "../../../src/engine/linalg/matrix.ts";
import {randn} from "../../../src/engine/linalg/random.ts";

export const paths = () =>
  (["simd", "plain"] as const).map((path) => {
    const heap = createHeap(4_000_000);
    const kernels = path === "simd" ? createKernels(heap) : createKernels(heap, {path, why: "a test asks for it"});
    return {path, heap, kernels};
  });

/** Standard normal numbers that float32 holds exactly. */
export function randomFloats(rows: number, cols: number, random: () => number): Matrix {
  const result = randn(rows, cols, random);
  return {...result, data: result.data.map(Math.fround)};
}

/** A matrix on the heap, with `apart` numbers of 1e9 after each row that no kernel may use or change. */
export function place(heap: Heap, {rows, cols, data}: Matrix, apart = 0): Block {
  const wide = block(heap, rows, cols + apart);
  wide.data.fill(1e9);
  for (let i = 0; i < rows; i++) wide.data.set(data.subarray(i * cols, (i + 1) * cols), i * wide.stride);
  return {...wide, cols};
}

/** The matrix in a block. */
export function read({rows, cols, stride, data}: Block): Matrix {
  const result = zeros(rows, cols);
  for (let i = 0; i < rows; i++) result.data.set(data.subarray(i * stride, i * stride + cols), i * cols);
  return result;
}

/** The numbers between the rows of a block and after the last one. */
export function between({rows, cols, stride, data}: Block): number[] {
  return Array.from({length: rows}, (_, i) => [...data.subarray(i * stride + cols, (i + 1) * stride)]).flat();
}
