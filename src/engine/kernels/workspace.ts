import type {Sizes} from "../network/architecture.ts";
import type {Heap} from "./heap.ts";
import {type Block, block} from "./kernels.ts";

/** Room for a bottleneck of width m: its input (B·T,C) and the output of its ReLU (B·T,m). */
export interface NarrowWork {
  from: Block;
  active: Block;
}

/** What a layer keeps for its backward. `active` is the output of the ReLU, which overwrites its input. */
export interface LayerWork {
  x: Block;
  normed1: Block;
  inverse1: Block;
  qkv: Block;
  /** The attention weights (B·H·T,T). */
  weights: Block;
  attended: Block;
  middle: Block;
  normed2: Block;
  inverse2: Block;
  active: Block;
  /** Only with bottlenecks. */
  narrow?: Record<"attention" | "mlp", NarrowWork>;
}

/** The gradients on their way down, which every layer overwrites, and the thin products of a LoRA or a bottleneck. */
export interface BackwardWork {
  dstream: Block;
  dnormed: Block;
  dqkv: Block;
  dscores: Block;
  dactive: Block;
  u: Block;
  du: Block;
  dout: Block;
  dnarrow: Block;
}

/** The widths of what is attached: the largest rank of the LoRAs and m of the bottlenecks; 0 without any. */
export interface Thin {
  r: number;
  m: number;
}

/** Every array that a forward and a backward pass over B sequences of T tokens writes to. */
export interface Workspace {
  layers: readonly LayerWork[];
  x: Block;
  normed: Block;
  inverse: Block;
  logits: Block;
  targets: Int32Array;
  margins: Block;
  sums: Block;
  /** From the first backward pass on. */
  back?: BackwardWork;
}

/** Takes the arrays of a forward pass from the heap; every pass overwrites them. Throws when the heap is full. */
export function takeWorkspace(heap: Heap, {V, C, H, L}: Sizes, B: number, T: number, {m}: Thin): Workspace {
  const N = B * T;
  const take = (rows: number, cols: number) => block(heap, rows, cols);
  const narrow = () => ({from: take(N, C), active: take(N, m)});
  const layers = Array.from({length: L}, () => ({
    x: take(N, C),
    normed1: take(N, C),
    inverse1: take(N, 1),
    qkv: take(N, 3 * C),
    weights: take(B * H * T, T),
    attended: take(N, C),
    middle: take(N, C),
    normed2: take(N, C),
    inverse2: take(N, 1),
    active: take(N, 4 * C),
    ...(m > 0 ? {narrow: {attention: narrow(), mlp: narrow()}} : {}),
  }));
  const top = {x: take(N, C), normed: take(N, C), inverse: take(N, 1), logits: take(N, V)};
  const targets = new Int32Array(heap.buffer, heap.floats(N).byteOffset, N);
  return {layers, ...top, targets, margins: take(N, 1), sums: take(N, 1)};
}

/** Takes the arrays of a backward pass from the heap. Throws when the heap is full. */
export function takeBackwardWork(heap: Heap, {C}: Sizes, B: number, T: number, {r, m}: Thin): BackwardWork {
  const N = B * T;
  return {
    dstream: block(heap, N, C),
    dnormed: block(heap, N, C),
    dqkv: block(heap, N, 3 * C),
    dscores: block(heap, T, T),
    dactive: block(heap, N, 4 * C),
    u: block(heap, N, Math.max(r, 1)),
    du: block(heap, N, Math.max(r, 1)),
    dout: block(heap, m > 0 ? N : 1, C),
    dnarrow: block(heap, m > 0 ? N : 1, Math.max(m, 1)),
  };
}
