/** The tiny decoder: its forward and backward pass in float64, its loss, and merging what is attached. */
import {zeros} from "../linalg/matrix.ts";
import {type Attachment, extrasOf} from "../lora/attachment.ts";
import {merge} from "../lora/lora.ts";
import {blockOf, type Sizes, TARGETS, type WeightName} from "./architecture.ts";
import {block, blockBackward} from "./block.ts";
import {crossEntropy, crossEntropyBackward} from "./layers/crossentropy.ts";
import {embedding, embeddingBackward} from "./layers/embedding.ts";
import {linear, linearBackward} from "./layers/linear.ts";
import {rmsNorm, rmsNormBackward} from "./layers/rmsnorm.ts";
import {needTokens} from "./layers/tokens.ts";
import {allocate, type Tensors} from "./parameters.ts";

/**
 * A tiny causal decoder: learned positions, pre-norm layers with RMS norm (with a gain), ReLU, no biases, and a head
 * that is separate from the token embedding. The base model has nothing `attached`.
 */
export interface Transformer {
  sizes: Sizes;
  weights: Tensors<WeightName>;
  attached: readonly Attachment[];
}

/** B sequences of T tokens, end to end, and the token that each place should predict, or −1 to ignore the place. */
export interface Batch {
  tokens: Int32Array;
  targets: Int32Array;
  B: number;
}

/** Where gradients are added. A part that is left out is frozen, and its gradients are not computed. */
export interface Gradients {
  weights?: Tensors<WeightName>;
  /** One buffer for each attachment, in order. */
  attached?: readonly Tensors[];
}

/**
 * tokens (B·T) → logits (B·T,V) for the next token at each place, and all activations. T may be shorter than the
 * model's. Throws when B does not divide the tokens, or a token or a position is unknown.
 */
export function forward({sizes, weights, attached}: Transformer, tokens: Int32Array, B: number) {
  const T = needTokens(tokens, B, sizes);
  const heads = {B, H: sizes.H};
  const {wte, wpe, norm, head} = weights.views;
  let x = embedding(tokens, T, wte, wpe);
  const blocks = extrasOf(attached, sizes.L).map((extras, l) => {
    const activations = block(x, blockOf(weights, l), extras, heads);
    x = activations.y;
    return activations;
  });
  const last = rmsNorm(x, norm);
  return {tokens, T, heads, blocks, x, last, logits: linear(last.y, head)};
}

/** The logits (B·T,V), and what `backward` needs from the forward pass. */
export type Activations = ReturnType<typeof forward>;

/** dlogits (B·T,V) → adds to the gradients in `to`. */
export function backward(
  model: Transformer,
  activations: Activations,
  dlogits: Activations["logits"],
  to: Gradients,
): void {
  const {sizes, weights, attached} = model;
  const {tokens, T, heads, blocks, x, last} = activations;
  const dW = to.weights?.views;
  const dlast = zeros(x.rows, x.cols);
  linearBackward(dlogits, last.y, weights.views.head, dlast, dW?.head);
  let dx = zeros(x.rows, x.cols);
  rmsNormBackward(dlast, x, weights.views.norm, last.inverse, dx, dW?.norm);

  const extras = extrasOf(attached, sizes.L);
  const dExtras = to.attached && extrasOf(attached, sizes.L, to.attached);
  for (let l = sizes.L - 1; l >= 0; l--) {
    const dinput = zeros(x.rows, x.cols);
    const gradients = {weights: to.weights && blockOf(to.weights, l), extras: dExtras?.[l]};
    blockBackward(dx, blocks[l], blockOf(weights, l), extras[l], heads, dinput, gradients);
    dx = dinput;
  }
  if (dW) embeddingBackward(dx, tokens, T, dW.wte, dW.wpe);
}

/** The batch's mean cross-entropy in nats. Its gradients are added to those in `to`. */
export function languageLoss(model: Transformer, {tokens, targets, B}: Batch, to: Gradients = {}): number {
  const activations = forward(model, tokens, B);
  const {logits} = activations;
  const result = crossEntropy(logits, targets);
  if (!to.weights && !to.attached) return result.loss;
  const dlogits = zeros(logits.rows, logits.cols);
  crossEntropyBackward(result, targets, dlogits);
  backward(model, activations, dlogits, to);
  return result.loss;
}

/**
 * A copy of the model with W0 + ΔW in place of every adapted matrix and nothing attached. Throws when a bottleneck or a
 * prefix is attached, because neither is an update of a weight.
 */
export function mergeAll({sizes, weights, attached}: Transformer): Transformer {
  const merged = allocate(weights.layout, weights.flat.slice());
  extrasOf(attached, sizes.L).forEach(({loras, bottlenecks, prefix}, l) => {
    if (bottlenecks || prefix)
      throw new Error(
        `mergeAll: ${prefix ? "a prefix" : "a bottleneck"} is not an update of a weight; only LoRAs merge`,
      );
    const target = blockOf(merged, l);
    for (const name of TARGETS) target[name].data.set(loras[name].reduce(merge, target[name]).data);
  });
  return {sizes, weights: merged, attached: []};
}
