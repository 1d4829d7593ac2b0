/** The tiny decoder of `transformer.ts` in float32 on the kernels' heap, forward and backward. */
import {log} from "../linalg/elementary.ts";
import {type Sizes, type Target, weightLayout} from "../network/architecture.ts";
import {needTokens} from "../network/layers/embedding.ts";
import {countTargets} from "../network/layers/targets.ts";
import type {Batch, Transformer} from "../network/transformer.ts";
import {
  addLoraGradients,
  type HeapAttachment,
  type HeapLora,
  placeAttached,
  placeParams,
  refreshWeight,
} from "./adapters.ts";
import type {AttentionShape} from "./causalAttention.ts";
import {allocateFloats, blockOfNeighbors, type Floats} from "./floats.ts";
import {type Block, block, type Kernels} from "./kernels.ts";
import {applyNorm, type LayerWeights, layerBackward, normBackward, runLayer} from "./layer.ts";
import {type AttachedWidths, takeWorkspace, type Workspace} from "./workspace.ts";

/**
 * Batches go through the model in parts of about this many rows, the band of the multiply: what a part
 * writes in its forward pass is then still in the L2 cache in its backward pass. Gradients add up over the parts.
 */
const PART_ROWS = 256;

/** A tiny decoder in float32 on a kernels' heap. It computes what `Transformer` does, up to float32 rounding. */
export interface Decoder {
  readonly kernels: Kernels;
  /** What trains: the parameters of the attachment, or all weights. Write to `flat` to change them. */
  readonly params: Floats;
  /** alpha / r of LoRAs. */
  readonly scaling: number | undefined;
  /** tokens (B·T) → logits (B·T,V), which the next call overwrites. Throws as `forward` does. */
  logits(tokens: Int32Array, B: number): Block;
  /** The batch's mean cross-entropy in nats. */
  loss(batch: Batch): number;
  /** The loss and its gradients, in the layout of `params`. The next call overwrites them. */
  lossAndGradients(batch: Batch): {loss: number; grads: Floats};
}

/** A model on the heap, and the arrays that its passes write to. */
interface HeapModel {
  kernels: Kernels;
  sizes: Sizes;
  weights: Floats;
  layers: readonly LayerWeights[];
  /** The parameters of the attachment, if there is one. */
  attachedParams: Floats | undefined;
  attached: readonly HeapAttachment[];
  widths: AttachedWidths;
  /** The length of the prefix, 0 without one: a sequence of T tokens takes P + T places. */
  P: number;
  workspaces: Map<string, Workspace>;
}

/** Consecutive sequences of a batch, one under another. */
interface Part {
  space: Workspace;
  shape: AttentionShape;
  /** For each row the index of its token in the batch; −1 for a place of the prefix. */
  places: number[];
  /** All tokens of the batch, in sequences of T. */
  tokens: Int32Array;
  T: number;
}

/** A batch, without targets where only its logits are asked for. */
type Input = Pick<Batch, "tokens" | "B"> & Partial<Batch>;

/**
 * Copies a model and its attachment, if it has one, to the kernels' heap; the model itself does not change. Memory for
 * passes over B sequences of T tokens is taken from the heap by the first such pass, and then kept. Throws when the
 * heap is full, for more than one attachment, or for one that was made for another number of layers.
 */
export function placeTransformer(kernels: Kernels, model: Transformer): Decoder {
  const {heap} = kernels;
  const heapModel = placeModel(kernels, model);
  const params = heapModel.attachedParams ?? heapModel.weights;
  const {V} = model.sizes;
  const logitBlocks = new Map<number, Block>();
  let grads: Floats | undefined;
  return {
    kernels,
    params,
    scaling: model.attached[0]?.scaling,
    logits(tokens, B) {
      const logits = logitBlocks.get(tokens.length) ?? block(heap, tokens.length, V);
      logitBlocks.set(tokens.length, logits);
      for (const {space, places} of forwardInParts(heapModel, {tokens, B}))
        places.forEach((place, n) => {
          if (place >= 0) logits.data.set(space.logits.data.subarray(n * V, (n + 1) * V), place * V);
        });
      return logits;
    },
    loss: (batch) => lossOf(heapModel, batch),
    lossAndGradients(batch) {
      grads ??= allocateFloats(heap, params.layout);
      grads.flat.fill(0);
      return {loss: lossOf(heapModel, batch, grads), grads};
    },
  };
}

function placeModel(kernels: Kernels, model: Transformer): HeapModel {
  const {heap} = kernels;
  const {sizes} = model;
  const weights: Floats = allocateFloats(heap, weightLayout(sizes), model.weights.flat);
  const attachedParams = placeParams(heap, model);
  const attached = placeAttached(heap, model, attachedParams ?? weights, weights);
  const ranks = attached.flatMap(({loras}) => loras.map(({A}) => A.rows));
  return {
    kernels,
    sizes,
    weights,
    layers: Array.from({length: sizes.L}, (_, l) => layerWeights(weights, l, sizes.C)),
    attachedParams,
    attached,
    widths: {r: Math.max(0, ...ranks), m: attached[0].bottlenecks?.attention.m ?? 0},
    P: attached[0].prefix?.P ?? 0,
    workspaces: new Map(),
  };
}

function layerWeights(tensors: Floats, l: number, C: number): LayerWeights {
  const view = (name: string) => tensors.views[`layers.${l}.${name}`];
  const Wqkv = blockOfNeighbors(tensors, `layers.${l}.Wq`, 3 * C);
  return {norm1: view("norm1"), Wqkv, Wo: view("Wo"), norm2: view("norm2"), W1: view("W1"), W2: view("W2")};
}

function workspaceFor({kernels, sizes, widths, workspaces}: HeapModel, B: number, places: number): Workspace {
  const key = `${B} × ${places}`;
  const space = workspaces.get(key) ?? takeWorkspace(kernels.heap, sizes, B, places, widths);
  workspaces.set(key, space);
  return space;
}

/**
 * Runs the forward pass of a batch part by part, each of whole sequences, with the present parameters. Places after the last
 * target of a sequence are left out: attention keeps them from those before, so they would add zeros to every sum.
 */
function* forwardInParts(heapModel: HeapModel, {tokens, targets, B}: Input): Generator<Part> {
  const {kernels, sizes, attached, P} = heapModel;
  const T = needTokens(tokens, B, sizes);
  for (const {loras} of attached) for (const lora of loras) refreshWeight(kernels, lora);
  const maxSequences = Math.max(1, Math.floor(PART_ROWS / (P + T)));
  for (let first = 0; first < B; first += maxSequences) {
    const count = Math.min(maxSequences, B - first);
    const space = workspaceFor(heapModel, count, P + T);
    const part: Part = {space, shape: {lengths: [], H: sizes.H}, places: [], tokens, T};
    for (let start = first * T; start < (first + count) * T; start += T) {
      let end = start + T;
      if (targets) while (end > start + 1 && targets[end - 1] < 0) end--;
      for (let n = start - P; n < end; n++) part.places.push(n < start ? -1 : n);
      part.shape.lengths.push(P + end - start);
    }
    forward(heapModel, part);
    yield part;
  }
}

/** Fills the part's workspace with its logits and everything that `backward` needs. */
function forward({kernels, weights, layers, attached}: HeapModel, part: Part): void {
  const {wte, wpe, norm: gain, head} = weights.views;
  const {space, shape, places} = part;
  space.setRows(places.length);
  embed(part, wte, wpe, space.layers[0].x);
  layers.forEach((ownWeights, l) => {
    const output = space.layers[l + 1]?.x ?? space.x;
    runLayer(kernels, ownWeights, space.layers[l], output, shape, attached[l]);
  });
  applyNorm(kernels, space.x, gain, space.normed, space.inverse);
  kernels.multiply(space.normed, head, space.logits, {transposeB: true});
}

/** The mean cross-entropy of a batch. Adds its gradients to `grads` if they are given. */
function lossOf(heapModel: HeapModel, batch: Batch, grads?: Floats): number {
  const {tokens, targets} = batch;
  const counted = countTargets(targets, tokens.length, heapModel.sizes.V);
  let sum = 0;
  for (const part of forwardInParts(heapModel, batch)) {
    sum += crossEntropy(heapModel.kernels, part, targets, counted);
    if (grads) backward(heapModel, part, grads);
  }
  return sum / counted;
}

/** The summed loss of a part's rows. Turns its logits into their gradient. */
function crossEntropy({routines}: Kernels, {space, places}: Part, batchTargets: Int32Array, counted: number): number {
  const {logits, targets, margins, sums} = space;
  // The places of a prefix are −1, and `batchTargets` has no number there.
  targets.set(places.map((place) => batchTargets[place] ?? -1));
  const from = [logits.data.byteOffset, targets.byteOffset] as const;
  const to = [margins.data.byteOffset, sums.data.byteOffset] as const;
  routines.crossEntropy(...from, logits.rows, logits.cols, counted, ...to);
  let sum = 0;
  for (let n = 0; n < places.length; n++) if (targets[n] >= 0) sum += margins.data[n] + log(sums.data[n]);
  return sum;
}

/** Adds the gradients of a part to `grads`, from the gradient of its logits. */
function backward(heapModel: HeapModel, part: Part, grads: Floats): void {
  const {kernels, sizes, weights, layers, attached, attachedParams} = heapModel;
  const {space, shape, places} = part;
  const {norm: gain, head} = weights.views;
  const dW = attachedParams ? undefined : grads;
  const back = space.backward();
  // The arrays that the first backward pass takes from the heap still have the rows of a full part.
  space.setRows(places.length);
  const {dstream, dnormed} = back;
  if (dW) kernels.multiply(space.logits, space.normed, dW.views.head, {transposeA: true, add: true});
  kernels.multiply(space.logits, head, dnormed);
  dstream.data.fill(0);
  normBackward(kernels, dnormed, space.x, gain, space.inverse, dstream, dW?.views.norm);
  // Nothing trains below this layer; −1 when nothing is attached.
  const lowest = attached.findIndex(({loras, bottlenecks, prefix}) => loras.length > 0 || bottlenecks || prefix);
  for (let l = sizes.L - 1; l >= Math.max(lowest, 0); l--) {
    const loras = new Map<Target, HeapLora>(attached[l].loras.map((lora) => [lora.target, lora]));
    layerBackward(kernels, layers[l], space.layers[l], back, shape, {
      weights: dW && layerWeights(dW, l, sizes.C),
      adaptedTargets: new Set(loras.keys()),
      addLoraGradients: (target, x, dh) => addLoraGradients(kernels, loras.get(target)!, x, dh, grads, back),
      extras: attached[l],
      grads,
      trainsBelow: dW !== undefined || l > lowest,
    });
  }
  if (dW) embedBackward(dstream, part, dW.views.wte, dW.views.wpe);
}

/** For each row with a token, where its numbers begin: in wte, in wpe and in the rows. */
const rowsOf = ({places, tokens, T}: Part, C: number) =>
  places.flatMap((place, n) => (place < 0 ? [] : [[tokens[place] * C, (place % T) * C, n * C]]));

/** x[n] = wte[token] + wpe[t] for the token of each row and its place t; 0 at the places of a prefix. */
function embed(part: Part, wte: Block, wpe: Block, x: Block): void {
  x.data.fill(0);
  for (const [from, at, to] of rowsOf(part, x.cols))
    for (let c = 0; c < x.cols; c++) x.data[to + c] = wte.data[from + c] + wpe.data[at + c];
}

/** Adds the gradients of both embeddings. */
function embedBackward(dx: Block, part: Part, dwte: Block, dwpe: Block): void {
  for (const [to, at, from] of rowsOf(part, dx.cols)) {
    for (let c = 0; c < dx.cols; c++) {
      dwte.data[to + c] += dx.data[from + c];
      dwpe.data[at + c] += dx.data[from + c];
    }
  }
}
