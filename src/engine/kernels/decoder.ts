import {log} from "../linalg/elementary.ts";
import {type Target, weightLayout} from "../network/architecture.ts";
import {countTargets} from "../network/layers/crossentropy.ts";
import {needTokens} from "../network/layers/embedding.ts";
import type {Batch, Transformer} from "../network/transformer.ts";
import {type HeapLora, loraGradients, placeAttached, placeParams, refresh} from "./adapters.ts";
import type {Shape} from "./causal.ts";
import {type Floats, floats, stacked} from "./floats.ts";
import {type Block, block, type Kernels} from "./kernels.ts";
import {type LayerWeights, layer, layerBackward, norm, normBackward} from "./layer.ts";
import {takeBackwardWork, takeWorkspace, type Workspace} from "./workspace.ts";

/**
 * Sequences go through the model in parts of about so many rows (as many as the multiply takes in one band): what a
 * part writes on the way forth is still in the second cache on the way back. Gradients add up over the parts.
 */
const ROWS = 256;

/** A tiny decoder in float32 on a kernels' heap: what ../transformer.ts says, to float32 rounding. */
export interface Decoder {
  readonly kernels: Kernels;
  /** What trains: the numbers of what is attached, else all weights; write to `flat` to change them. */
  readonly params: Floats;
  /** alpha / r of LoRAs. */
  readonly scaling: number | undefined;
  /** tokens (B·T) → logits (B·T,V), which the next call writes over. Throws what `forward` throws. */
  logits(tokens: Int32Array, B: number): Block;
  /** The batch's mean cross-entropy in nats. */
  loss(batch: Batch): number;
  /** The same, and its gradients by the layout of `params`, in place of the former ones. */
  lossAndGradients(batch: Batch): {loss: number; grads: Floats};
}

const layerWeights = (tensors: Floats, l: number, C: number): LayerWeights => {
  const of = (name: string) => tensors.views[`layers.${l}.${name}`];
  const Wqkv = stacked(tensors, `layers.${l}.Wq`, 3 * C);
  return {norm1: of("norm1"), Wqkv, Wo: of("Wo"), norm2: of("norm2"), W1: of("W1"), W2: of("W2")};
};

/**
 * Copies a model, with what is attached to it (LoRAs, bottlenecks or a prefix) if anything is, to the kernels' heap; the
 * model itself stays as it is. Room for gradients and for passes over B sequences of T tokens is taken when they first
 * come, and kept. Throws when the heap is full, or when more than one attachment is there.
 */
export function placeTransformer(kernels: Kernels, model: Transformer): Decoder {
  const {heap} = kernels;
  const {sizes} = model;
  const {C, H, L} = sizes;
  const weights: Floats = floats(heap, weightLayout(sizes), model.weights.flat);
  const numbers = placeParams(heap, model);
  const params = numbers ?? weights;
  const attached = placeAttached(heap, model, params, weights);
  const layers = Array.from({length: L}, (_, l) => layerWeights(weights, l, C));
  const loras = attached.flatMap((one) => one.loras);
  const thin = {
    r: Math.max(0, ...loras.map(({A}) => A.rows)),
    m: attached[0].bottlenecks?.attention.m ?? 0,
  };
  /** Places before a sequence's own. */
  const P = attached[0].prefix?.P ?? 0;
  const {wte, wpe, norm: gain, head} = weights.views;

  const spaces = new Map<string, Workspace>();
  function spaceFor(B: number, T: number): Workspace {
    const key = `${B} × ${T}`;
    const space = spaces.get(key) ?? takeWorkspace(heap, sizes, B, T, thin);
    spaces.set(key, space);
    return space;
  }

  function forward(tokens: Int32Array, B: number, T: number): Workspace {
    const space = spaceFor(B, P + T);
    embed(tokens, T, P, wte, wpe, space.layers[0].x);
    layers.forEach((own, l) => {
      layer(kernels, own, space.layers[l], space.layers[l + 1]?.x ?? space.x, {B, T: P + T, H}, attached[l]);
    });
    norm(kernels, space.x, gain, space.normed, space.inverse);
    kernels.multiply(space.normed, head, space.logits, {transposeB: true});
    return space;
  }

  /** The batch in parts, each of whole sequences, with the model as `params` has it now. */
  function* parts(
    tokens: Int32Array,
    B: number,
  ): Generator<{space: Workspace; from: number; to: number; shape: Shape}> {
    const T = needTokens(tokens, B, sizes);
    for (const lora of loras) refresh(kernels, lora);
    const most = Math.max(1, Math.floor(ROWS / (P + T)));
    for (let first = 0; first < B; first += most) {
      const shape = {B: Math.min(most, B - first), T: P + T, H};
      const [from, to] = [first * T, (first + shape.B) * T];
      yield {space: forward(tokens.subarray(from, to), shape.B, T), from, to, shape};
    }
  }

  /** Turns the logits of a part into their gradient → the sum of its rows' losses. */
  function score(
    {logits, targets, margins, sums}: Workspace,
    wanted: Int32Array,
    counted: number,
    {B, T: S}: Shape,
  ): number {
    if (P > 0) targets.fill(-1);
    for (let b = 0, T = S - P; b < B; b++) targets.set(wanted.subarray(b * T, (b + 1) * T), b * S + P);
    const places = [logits.data.byteOffset, targets.byteOffset] as const;
    const into = [margins.data.byteOffset, sums.data.byteOffset] as const;
    kernels.routines.crossEntropy(...places, logits.rows, logits.cols, counted, ...into);
    let sum = 0;
    for (let n = 0; n < targets.length; n++) if (targets[n] >= 0) sum += margins.data[n] + log(sums.data[n]);
    return sum;
  }

  /** The loss of a batch; `then` takes each part's workspace with the gradient of its logits. */
  function lossOf(
    {tokens, targets, B}: Batch,
    then?: (part: Workspace, tokens: Int32Array, shape: Shape) => void,
  ): number {
    const counted = countTargets(targets, tokens.length, sizes.V);
    let sum = 0;
    for (const {space, from, to, shape} of parts(tokens, B)) {
      sum += score(space, targets.subarray(from, to), counted, shape);
      then?.(space, tokens.subarray(from, to), shape);
    }
    return sum / counted;
  }

  function backward(space: Workspace, tokens: Int32Array, shape: Shape, grads: Floats): void {
    const dW = numbers ? undefined : grads;
    space.back ??= takeBackwardWork(heap, sizes, shape.B, shape.T, thin);
    const {back} = space;
    const {dstream, dnormed} = back;
    if (dW) kernels.multiply(space.logits, space.normed, dW.views.head, {transposeA: true, add: true});
    kernels.multiply(space.logits, head, dnormed);
    dstream.data.fill(0);
    normBackward(kernels, dnormed, space.x, gain, space.inverse, dstream, dW?.views.norm);
    const lowest = attached.findIndex(({loras, bottlenecks, prefix}) => loras.length > 0 || bottlenecks || prefix);
    for (let l = L - 1; l >= Math.max(lowest, 0); l--) {
      const adapted = new Map<Target, HeapLora>(attached[l].loras.map((lora) => [lora.target, lora]));
      layerBackward(kernels, layers[l], space.layers[l], back, shape, {
        weights: dW && layerWeights(dW, l, C),
        adapted: new Set(adapted.keys()),
        adapt: (target, x, dh) => loraGradients(kernels, adapted.get(target)!, x, dh, grads, back),
        extras: attached[l],
        grads,
        below: dW !== undefined || l > lowest,
      });
    }
    if (dW) embedBackward(dstream, tokens, shape.T, dW.views.wte, dW.views.wpe);
  }

  let grads: Floats | undefined;
  const answers = new Map<number, Block>();

  return {
    kernels,
    params,
    scaling: model.attached[0]?.scaling,
    logits(tokens, B) {
      const whole = answers.get(tokens.length) ?? block(heap, tokens.length, sizes.V);
      answers.set(tokens.length, whole);
      for (const {space, from, to, shape} of parts(tokens, B)) {
        const [own, S] = [(to - from) / shape.B, shape.T];
        for (let b = 0; b < shape.B; b++) {
          const start = (b * S + P) * sizes.V;
          whole.data.set(space.logits.data.subarray(start, start + own * sizes.V), (from + b * own) * sizes.V);
        }
      }
      return whole;
    },
    loss: (batch) => lossOf(batch),
    lossAndGradients(batch) {
      const own = grads ?? floats(heap, params.layout);
      grads = own;
      own.flat.fill(0);
      const loss = lossOf(batch, (space, tokens, shape) => backward(space, tokens, shape, own));
      return {loss, grads: own};
    },
  };
}

/** x[b·(P + T) + P + t] = wte[token] + wpe[t]; the P places before are 0. */
function embed(tokens: Int32Array, T: number, P: number, wte: Block, wpe: Block, x: Block): void {
  const C = x.cols;
  if (P > 0) x.data.fill(0);
  for (let n = 0; n < tokens.length; n++) {
    const [from, at, to] = [tokens[n] * C, (n % T) * C, (n + P * (1 + Math.floor(n / T))) * C];
    for (let c = 0; c < C; c++) x.data[to + c] = wte.data[from + c] + wpe.data[at + c];
  }
}

function embedBackward(dx: Block, tokens: Int32Array, T: number, dwte: Block, dwpe: Block): void {
  const C = dx.cols;
  for (let n = 0; n < tokens.length; n++) {
    const [to, at, from] = [tokens[n] * C, (n % T) * C, n * C];
    for (let c = 0; c < C; c++) {
      dwte.data[to + c] += dx.data[from + c];
      dwpe.data[at + c] += dx.data[from + c];
    }
  }
}
