/** The tensor names in PEFT's adapter files, and the shapes that belong to them. */

import {countOf} from "./dtype.ts";

/** What PEFT puts before every module's name. */
export const PREFIX = "base_model.model.";

/** A module's sizes, as far as the shapes of its tensors follow from them. */
interface ModuleSizes {
  kind?: "linear" | "convolution" | "embedding";
  /** ΔW is d × k. */
  d: number;
  k: number;
  kernel?: readonly number[];
  groups?: number;
}

/**
 * The parts of a module as PEFT's files have them: what follows the module in each name, and the shape. A has `rows` rows:
 * the rank, times the number of stacked experts.
 */
export function partShapes({kind, d, k, kernel = [], groups = 1}: ModuleSizes, rows: number) {
  const ones = kernel.map(() => 1);
  const [endA, endB] =
    kind === "embedding" ? ["lora_embedding_A", "lora_embedding_B"] : ["lora_A.weight", "lora_B.weight"];
  return {
    A: {end: endA, shape: [rows, k / countOf(kernel), ...kernel]},
    B: {end: endB, shape: [d, rows / groups, ...ones]},
    magnitude: {end: "lora_magnitude_vector", shape: kernel.length > 0 ? [1, d, ...ones] : [d]},
    bias: {end: "lora_B.bias", shape: [d]},
    alpha: {end: "alpha", shape: []},
  };
}
