import type {Target} from "../network/architecture.ts";
import {causalAttention, causalAttentionBackward, partOf, type Shape} from "./causal.ts";
import type {Floats} from "./floats.ts";
import type {Block, Kernels} from "./kernels.ts";
import type {BackwardWork, LayerWork, NarrowWork} from "./workspace.ts";

/** The weights of one layer on the heap, or their gradients: Wq, Wk and Wv under each other as one (3C,C). */
export interface LayerWeights {
  norm1: Block;
  Wqkv: Block;
  Wo: Block;
  norm2: Block;
  W1: Block;
  W2: Block;
}

/** A bottleneck of m numbers on the heap. What is attached brings it, so that a page without any does not load it. */
export interface HeapBottleneck {
  readonly m: number;
  /** y (N,C) += from + relu(from·downᵀ)·upᵀ: `bottleneck` of ../layers, with what its backward needs in `work`. */
  add(kernels: Kernels, work: NarrowWork, y: Block): void;
  /** dy (N,C) → the gradient of `from`, in `room.dout`; those of down and up are added to `grads`. */
  back(
    kernels: Kernels,
    work: NarrowWork,
    dy: Block,
    grads: Floats,
    room: Pick<BackwardWork, "dout" | "dnarrow">,
  ): Block;
}

/** P keys and values on the heap before those of every sequence. */
export interface HeapPrefix {
  readonly P: number;
  /** Puts them before the keys and values of all B sequences. */
  write(qkv: Block, B: number): void;
  /** Adds what arrives at them in dqkv to their gradients; no projection gets any of it. */
  take(dqkv: Block, B: number, grads: Floats): void;
}

/** What is attached to a layer and is no change of a weight. */
export interface LayerExtras {
  bottlenecks?: Record<"attention" | "mlp", HeapBottleneck>;
  prefix?: HeapPrefix;
}

/** What a layer's backward is to find out. */
export interface Wanted {
  /** The gradients of its own weights, when they train. */
  weights?: LayerWeights;
  /** The matrices that carry a LoRA that trains, and what to do with the input x and the gradient dh of such a one. */
  adapted: ReadonlySet<Target>;
  adapt(target: Target, x: Block, dh: Block): void;
  /** What else is attached, and where its gradients are added. */
  extras: LayerExtras;
  grads: Floats;
  /** Whether anything below the layer trains: if not, its own input gets no gradient. */
  below: boolean;
}

const place = ({data}: Block) => data.byteOffset;
const all = ({rows, cols}: Block) => rows * cols;

/** y = gain ⊙ x·ρ, keeping ρ: `rmsNorm` of ../layers. */
export function norm({routines}: Kernels, x: Block, gain: Block, y: Block, inverse: Block): void {
  routines.rmsNorm(place(x), place(gain), place(y), place(inverse), x.rows, x.cols);
}

/** dx += what comes back through the norm; dy is used up. */
export function normBackward(
  {routines}: Kernels,
  dy: Block,
  x: Block,
  gain: Block,
  inverse: Block,
  dx: Block,
  dgain?: Block,
): void {
  const to = dgain ? place(dgain) : 0;
  routines.rmsNormBackward(place(dy), place(x), place(gain), place(inverse), place(dx), to, x.rows, x.cols);
}

/** `block` of ../block.ts on the heap, with any ΔW already in the weights: work.x (B·T,C) → y (B·T,C). */
export function layer(
  kernels: Kernels,
  weights: LayerWeights,
  work: LayerWork,
  y: Block,
  shape: Shape,
  {bottlenecks, prefix}: LayerExtras,
): void {
  const {x, normed1, qkv, attended, middle, normed2, active, narrow} = work;
  /** sum += input·Wᵀ, through the bottleneck behind it where there is one. */
  const join = (place: "attention" | "mlp", input: Block, W: Block, sum: Block) => {
    if (!bottlenecks || !narrow) return kernels.multiply(input, W, sum, {transposeB: true, add: true});
    kernels.multiply(input, W, narrow[place].from, {transposeB: true});
    bottlenecks[place].add(kernels, narrow[place], sum);
  };
  norm(kernels, x, weights.norm1, normed1, work.inverse1);
  kernels.multiply(normed1, weights.Wqkv, qkv, {transposeB: true});
  prefix?.write(qkv, shape.B);
  causalAttention(kernels, qkv, work.weights, attended, shape);
  middle.data.set(x.data);
  join("attention", attended, weights.Wo, middle);

  norm(kernels, middle, weights.norm2, normed2, work.inverse2);
  kernels.multiply(normed2, weights.W1, active, {transposeB: true});
  kernels.routines.relu(place(active), all(active));
  y.data.set(middle.data);
  join("mlp", active, weights.W2, y);
}

/** back.dstream (B·T,C), the gradient of y, becomes that of x; what is wanted is added on the way. */
export function layerBackward(
  kernels: Kernels,
  weights: LayerWeights,
  work: LayerWork,
  back: BackwardWork,
  shape: Shape,
  {weights: dW, adapted, adapt, extras: {bottlenecks, prefix}, grads, below}: Wanted,
): void {
  const {x, normed1, qkv, attended, middle, normed2, active, narrow} = work;
  const {dstream, dnormed, dqkv, dactive} = back;
  /** Where the gradient may stop: below the lowest matrix that trains. */
  const needs = (...targets: Target[]) => below || dW !== undefined || targets.some((target) => adapted.has(target));
  /** The gradients of a matrix, or of the LoRA beside it. */
  const arrive = (target: Target, dh: Block, input: Block, dWeight?: Block) => {
    if (dWeight) kernels.multiply(dh, input, dWeight, {transposeA: true, add: true});
    if (adapted.has(target)) adapt(target, input, dh);
  };

  /** The gradient in front of the bottleneck at this place, or the stream's own where there is none. */
  const behind = (at: "attention" | "mlp"): Block =>
    bottlenecks && narrow ? bottlenecks[at].back(kernels, narrow[at], dstream, grads, back) : dstream;
  const isExtra = bottlenecks !== undefined || prefix !== undefined;

  const dmlp = behind("mlp");
  arrive("W2", dmlp, active, dW?.W2);
  if (!(needs("Wq", "Wk", "Wv", "Wo", "W1") || isExtra)) return;
  kernels.multiply(dmlp, weights.W2, dactive);
  kernels.routines.reluBackward(place(dactive), place(active), all(active));
  arrive("W1", dactive, normed2, dW?.W1);
  if (!(needs("Wq", "Wk", "Wv", "Wo") || isExtra)) return;
  kernels.multiply(dactive, weights.W1, dnormed);
  normBackward(kernels, dnormed, middle, weights.norm2, work.inverse2, dstream, dW?.norm2);

  const dattention = behind("attention");
  arrive("Wo", dattention, attended, dW?.Wo);
  if (!(needs("Wq", "Wk", "Wv") || prefix)) return;
  kernels.multiply(dattention, weights.Wo, dnormed);
  causalAttentionBackward(kernels, dnormed, qkv, work.weights, back.dscores, dqkv, shape);
  prefix?.take(dqkv, shape.B, grads);
  if (dW) kernels.multiply(dqkv, normed1, dW.Wqkv, {transposeA: true, add: true});
  for (const target of ["Wq", "Wk", "Wv"] as const) arrive(target, partOf(dqkv, target), normed1);
  if (!needs()) return;
  kernels.multiply(dqkv, weights.Wqkv, dnormed);
  normBackward(kernels, dnormed, x, weights.norm1, work.inverse1, dstream, dW?.norm1);
}
