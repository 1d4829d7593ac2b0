/** Activations when they are computed again in the backward pass. */
import {activationBytes, bytes, type Load} from "./memory.ts";
import type {Method} from "./methods.ts";
import type {Model} from "./models.ts";

/**
 * Bytes of the activations with every layer checkpointed: the input of each layer, and all that `activationBytes` counts
 * of the one layer that is being computed again. Chen et al. 2016, arXiv 1604.06174, with a layer as the segment.
 */
export function checkpointedBytes(model: Model, method: Method, load: Load): number {
  const {layers, dModel} = model;
  const inputs = bytes(layers * load.batch * load.sequence * dModel, "bf16");
  return inputs + activationBytes(model, method, load) / layers;
}

/** Bytes of one fp32 matrix of scores over the vocabulary, batch × sequence × vocabulary. */
export function scoreBytes(vocabulary: number, {batch, sequence}: Pick<Load, "batch" | "sequence">): number {
  return bytes(batch * sequence * vocabulary, "fp32");
}
