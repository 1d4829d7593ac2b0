/** The arrays that a forward and a backward pass over the decoder write to. */
import type {Sizes} from "../network/architecture.ts";
import type {Heap} from "./heap.ts";
import {type Block, block} from "./kernels.ts";

/** Room for a bottleneck of width m: its input (N,C) and the output of its ReLU (N,m). */
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
  /** The attention weights, T·T for each head of each sequence. */
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

/** The largest rank of the attached LoRAs and the width m of the bottlenecks; 0 without any. */
export interface AttachedWidths {
  r: number;
  m: number;
}

/** Every array that a forward and a backward pass over at most B sequences of T places writes to, a row for each place. */
export interface Workspace {
  layers: readonly LayerWork[];
  x: Block;
  normed: Block;
  inverse: Block;
  logits: Block;
  targets: Int32Array;
  margins: Block;
  sums: Block;
  /** Sets how many rows the next pass has; the blocks keep their memory. */
  setRows(rows: number): void;
  /** The arrays of a backward pass, taken from the heap by the first one. Throws when it is full. */
  backward(): BackwardWork;
}

/** Takes the arrays of a forward pass from the heap; every pass overwrites them. Throws when the heap is full. */
export function takeWorkspace(
  heap: Heap,
  {V, C, H, L}: Sizes,
  B: number,
  T: number,
  {r, m}: AttachedWidths,
): Workspace {
  const N = B * T;
  const all: Block[] = [];
  const take = (cols: number): Block => {
    all.push(block(heap, N, cols));
    return all[all.length - 1];
  };
  const narrow = () => ({from: take(C), active: take(m)});
  const layers = Array.from({length: L}, () => ({
    x: take(C),
    normed1: take(C),
    inverse1: take(1),
    qkv: take(3 * C),
    weights: block(heap, N * H, T),
    attended: take(C),
    middle: take(C),
    normed2: take(C),
    inverse2: take(1),
    active: take(4 * C),
    ...(m > 0 ? {narrow: {attention: narrow(), mlp: narrow()}} : {}),
  }));
  let back: BackwardWork | undefined;
  return {
    layers,
    x: take(C),
    normed: take(C),
    inverse: take(1),
    logits: take(V),
    targets: new Int32Array(heap.buffer, heap.floats(N).byteOffset, N),
    margins: take(1),
    sums: take(1),
    setRows(rows) {
      for (const one of all) one.rows = rows;
    },
    backward() {
      back ??= {
        dstream: take(C),
        dnormed: take(C),
        dqkv: take(3 * C),
        dscores: block(heap, T, T),
        dactive: take(4 * C),
        u: take(Math.max(r, 1)),
        du: take(Math.max(r, 1)),
        dout: take(C),
        dnarrow: take(Math.max(m, 1)),
      };
      return back;
    },
  };
}
