/** What a run's settings attach to the base model, and how they round its weights. */

import {type AttachmentPlan, attach} from "../../engine/lora/attach.ts";
import type {Attachment} from "../../engine/lora/attachment.ts";
import type {Quantize} from "../../engine/lora/variants/loftq.ts";
import {toLevels} from "../../engine/memory/levels.ts";
import {roundNf4} from "../../engine/memory/nf4.ts";
import type {Sizes} from "../../engine/network/architecture.ts";
import {allocate} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {type LabSettings, matricesNamed} from "./controls.ts";

/** What these settings attach to the base; undefined if all weights are trained or no matrix is chosen. */
export function labPlan({method, on, r, alpha, width, vectors}: LabSettings): AttachmentPlan | undefined {
  if (method === "bottleneck") return {width: Number(width)};
  if (method === "prefix") return {vectors: Number(vectors)};
  const targets = matricesNamed(on).map(({target}) => target);
  return method === "lora" && targets.length > 0 ? {targets, r: Number(r), alpha} : undefined;
}

/** An attachment with the layout of a plan; its numbers mean nothing. */
export const blankAttachment = (sizes: Sizes, plan: AttachmentPlan): Attachment => attach(sizes, plan, () => 0.5);

/** What a run attached, with its trained parameters; undefined if it attached nothing. A LoRA is scaled by `factor`. */
export function attachedOf(
  sizes: Sizes,
  settings: LabSettings,
  parameters: Float32Array,
  factor = 1,
): Attachment | undefined {
  const plan = labPlan({...settings, alpha: settings.alpha * factor});
  if (!plan) return undefined;
  const attachment = blankAttachment(sizes, plan);
  return {...attachment, params: allocate(attachment.params.layout, Float64Array.from(parameters))};
}

/** A run with the parameters that it trained. */
export interface Trained {
  settings: LabSettings;
  parameters: Float32Array;
}

/** A base with what these runs attached to it; LoRAs are scaled by `factor`. */
export const withAttached = ({sizes, weights}: Transformer, trained: readonly Trained[], factor = 1): Transformer => ({
  sizes,
  weights,
  attached: trained.flatMap(({settings, parameters}) => attachedOf(sizes, settings, parameters, factor) ?? []),
});

/** How the frozen weights are rounded; undefined if they are not. */
export const quantizers: Readonly<Record<LabSettings["base"], Quantize | undefined>> = {
  full: undefined,
  nf4: (W) => ({...W, data: roundNf4(W.data).values}),
  two: toLevels(2),
};
