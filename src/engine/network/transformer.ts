/** The tiny decoder: its forward and backward pass in float64, its loss, and merging what is attached. */
import {add, type Matrix, zeros} from "../linalg/matrix.ts";
import {type Attachment, type Extras, extrasOf} from "../lora/attachment.ts";
import {merge} from "../lora/lora.ts";
import {type BlockWeights, blockOf, type Sizes, TARGETS, type Target, type WeightName} from "./architecture.ts";
import {attention, attentionBackward, type Heads, prepend, prependBackward} from "./layers/attention.ts";
import {type Bottleneck, bottleneck, bottleneckBackward} from "./layers/bottleneck.ts";
import {crossEntropy, crossEntropyBackward} from "./layers/crossentropy.ts";
import {embedding, embeddingBackward, needTokens} from "./layers/embedding.ts";
import {accumulate, linear, linearBackward} from "./layers/linear.ts";
import {loraLinear, loraLinearBackward} from "./layers/lora.ts";
import {relu, reluBackward} from "./layers/relu.ts";
import {rmsNorm, rmsNormBackward} from "./layers/rmsnorm.ts";
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
    const activations = blockForward(x, blockOf(weights, l), extras, heads);
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

/** Everything a layer computes on the way: backward needs it, and pictures may show it. */
type BlockActivations = ReturnType<typeof blockForward>;

/** Where a layer's gradients are added: `weights` when its own weights train, `extras` when its attachments do. */
interface BlockGradients {
  weights?: BlockWeights;
  extras?: Extras;
}

const zerosLike = ({rows, cols}: Matrix) => zeros(rows, cols);

/** x through the bottleneck, or x itself when there is none. */
const throughBottleneck = (x: Matrix, weights?: Bottleneck): {y: Matrix; narrow?: Matrix} =>
  weights ? bottleneck(x, weights) : {y: x};

/** dy, the gradient after an optional bottleneck → the gradient before it. */
function throughBottleneckBackward(
  dy: Matrix,
  x: Matrix,
  narrow?: Matrix,
  weights?: Bottleneck,
  gradient?: Bottleneck,
): Matrix {
  if (!narrow || !weights) return dy;
  const dx = zerosLike(x);
  bottleneckBackward(dy, x, weights, narrow, dx, gradient);
  return dx;
}

/**
 * One pre-norm layer: middle = x + attention(norm1(x))·Woᵀ, y = middle + relu(norm2(middle)·W1ᵀ)·W2ᵀ. LoRAs act beside
 * their matrices, bottlenecks before each sum, a prefix before keys and values.
 * x (B·T,C) → y (B·T,C) and everything in between.
 */
function blockForward(x: Matrix, weights: BlockWeights, extras: Extras, heads: Heads) {
  const project = (input: Matrix, target: Target) => loraLinear(input, weights[target], extras.loras[target]);
  const {prefix, bottlenecks} = extras;
  const norm1 = rmsNorm(x, weights.norm1);
  const [q, ownK, ownV] = [project(norm1.y, "Wq"), project(norm1.y, "Wk"), project(norm1.y, "Wv")];
  const k = prefix ? prepend(prefix.keys, ownK.h, heads.B) : ownK.h;
  const v = prefix ? prepend(prefix.values, ownV.h, heads.B) : ownV.h;
  const attended = attention(q.h, k, v, heads);
  const o = project(attended.y, "Wo");
  const afterAttention = throughBottleneck(o.h, bottlenecks?.attention);
  const middle = add(x, afterAttention.y);

  const norm2 = rmsNorm(middle, weights.norm2);
  const wide = project(norm2.y, "W1");
  const active = relu(wide.h);
  const out = project(active, "W2");
  const afterMlp = throughBottleneck(out.h, bottlenecks?.mlp);
  const y = add(middle, afterMlp.y);
  return {x, norm1, q, ownK, ownV, k, v, attended, o, afterAttention, middle, norm2, wide, active, out, afterMlp, y};
}

/** dy (B·T,C) → adds to dx (B·T,C) and to the gradients that are given. */
function blockBackward(
  dy: Matrix,
  activations: BlockActivations,
  weights: BlockWeights,
  extras: Extras,
  heads: Heads,
  dx: Matrix,
  gradients: BlockGradients,
): void {
  const {prefix, bottlenecks} = extras;
  const {weights: dW, extras: dExtras} = gradients;
  /** dh, the gradient of the output of `target` → adds to din, the gradient of its input. */
  const projectBackward = (target: Target, dh: Matrix, input: Matrix, us: readonly Matrix[], din: Matrix): Matrix => {
    const [loras, dLoras] = [extras.loras[target], dExtras?.loras[target]];
    loraLinearBackward(dh, input, weights[target], loras, us, din, dLoras, dW?.[target]);
    return din;
  };

  const {x, norm1, q, ownK, ownV, k, v, attended, o, afterAttention, middle, norm2, wide, active, out, afterMlp} =
    activations;
  const dout = throughBottleneckBackward(dy, out.h, afterMlp.narrow, bottlenecks?.mlp, dExtras?.bottlenecks?.mlp);
  const dactive = projectBackward("W2", dout, active, out.us, zerosLike(active));
  const dwide = zerosLike(active);
  reluBackward(dactive, wide.h, dwide);
  const dnorm2 = projectBackward("W1", dwide, norm2.y, wide.us, zerosLike(middle));
  const dmiddle = {...dy, data: dy.data.slice()};
  rmsNormBackward(dnorm2, middle, weights.norm2, norm2.inverse, dmiddle, dW?.norm2);

  const dO = throughBottleneckBackward(
    dmiddle,
    o.h,
    afterAttention.narrow,
    bottlenecks?.attention,
    dExtras?.bottlenecks?.attention,
  );
  const dattended = projectBackward("Wo", dO, attended.y, o.us, zerosLike(middle));
  const [dq, dk, dv] = [zerosLike(q.h), zerosLike(k), zerosLike(v)];
  attentionBackward(dattended, {q: q.h, k, v, weights: attended.weights}, heads, {dq, dk, dv});
  const [dOwnK, dOwnV] = prefix ? [zerosLike(q.h), zerosLike(q.h)] : [dk, dv];
  if (prefix) {
    prependBackward(dk, prefix.keys.rows, heads.B, dOwnK, dExtras?.prefix?.keys);
    prependBackward(dv, prefix.values.rows, heads.B, dOwnV, dExtras?.prefix?.values);
  }
  const dnorm1 = zerosLike(middle);
  projectBackward("Wq", dq, norm1.y, q.us, dnorm1);
  projectBackward("Wk", dOwnK, norm1.y, ownK.us, dnorm1);
  projectBackward("Wv", dOwnV, norm1.y, ownV.us, dnorm1);
  accumulate(dx, dmiddle);
  rmsNormBackward(dnorm1, x, weights.norm1, norm1.inverse, dx, dW?.norm1);
}
