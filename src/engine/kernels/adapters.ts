/** The LoRAs of a model on the kernels' heap: where they are placed, how W is computed from them, and their gradients. */
import {scaling} from "../lora/lora.ts";
import {TARGETS, type Target} from "../network/architecture.ts";
import {allocate} from "../network/parameters.ts";
import type {Transformer} from "../network/transformer.ts";
import {allocateFloats, type Floats} from "./floats.ts";
import type {Heap} from "./heap.ts";
import {type Block, block, type Kernels} from "./kernels.ts";
import type {LayerExtras} from "./layer.ts";
import type {BackwardWork} from "./workspace.ts";

/**
 * A LoRA on the heap. A batch has far more rows than a weight, so ΔW is formed once a pass and added to a copy of W0:
 * then forward and dx cost no more than without the LoRA.
 */
export interface HeapLora {
  target: Target;
  /** What the names of A and B begin with in the layout: `layers.0.Wq`. */
  path: string;
  /** alpha / r. */
  s: number;
  W0: Block;
  A: Block;
  B: Block;
  /** s·B, kept for the backward. */
  sB: Block;
  /** W0 + s·B·A, what the model computes with. */
  W: Block;
}

/** What is attached to a layer, on the heap. */
export interface HeapAttachment extends LayerExtras {
  loras: HeapLora[];
}

/**
 * Places what is attached to each layer; its parameters are already in `params`. A matrix with a LoRA is copied from
 * `weights` to W0, and the matrix in `weights` becomes W. Throws for more than one attachment, or one that was made for
 * another number of layers.
 */
export function placeAttached(heap: Heap, model: Transformer, params: Floats, weights: Floats): HeapAttachment[] {
  const {attached, sizes} = model;
  const [attachment] = attached;
  if (attached.length > 1)
    throw new Error(
      `placeTransformer: ${attached.length} attachments; the kernels take one, so merge the others first`,
    );
  if (!attachment) return Array.from({length: sizes.L}, () => ({loras: []}));
  const attachedLayers = attachment.view(allocate(attachment.params.layout));
  if (attachedLayers.length !== sizes.L)
    throw new Error(`placeTransformer: an attachment of ${attachedLayers.length} layers on a model of ${sizes.L}`);
  return attachedLayers.map(({loras}, l) => ({
    loras: TARGETS.flatMap((target) => {
      const lora = loras?.[target];
      if (!lora) return [];
      const path = `layers.${l}.${target}`;
      const [A, B, W] = [params.views[`${path}.A`], params.views[`${path}.B`], weights.views[path]];
      const [W0, sB] = [block(heap, W.rows, W.cols), block(heap, B.rows, B.cols)];
      W0.data.set(W.data);
      return [{target, path, s: scaling(lora), W0, A, B, sB, W}];
    }),
    ...attachment.onHeap?.(params, l),
  }));
}

/** Computes W = W0 + s·B·A anew from the present A and B. */
export function refreshWeight(kernels: Kernels, {s, W0, A, B, sB, W}: HeapLora): void {
  for (let i = 0; i < B.data.length; i++) sB.data[i] = s * B.data[i];
  W.data.set(W0.data);
  kernels.multiply(sB, A, W, {add: true});
}

/** Adds to `grads`, from x (N,k) and dh (N,d): dB (d,r) += dhᵀ·(s·x·Aᵀ) and dA (r,k) += (s·dh·B)ᵀ·x, as in `loraLinearBackward`. */
export function addLoraGradients(
  kernels: Kernels,
  {path, s, A, sB}: HeapLora,
  x: Block,
  dh: Block,
  grads: Floats,
  work: Pick<BackwardWork, "u" | "du">,
): void {
  // The blocks have room for the largest rank; this LoRA takes r columns.
  const ownRank = {cols: A.rows, stride: A.rows};
  const [u, du] = [work.u, work.du].map((room) => ({...room, ...ownRank}));
  kernels.multiply(x, A, u, {transposeB: true});
  for (let i = 0; i < u.rows * u.cols; i++) u.data[i] *= s;
  kernels.multiply(dh, u, grads.views[`${path}.B`], {transposeA: true, add: true});
  kernels.multiply(dh, sB, du);
  kernels.multiply(du, x, grads.views[`${path}.A`], {transposeA: true, add: true});
}

/** Copies the parameters of the attachment, if there is one, to the heap. */
export const placeParams = (heap: Heap, {attached: [attachment]}: Transformer): Floats | undefined =>
  attachment && allocateFloats(heap, attachment.params.layout, attachment.params.flat);
