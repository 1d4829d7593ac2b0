import type {Attachment} from "../../engine/lora/attachment.ts";
import {attach, type Plan} from "../../engine/lora/rivals.ts";
import type {Quantize} from "../../engine/lora/variants/loftq.ts";
import {toLevels} from "../../engine/memory/levels.ts";
import {roundNf4} from "../../engine/memory/nf4.ts";
import type {Sizes} from "../../engine/network/architecture.ts";
import {allocate} from "../../engine/network/parameters.ts";
import type {Settings} from "./controls.ts";
import {chosen} from "./matrices.ts";

/** What is attached for these settings; nothing where all weights are trained or no matrix is chosen. */
export function planOf({method, on, r, alpha, width, vectors}: Settings): Plan | undefined {
  if (method === "bottleneck") return {width: Number(width)};
  if (method === "prefix") return {vectors: Number(vectors)};
  const targets = chosen(on).map(({target}) => target);
  return method === "lora" && targets.length > 0 ? {targets, r: Number(r), alpha} : undefined;
}

/** The attachment of a trained run with the numbers it came to, a LoRA counted `factor` times. */
export function attachedOf(sizes: Sizes, settings: Settings, params: Float32Array, factor = 1): Attachment | undefined {
  const plan = planOf({...settings, alpha: settings.alpha * factor});
  if (!plan) return undefined;
  // Drawn to be written over: only the layout is of interest.
  const attachment = attach(sizes, plan, () => 0.5);
  return {...attachment, params: allocate(attachment.params.layout, Float64Array.from(params))};
}

/** How the frozen weights are stored and read back; nothing where they keep their bits. */
export const quantizers: Readonly<Record<Settings["base"], Quantize | undefined>> = {
  full: undefined,
  nf4: (W) => ({...W, data: roundNf4(W.data).values}),
  two: toLevels(2),
};
