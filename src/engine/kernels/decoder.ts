import {type Target, weightLayout} from "../architecture.ts";
import {log} from "../elementary.ts";
import {countTargets} from "../layers/crossentropy.ts";
import {needTokens} from "../layers/embedding.ts";
import type {Batch, Transformer} from "../transformer.ts";
import {type HeapLora, loraGradients, placeLoras, placeParams, refresh} from "./adapters.ts";
import {type Floats, floats, stacked} from "./floats.ts";
import type {Block, Kernels} from "./kernels.ts";
import {type LayerWeights, layer, layerBackward, norm, normBackward} from "./layer.ts";
import {takeBackwardWork, takeWorkspace, type Workspace} from "./workspace.ts";

/** A tiny decoder in float32 on a kernels' heap: what ../transformer.ts says, to float32 rounding. */
export interface Decoder {
  readonly kernels: Kernels;
  /** What trains: the LoRAs' numbers when some are attached, else all weights; write to `flat` to change them. */
  readonly params: Floats;
  /** alpha / r of the LoRAs. */
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
 * Copies a model, with the LoRAs attached to it if there are any, to the kernels' heap; the model itself stays as it
 * is. Room for gradients and for passes over B sequences of T tokens is taken when they first come, and kept.
 * Throws when the heap is full, or when something other than one set of LoRAs is attached.
 */
export function placeTransformer(kernels: Kernels, model: Transformer): Decoder {
  const {heap} = kernels;
  const {sizes} = model;
  const {C, H, L} = sizes;
  const weights: Floats = floats(heap, weightLayout(sizes), model.weights.flat);
  const numbers = placeParams(heap, model);
  const params = numbers ?? weights;
  const loras = placeLoras(heap, model, params, weights);
  const layers = Array.from({length: L}, (_, l) => layerWeights(weights, l, C));
  const r = Math.max(0, ...loras.flat().map(({A}) => A.rows));
  const {wte, wpe, norm: gain, head} = weights.views;

  const spaces = new Map<string, Workspace>();
  function spaceFor(B: number, T: number): Workspace {
    const key = `${B} × ${T}`;
    const space = spaces.get(key) ?? takeWorkspace(heap, sizes, B, T);
    spaces.set(key, space);
    return space;
  }

  function forward(tokens: Int32Array, B: number): Workspace {
    const T = needTokens(tokens, B, sizes);
    const space = spaceFor(B, T);
    for (const lora of loras.flat()) refresh(kernels, lora);
    embed(tokens, T, wte, wpe, space.layers[0].x);
    layers.forEach((own, l) => {
      layer(kernels, own, space.layers[l], space.layers[l + 1]?.x ?? space.x, {B, T, H});
    });
    norm(kernels, space.x, gain, space.normed, space.inverse);
    kernels.multiply(space.normed, head, space.logits, {transposeB: true});
    return space;
  }

  /** Turns the logits of a pass into their gradient. */
  function score({logits, targets, margins, sums}: Workspace, wanted: Int32Array): number {
    const counted = countTargets(wanted, logits.rows, logits.cols);
    targets.set(wanted);
    const places = [logits.data.byteOffset, targets.byteOffset] as const;
    const into = [margins.data.byteOffset, sums.data.byteOffset] as const;
    kernels.routines.crossEntropy(...places, logits.rows, logits.cols, counted, ...into);
    let sum = 0;
    for (let n = 0; n < targets.length; n++) if (targets[n] >= 0) sum += margins.data[n] + log(sums.data[n]);
    return sum / counted;
  }

  let grads: Floats | undefined;
  function backward(space: Workspace, tokens: Int32Array, shape: {B: number; T: number; H: number}): Floats {
    grads ??= floats(heap, params.layout);
    const dW = numbers ? undefined : grads;
    space.back ??= takeBackwardWork(heap, sizes, shape.B, shape.T, r);
    const {back} = space;
    const {dstream, dnormed} = back;
    dW?.flat.fill(0);
    if (dW) kernels.multiply(space.logits, space.normed, dW.views.head, {transposeA: true});
    kernels.multiply(space.logits, head, dnormed);
    dstream.data.fill(0);
    normBackward(kernels, dnormed, space.x, gain, space.inverse, dstream, dW?.views.norm);
    const lowest = loras.findIndex((own) => own.length > 0);
    for (let l = L - 1; l >= Math.max(lowest, 0); l--) {
      const adapted = new Map<Target, HeapLora>(loras[l].map((lora) => [lora.target, lora]));
      layerBackward(kernels, layers[l], space.layers[l], back, shape, {
        weights: dW && layerWeights(dW, l, C),
        adapted: new Set(adapted.keys()),
        adapt: (target, x, dh) => loraGradients(kernels, adapted.get(target)!, x, dh, grads!, back),
        below: dW !== undefined || l > lowest,
      });
    }
    if (dW) embedBackward(dstream, tokens, shape.T, dW.views.wte, dW.views.wpe);
    return grads;
  }

  return {
    kernels,
    params,
    scaling: model.attached[0]?.scaling,
    logits: (tokens, B) => forward(tokens, B).logits,
    loss: ({tokens, targets, B}) => score(forward(tokens, B), targets),
    lossAndGradients({tokens, targets, B}) {
      const space = forward(tokens, B);
      const loss = score(space, targets);
      return {loss, grads: backward(space, tokens, {B, T: tokens.length / B, H})};
    },
  };
}

/** x[b·T + t] = wte[token] + wpe[t]. */
function embed(tokens: Int32Array, T: number, wte: Block, wpe: Block, x: Block): void {
  const C = x.cols;
  for (let n = 0; n < tokens.length; n++) {
    const [from, at, to] = [tokens[n] * C, (n % T) * C, n * C];
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
