import {normal} from "../linalg/random.ts";
import {type Sizes, type WeightName, weightLayout} from "./architecture.ts";
import {allocate} from "./parameters.ts";
import type {Transformer} from "./transformer.ts";

/**
 * Weights before any training, drawn in the order of the layout. Gains are 1. The deviations are 0.3 for tokens, 0.1
 * for positions, 0.5/√C for the head, and 1/√k for the matrices. Wo and W2 are smaller by √(2L), so that the sum over
 * the layers does not grow (Radford et al. 2019).
 */
export function initTransformer(sizes: Sizes, random: () => number): Transformer {
  const weights = allocate(weightLayout(sizes));
  for (const [name, , k] of weights.layout) {
    const {data} = weights.views[name];
    if (/norm\d?$/.test(name)) data.fill(1);
    else for (let i = 0; i < data.length; i++) data[i] = normal(random) * deviationOf(name, k, sizes.L);
  }
  return {sizes, weights, attached: []};
}

function deviationOf(name: WeightName, k: number, L: number): number {
  if (name === "wte") return 0.3;
  if (name === "wpe") return 0.1;
  if (name === "head") return 0.5 / Math.sqrt(k);
  return /\.(Wo|W2)$/.test(name) ? 1 / Math.sqrt(2 * L * k) : 1 / Math.sqrt(k);
}
