import {type Lora, scaling} from "../lora.ts";

/**
 * Rank-stabilized LoRA: the factor on B·A is alpha / √r instead of alpha / r, so that the size of an update does not
 * depend on r. Kalajdzievski 2023, arXiv 2312.03732; PEFT's `use_rslora`.
 * lora → an adapter with the same A and B and √r times the alpha, so its `scaling` is alpha / √r and `merge`,
 * `deltaWeight` and the layers work as they are. Throws unless r is a whole number ≥ 1.
 */
export function toRslora(lora: Lora): Lora {
  return {...lora, alpha: rsScaling(lora) * lora.r};
}

/** alpha / √r. Throws unless r is a whole number ≥ 1. */
export function rsScaling(lora: Lora): number {
  return scaling(lora) * Math.sqrt(lora.r);
}
