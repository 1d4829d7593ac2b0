/**
 * Gram matrices of an adapter's factors, r × r instead of r × n, with float64 sums: norms, spectra and comparisons of B·A
 * need nothing else. Columns are copied to the kernel's memory 1,024 at a time, so it stays small for any n.
 */
import {type Matrix, zeros} from "../../linalg/matrix.ts";
import {createHeap, type Heap} from "../heap.ts";
import type {Wasm, WasmModule} from "../webAssembly.ts";
import {hex} from "./products.wasm.ts";

declare const WebAssembly: Wasm;

/** r rows of n numbers, row-major: A (r × k) as it is, or B (d × r) transposed to r × d. */
export interface Rows {
  rows: number;
  cols: number;
  data: Float32Array | Float64Array;
}

/** Products of rows. SIMD gives the same bits on every machine; `plain` differs in the last digits. */
export interface GramKernel {
  readonly path: "simd" | "plain";
  /** x (r × n) → x·xᵀ (r × r). Throws when x holds more or fewer numbers than its sizes say. */
  gram(x: Rows): Matrix;
  /** x (p × n), y (q × n) → x·yᵀ (p × q). Throws when the widths differ. */
  cross(x: Rows, y: Rows): Matrix;
}

interface Routines {
  addProducts(x: number, p: number, y: number, q: number, n: number, upper: boolean, g: number): void;
  mirror(g: number, r: number): void;
}

/** How many columns are done at a time: 64 rows of them take 256 kB and stay in the L2 cache. */
const DEPTH = 1024;

/** The next multiple of 4. */
const upTo4 = (n: number) => Math.ceil(n / 4) * 4;

const compileModule = (): WasmModule =>
  new WebAssembly.Module(Uint8Array.from(hex.match(/../g)!, (hexPair) => Number.parseInt(hexPair, 16)));

/**
 * The kernel, compiled synchronously where the host allows it. Its memory grows with the most rows it has seen and is
 * then kept, so make one for a file and not one for a module. Float64 rows take the plain path, which keeps their digits.
 * Tests pass their own `compile`.
 */
export function createGramKernel(compile: () => WasmModule = compileModule): GramKernel {
  const simd = simdProducts(compile);
  const products = (x: Rows, y: Rows): Matrix => {
    needRows("gram", x);
    if (x !== y) needRows("gram", y);
    if (x.cols !== y.cols)
      throw new Error(
        `gram: ${x.rows}×${x.cols} and ${y.rows}×${y.cols}: the widths ${x.cols} and ${y.cols} must be equal`,
      );
    const isFloat32 = x.data instanceof Float32Array && y.data instanceof Float32Array;
    return simd && isFloat32 && x.rows > 0 && y.rows > 0 ? simd(x, y) : plainProducts(x, y);
  };
  return {path: simd ? "simd" : "plain", gram: (x) => products(x, x), cross: products};
}

function needRows(what: string, x: Rows): void {
  if (ArrayBuffer.isView(x?.data) && x.data.length === x.rows * x.cols) return;
  const got = x?.data ? `${x.rows}×${x.cols} with ${x.data.length} numbers` : typeof x;
  throw new Error(`${what}: expected rows of numbers, got ${got}; pass {rows, cols, data}`);
}

/** Products by the compiled routines; undefined where the host does not compile them. */
function simdProducts(compile: () => WasmModule): ((x: Rows, y: Rows) => Matrix) | undefined {
  let module: WasmModule;
  try {
    module = compile();
  } catch {
    return undefined;
  }
  let heap: Heap | undefined;
  let routines: Routines | undefined;
  return (x, y) => {
    const [p, q] = [upTo4(x.rows), upTo4(y.rows)];
    const isSame = x === y;
    const bytes = 4 * DEPTH * (p + (isSame ? 0 : q)) + 8 * p * q + 256;
    if (!routines || !heap || heap.buffer.byteLength < bytes) {
      heap = createHeap(bytes);
      routines = new WebAssembly.Instance(module, {env: {memory: heap.memory}}).exports as Routines;
    }
    const start = heap.mark();
    const sums = heap.doubles(p * q);
    const left = heap.floats(p * DEPTH);
    const right = isSame ? left : heap.floats(q * DEPTH);
    for (let from = 0; from < x.cols; from += DEPTH) {
      const depth = Math.min(DEPTH, x.cols - from);
      const paddedDepth = depth + (depth % 2);
      copyColumns(left, x, from, depth, paddedDepth);
      if (!isSame) copyColumns(right, y, from, depth, paddedDepth);
      routines.addProducts(left.byteOffset, p, right.byteOffset, q, paddedDepth, isSame, sums.byteOffset);
    }
    if (isSame) routines.mirror(sums.byteOffset, p);
    const result = zeros(x.rows, y.rows);
    for (let i = 0; i < x.rows; i++) result.data.set(sums.subarray(i * q, i * q + y.rows), i * y.rows);
    heap.release(start);
    return result;
  };
}

/** Copies the columns from … from + depth − 1 of x to `target`, as rows of `paddedDepth` numbers; a missing last column becomes 0. */
function copyColumns(
  target: Float32Array,
  {rows, cols, data}: Rows,
  from: number,
  depth: number,
  paddedDepth: number,
): void {
  for (let i = 0; i < rows; i++) {
    const at = i * cols + from;
    target.set(data.subarray(at, at + depth) as Float32Array, i * paddedDepth);
    if (paddedDepth > depth) target[i * paddedDepth + depth] = 0;
  }
}

/** x·yᵀ in plain code, two rows of x times two of y at a time. */
function plainProducts(x: Rows, y: Rows): Matrix {
  const result = zeros(x.rows, y.rows);
  const n = x.cols;
  const [a, b] = [x.data, y.data];
  for (let i = 0; i < x.rows; i += 2) {
    const i1 = Math.min(i + 1, x.rows - 1);
    for (let j = 0; j < y.rows; j += 2) {
      const j1 = Math.min(j + 1, y.rows - 1);
      let [s00, s01, s10, s11] = [0, 0, 0, 0];
      for (let l = 0; l < n; l++) {
        const [p, p1] = [a[i * n + l], a[i1 * n + l]];
        const [q, q1] = [b[j * n + l], b[j1 * n + l]];
        s00 += p * q;
        s01 += p * q1;
        s10 += p1 * q;
        s11 += p1 * q1;
      }
      result.data[i * y.rows + j] = s00;
      result.data[i * y.rows + j1] = s01;
      result.data[i1 * y.rows + j] = s10;
      result.data[i1 * y.rows + j1] = s11;
    }
  }
  return result;
}
