import type {Target} from "../architecture.ts";
import {causalAttention, causalAttentionBackward, partOf, type Shape} from "./causal.ts";
import type {Block, Kernels} from "./kernels.ts";
import type {BackwardWork, LayerWork} from "./workspace.ts";

/** The weights of one layer on the heap, or their gradients: Wq, Wk and Wv under each other as one (3C,C). */
export interface LayerWeights {
  norm1: Block;
  Wqkv: Block;
  Wo: Block;
  norm2: Block;
  W1: Block;
  W2: Block;
}

/** What a layer's backward is to find out. */
export interface Wanted {
  /** The gradients of its own weights, when they train. */
  weights?: LayerWeights;
  /** The matrices that carry a LoRA that trains, and what to do with the input x and the gradient dh of such a one. */
  adapted: ReadonlySet<Target>;
  adapt(target: Target, x: Block, dh: Block): void;
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
export function layer(kernels: Kernels, weights: LayerWeights, work: LayerWork, y: Block, shape: Shape): void {
  const {x, normed1, qkv, attended, middle, normed2, active} = work;
  norm(kernels, x, weights.norm1, normed1, work.inverse1);
  kernels.multiply(normed1, weights.Wqkv, qkv, {transposeB: true});
  causalAttention(kernels, qkv, work.weights, attended, shape);
  middle.data.set(x.data);
  kernels.multiply(attended, weights.Wo, middle, {transposeB: true, add: true});

  norm(kernels, middle, weights.norm2, normed2, work.inverse2);
  kernels.multiply(normed2, weights.W1, active, {transposeB: true});
  kernels.routines.relu(place(active), all(active));
  y.data.set(middle.data);
  kernels.multiply(active, weights.W2, y, {transposeB: true, add: true});
}

/** back.dstream (B·T,C), the gradient of y, becomes that of x; what is wanted is added on the way. */
export function layerBackward(
  kernels: Kernels,
  weights: LayerWeights,
  work: LayerWork,
  back: BackwardWork,
  shape: Shape,
  {weights: dW, adapted, adapt, below}: Wanted,
): void {
  const {x, normed1, qkv, attended, middle, normed2, active} = work;
  const {dstream, dnormed, dqkv, dactive} = back;
  /** Where the gradient may stop: below the lowest matrix that trains. */
  const needs = (...targets: Target[]) => below || dW !== undefined || targets.some((target) => adapted.has(target));
  /** The gradients of a matrix, or of the LoRA beside it. */
  const arrive = (target: Target, dh: Block, input: Block, dWeight?: Block) => {
    if (dWeight) kernels.multiply(dh, input, dWeight, {transposeA: true, add: true});
    if (adapted.has(target)) adapt(target, input, dh);
  };

  arrive("W2", dstream, active, dW?.W2);
  if (!needs("Wq", "Wk", "Wv", "Wo", "W1")) return;
  kernels.multiply(dstream, weights.W2, dactive);
  kernels.routines.reluBackward(place(dactive), place(active), all(active));
  arrive("W1", dactive, normed2, dW?.W1);
  if (!needs("Wq", "Wk", "Wv", "Wo")) return;
  kernels.multiply(dactive, weights.W1, dnormed);
  normBackward(kernels, dnormed, middle, weights.norm2, work.inverse2, dstream, dW?.norm2);

  arrive("Wo", dstream, attended, dW?.Wo);
  if (!needs("Wq", "Wk", "Wv")) return;
  kernels.multiply(dstream, weights.Wo, dnormed);
  causalAttentionBackward(kernels, dnormed, qkv, work.weights, back.dscores, dqkv, shape);
  if (dW) kernels.multiply(dqkv, normed1, dW.Wqkv, {transposeA: true, add: true});
  for (const target of ["Wq", "Wk", "Wv"] as const) arrive(target, partOf(dqkv, target), normed1);
  if (!needs()) return;
  kernels.multiply(dqkv, weights.Wqkv, dnormed);
  normBackward(kernels, dnormed, x, weights.norm1, work.inverse1, dstream, dW?.norm1);
}
