/** Causal attention on the kernels' heap, forward and backward. */
import {type Block, columns, type Kernels} from "./kernels.ts";

/** The lengths of sequences that stand one under another, and the number of heads. */
export interface AttentionShape {
  lengths: number[];
  H: number;
}

/** How many rows of a triangle are multiplied together. Inside a band, entries above the diagonal are 0 or not read. */
const BAND = 16;
/** The width of a tile of the multiply. */
const TILE = 8;

/** For each head of each sequence of T places, the addresses of its queries q in qkv (N,3C), its output in y (N,C) and its T·T weights a. */
function* headsOf(qkv: Block, y: Block, weights: Block, {lengths, H}: AttentionShape) {
  const D = y.cols / H;
  let row = 0;
  let a = weights.data.byteOffset;
  for (const T of lengths) {
    for (let h = 0; h < H; h++) {
      const q = qkv.data.byteOffset + 4 * (row * qkv.stride + h * D);
      const out = y.data.byteOffset + 4 * (row * y.stride + h * D);
      yield {T, q, out, a};
      a += 4 * T * T;
    }
    row += T;
  }
}

/** Products with a lower triangle (T,T) that skip most of its empty half. All addresses are in bytes. */
function triangle({routines, work}: Kernels, D: number) {
  const {gemm} = routines;
  return {
    /** s (T,T) = x·yᵀ on and below the diagonal: x, y (T,D). */
    scores(T: number, x: number, ldx: number, y: number, ldy: number, s: number): void {
      for (let j = 0; j < T; j += TILE) {
        const [rows, width] = [T - j, Math.min(TILE, T - j)];
        gemm(
          false,
          true,
          rows,
          width,
          D,
          x + 4 * j * ldx,
          ldx,
          y + 4 * j * ldy,
          ldy,
          s + 4 * j * (T + 1),
          T,
          false,
          work,
        );
      }
    },
    /** y (T,D) = s·x: row i is a sum over the rows of x up to i. */
    times(T: number, s: number, x: number, ldx: number, y: number, ldy: number): void {
      for (let i = 0; i < T; i += BAND) {
        const rows = Math.min(BAND, T - i);
        gemm(false, false, rows, D, i + rows, s + 4 * i * T, T, x, ldx, y + 4 * i * ldy, ldy, false, work);
      }
    },
    /** y (T,D) = sᵀ·x: row j is a sum over the rows of x from j on. */
    transposedTimes(T: number, s: number, x: number, ldx: number, y: number, ldy: number): void {
      for (let j = 0; j < T; j += BAND) {
        const rows = Math.min(BAND, T - j);
        const [from, to] = [s + 4 * j * (T + 1), y + 4 * j * ldy];
        gemm(true, false, rows, D, T - j, from, T, x + 4 * j * ldx, ldx, to, ldy, false, work);
      }
    },
  };
}

/** `attention` of the network's layers, with queries, keys and values side by side: qkv (N,3C) → weights, y (N,C). */
export function causalAttention(kernels: Kernels, qkv: Block, weights: Block, y: Block, shape: AttentionShape): void {
  const D = y.cols / shape.H;
  const {scores, times} = triangle(kernels, D);
  for (const {T, q, out, a} of headsOf(qkv, y, weights, shape)) {
    const [k, v] = [q + 4 * y.cols, q + 8 * y.cols];
    scores(T, q, qkv.stride, k, qkv.stride, a);
    kernels.routines.softmax(a, T, T, T, true, 1 / Math.sqrt(D));
    times(T, a, v, qkv.stride, out, y.stride);
  }
}

/** dy (N,C) → dqkv (N,3C). `scratch` (T,T) is room for the gradient of one head's scores. */
export function causalAttentionBackward(
  kernels: Kernels,
  dy: Block,
  qkv: Block,
  weights: Block,
  scratch: Block,
  dqkv: Block,
  shape: AttentionShape,
): void {
  const [D, C] = [dy.cols / shape.H, dy.cols];
  const {scores, times, transposedTimes} = triangle(kernels, D);
  const [stride, dscores] = [qkv.stride, scratch.data.byteOffset];
  const shift = dqkv.data.byteOffset - qkv.data.byteOffset;
  for (const {T, q, out, a} of headsOf(qkv, dy, weights, shape)) {
    const [k, v, dq] = [q + 4 * C, q + 8 * C, q + shift];
    transposedTimes(T, a, out, dy.stride, dq + 8 * C, stride);
    scores(T, out, dy.stride, v, stride, dscores);
    kernels.routines.softmaxBackward(a, dscores, T, 1 / Math.sqrt(D));
    times(T, dscores, k, stride, dq, stride);
    transposedTimes(T, dscores, q, stride, dq + 4 * C, stride);
  }
}

/** The columns of qkv (N,3C) that belong to queries, keys or values. */
export function partOf(qkv: Block, target: "Wq" | "Wk" | "Wv"): Block {
  const C = qkv.cols / 3;
  return columns(qkv, C * ["Wq", "Wk", "Wv"].indexOf(target), C);
}
