import {type Lora, scaling} from "../lora.ts";

/**
 * Rank-stabilized LoRA: the factor in front of B·A is alpha / √r instead of alpha / r, so that the size of an update
 * neither shrinks nor grows with r. Kalajdzievski 2023, arXiv 2312.03732; PEFT's `use_rslora`.
 * lora → the adapter with the same A and B whose `scaling` is alpha / √r: its alpha is √r times as large, so `merge`,
 * `deltaWeight` and the layers need no second rule. Throws unless r is a whole number ≥ 1.
 */
export function rankStabilized(lora: Lora): Lora {
  return {...lora, alpha: rsScaling(lora) * lora.r};
}

/** alpha / √r. Throws unless r is a whole number ≥ 1. */
export function rsScaling(lora: Lora): number {
  return scaling(lora) * Math.sqrt(lora.r);
}
