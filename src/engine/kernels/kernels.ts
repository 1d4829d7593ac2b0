/** Matrix multiply and softmax on the kernels' heap, with checks of their arguments. */
import type {Heap} from "./heap.ts";
import type {Routines} from "./routines.ts";
import {instantiate, type SimdProbe} from "./simd.ts";

/** rows × cols float32 numbers on a heap, row-major: entry [i, j] is `data[i * stride + j]`. */
export interface Block {
  rows: number;
  cols: number;
  /** At least cols; more when the block is some columns of a wider one. */
  stride: number;
  data: Float32Array<ArrayBuffer>;
}

/** Options of `multiply`. */
export interface MultiplyOptions {
  transposeA?: boolean;
  transposeB?: boolean;
  /** c += a·b rather than c = a·b. */
  add?: boolean;
}

/** The kernels on one heap. SIMD gives the same bits on every machine; `plain` differs in the last digits. */
export interface Kernels {
  readonly path: SimdProbe["path"];
  readonly heap: Heap;
  /** The unchecked routines, for training. */
  readonly routines: Routines;
  /** The address of the working space of `gemm`. */
  readonly work: number;
  /**
   * a (M,K) · b (K,N) → c (M,N); with `transposeA` a is (K,M), with `transposeB` b is (N,K). c must not overlap a or b.
   * Throws when shapes do not fit, a size is 0, or a block is not on the heap.
   */
  multiply(a: Block, b: Block, c: Block, options?: MultiplyOptions): void;
  /** The softmax of every row of x (N,C), in place. `causal`: row i keeps columns 0 … i, and the others become 0. */
  softmax(x: Block, causal?: boolean): void;
}

/** A block of zeros on the heap. Throws unless both sizes are whole numbers ≥ 1, or when the heap is full. */
export function block(heap: Heap, rows: number, cols: number): Block {
  needSize("block", rows, cols);
  return {rows, cols, stride: cols, data: heap.floats(rows * cols)};
}

/** A view of the columns from … from + cols − 1 of a block. Throws when the block does not have them. */
export function columns(x: Block, from: number, cols: number): Block {
  if (!(from >= 0 && cols >= 1 && from + cols <= x.cols))
    throw new Error(`columns: ${from} to ${from + cols - 1} of a block that has 0 to ${x.cols - 1}`);
  return {...x, cols, data: x.data.subarray(from)};
}

/**
 * The kernels on this heap: compiled if `probe` and the heap allow it, else `plain` routines. Takes working space from the
 * heap. `createKernels` has `fallback` with it; this is for pages that load it only where they need it. Throws where plain
 * routines are needed and none are given.
 */
export function createKernelsFrom(heap: Heap, probe: SimdProbe, plain?: (buffer: ArrayBuffer) => Routines): Kernels {
  const simd = probe.path === "simd" && heap.memory !== undefined;
  const routines = simd ? instantiate(probe.module, heap.memory) : plain?.(heap.buffer);
  if (!routines) throw new Error("kernels: SIMD does not run here, and the plain routines are not loaded");
  const scratch = routines.scratch();
  const work = scratch > 0 ? heap.floats(scratch / 4).byteOffset : 0;
  return {
    path: simd ? "simd" : "plain",
    heap,
    routines,
    work,
    multiply(a, b, c, {transposeA = false, transposeB = false, add = false} = {}) {
      const [M, K] = transposeA ? [a.cols, a.rows] : [a.rows, a.cols];
      const [inner, N] = transposeB ? [b.cols, b.rows] : [b.rows, b.cols];
      if (K !== inner || c.rows !== M || c.cols !== N) {
        const product = `(${M}×${K})·(${inner}×${N})`;
        throw new Error(`multiply: ${product} into ${c.rows}×${c.cols}: the inner sizes and the outer ones must agree`);
      }
      for (const matrix of [a, b, c]) needOnHeap("multiply", matrix, heap);
      const addresses = [
        a.data.byteOffset,
        a.stride,
        b.data.byteOffset,
        b.stride,
        c.data.byteOffset,
        c.stride,
      ] as const;
      routines.gemm(transposeA, transposeB, M, N, K, ...addresses, add, work);
    },
    softmax(x, causal = false) {
      needOnHeap("softmax", x, heap);
      routines.softmax(x.data.byteOffset, x.rows, x.cols, x.stride, causal, 1);
    },
  };
}

function needSize(what: string, rows: number, cols: number): void {
  if (![rows, cols].every((size) => Number.isInteger(size) && size >= 1))
    throw new Error(`${what}: the size is ${rows} × ${cols}; both must be whole numbers of at least 1`);
}

/** The compiled kernels do not check their addresses, so a block that is wrong about itself must not reach them. */
function needOnHeap(what: string, {rows, cols, stride, data}: Block, heap: Heap): void {
  needSize(what, rows, cols);
  if (data.buffer !== heap.buffer) throw new Error(`${what}: a block of another memory; make it with block(heap, …)`);
  const needed = (rows - 1) * stride + cols;
  if (!(Number.isInteger(stride) && stride >= cols) || data.length < needed)
    throw new Error(
      `${what}: ${rows} rows of ${cols}, ${stride} apart, need ${needed} numbers; there are ${data.length}`,
    );
}
