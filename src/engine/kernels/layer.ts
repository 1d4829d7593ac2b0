/** One layer of the decoder on the kernels' heap, forward and backward, and what may be attached to it. */
import type {Target} from "../network/architecture.ts";
import {type AttentionShape, causalAttention, causalAttentionBackward, partOf} from "./causalAttention.ts";
import type {Floats} from "./floats.ts";
import type {Block, Kernels} from "./kernels.ts";
import type {BackwardWork, LayerWork, NarrowWork} from "./workspace.ts";

/** The weights of one layer on the heap, or their gradients. Wqkv is Wq, Wk and Wv as one (3C,C). */
export interface LayerWeights {
  norm1: Block;
  Wqkv: Block;
  Wo: Block;
  norm2: Block;
  W1: Block;
  W2: Block;
}

/** A bottleneck of width m on the heap. Its attachment supplies the code, so a page without bottlenecks loads none. */
export interface HeapBottleneck {
  readonly m: number;
  /** y (N,C) += from + relu(from·downᵀ)·upᵀ, as in `bottleneck`. `work` keeps what the backward needs. */
  add(kernels: Kernels, work: NarrowWork, y: Block): void;
  /** dy (N,C) → the gradient of `from`, in `room.dout`. Adds the gradients of down and up to `grads`. */
  backward(
    kernels: Kernels,
    work: NarrowWork,
    dy: Block,
    grads: Floats,
    room: Pick<BackwardWork, "dout" | "dnarrow">,
  ): Block;
}

/** P keys and values on the heap, before every sequence's own. */
export interface HeapPrefix {
  readonly P: number;
  /** Copies the keys and values to the first P places of each sequence. */
  write(qkv: Block, lengths: number[]): void;
  /** Moves the gradients at those places from dqkv to `grads`, so that the projections get none of them. */
  takeGradients(dqkv: Block, lengths: number[], grads: Floats): void;
}

/** What is attached to a layer besides LoRAs. */
export interface LayerExtras {
  bottlenecks?: Record<"attention" | "mlp", HeapBottleneck>;
  prefix?: HeapPrefix;
}

/** Which gradients a layer's backward computes. */
export interface GradientRequest {
  /** Where the gradients of the layer's own weights are added, when they train. */
  weights?: LayerWeights;
  /** The matrices with a LoRA. */
  adaptedTargets: ReadonlySet<Target>;
  /** Adds the gradients of the LoRA at this matrix, from its input x and the gradient dh of its output. */
  addLoraGradients(target: Target, x: Block, dh: Block): void;
  /** What else is attached, and where its gradients are added. */
  extras: LayerExtras;
  grads: Floats;
  /** Whether anything below the layer trains. If not, the gradient of the layer's input is not computed. */
  trainsBelow: boolean;
}

const address = ({data}: Block) => data.byteOffset;
const sizeOf = ({rows, cols}: Block) => rows * cols;

/** y = gain ⊙ x·ρ with ρ in `inverse`, as in `rmsNorm`. */
export function applyNorm({routines}: Kernels, x: Block, gain: Block, y: Block, inverse: Block): void {
  routines.rmsNorm(address(x), address(gain), address(y), address(inverse), x.rows, x.cols);
}

/** dx += the gradient through the norm. Overwrites dy. */
export function normBackward(
  {routines}: Kernels,
  dy: Block,
  x: Block,
  gain: Block,
  inverse: Block,
  dx: Block,
  dgain?: Block,
): void {
  const [from, norms, to] = [address(dy), [address(x), address(gain), address(inverse)] as const, address(dx)];
  routines.rmsNormBackward(from, ...norms, to, dgain ? address(dgain) : 0, x.rows, x.cols);
}

/** A layer as in `transformer.ts`, on the heap and with any ΔW already in the weights: work.x (N,C) → y (N,C). */
export function runLayer(
  kernels: Kernels,
  weights: LayerWeights,
  work: LayerWork,
  y: Block,
  shape: AttentionShape,
  {bottlenecks, prefix}: LayerExtras,
): void {
  const {x, normed1, qkv, attended, middle, normed2, active, narrow} = work;
  /** sum += input·Wᵀ, through the bottleneck after it if there is one. */
  const addProduct = (place: "attention" | "mlp", input: Block, W: Block, sum: Block) => {
    if (!bottlenecks || !narrow) return kernels.multiply(input, W, sum, {transposeB: true, add: true});
    kernels.multiply(input, W, narrow[place].from, {transposeB: true});
    bottlenecks[place].add(kernels, narrow[place], sum);
  };
  applyNorm(kernels, x, weights.norm1, normed1, work.inverse1);
  kernels.multiply(normed1, weights.Wqkv, qkv, {transposeB: true});
  prefix?.write(qkv, shape.lengths);
  causalAttention(kernels, qkv, work.weights, attended, shape);
  middle.data.set(x.data);
  addProduct("attention", attended, weights.Wo, middle);

  applyNorm(kernels, middle, weights.norm2, normed2, work.inverse2);
  kernels.multiply(normed2, weights.W1, active, {transposeB: true});
  kernels.routines.relu(address(active), sizeOf(active));
  y.data.set(middle.data);
  addProduct("mlp", active, weights.W2, y);
}

/** Turns back.dstream (N,C) from the gradient of y into the gradient of x, and adds the wanted gradients on the way. */
export function layerBackward(
  kernels: Kernels,
  weights: LayerWeights,
  work: LayerWork,
  back: BackwardWork,
  shape: AttentionShape,
  {weights: dW, adaptedTargets, addLoraGradients, extras: {bottlenecks, prefix}, grads, trainsBelow}: GradientRequest,
): void {
  const {x, normed1, qkv, attended, middle, normed2, active, narrow} = work;
  const {dstream, dnormed, dqkv, dactive} = back;
  /** Whether one of these matrices, or anything below the layer, still needs the gradient. */
  const needs = (...targets: Target[]) =>
    trainsBelow || dW !== undefined || targets.some((target) => adaptedTargets.has(target));
  /** Adds the gradients of a matrix or of its LoRA, from the gradient dh of its output. */
  const addGradients = (target: Target, dh: Block, input: Block, dWeight?: Block) => {
    if (dWeight) kernels.multiply(dh, input, dWeight, {transposeA: true, add: true});
    if (adaptedTargets.has(target)) addLoraGradients(target, input, dh);
  };
  /** The gradient before the bottleneck at this place; without one, the gradient of the stream. */
  const throughBottleneck = (place: "attention" | "mlp"): Block =>
    bottlenecks && narrow ? bottlenecks[place].backward(kernels, narrow[place], dstream, grads, back) : dstream;
  const hasExtras = bottlenecks !== undefined || prefix !== undefined;

  const dmlp = throughBottleneck("mlp");
  addGradients("W2", dmlp, active, dW?.W2);
  if (!(needs("Wq", "Wk", "Wv", "Wo", "W1") || hasExtras)) return;
  kernels.multiply(dmlp, weights.W2, dactive);
  kernels.routines.reluBackward(address(dactive), address(active), sizeOf(active));
  addGradients("W1", dactive, normed2, dW?.W1);
  if (!(needs("Wq", "Wk", "Wv", "Wo") || hasExtras)) return;
  kernels.multiply(dactive, weights.W1, dnormed);
  normBackward(kernels, dnormed, middle, weights.norm2, work.inverse2, dstream, dW?.norm2);

  const dattention = throughBottleneck("attention");
  addGradients("Wo", dattention, attended, dW?.Wo);
  if (!(needs("Wq", "Wk", "Wv") || prefix)) return;
  kernels.multiply(dattention, weights.Wo, dnormed);
  causalAttentionBackward(kernels, dnormed, qkv, work.weights, back.dscores, dqkv, shape);
  prefix?.takeGradients(dqkv, shape.lengths, grads);
  if (dW) kernels.multiply(dqkv, normed1, dW.Wqkv, {transposeA: true, add: true});
  for (const target of ["Wq", "Wk", "Wv"] as const) addGradients(target, partOf(dqkv, target), normed1);
  if (!needs()) return;
  kernels.multiply(dqkv, weights.Wqkv, dnormed);
  normBackward(kernels, dnormed, x, weights.norm1, work.inverse1, dstream, dW?.norm1);
}
