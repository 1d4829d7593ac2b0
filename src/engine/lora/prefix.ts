import {heapPrefix} from "../kernels/prefixes.ts";
import {normal} from "../linalg/random.ts";
import type {Sizes} from "../network/architecture.ts";
import {allocate, type Layout, type Tensors} from "../network/parameters.ts";
import type {Attachment, Brought} from "./attachment.ts";

/**
 * Prefix-tuning (Li and Liang 2021): P trained keys and values before each layer's own, seen by every query; 2·C·P
 * parameters a layer, trained directly and not through an MLP. Keys (P,C) start normal with deviation 1, as large as a
 * token's; values (P,C) start at 0. Unlike a LoRA, a prefix changes the model before the first step, because it takes a
 * share of the attention. (The prefix-layer tuning in the LoRA paper replaces the activations of P special tokens
 * instead, C·P parameters a layer.) Throws unless P is a whole number ≥ 1.
 */
export function attachPrefix({C, L}: Sizes, P: number, random: () => number): Attachment {
  if (!Number.isInteger(P) || P < 1)
    throw new Error(`attachPrefix: P is ${P}; the length of the prefix must be a whole number of at least 1`);
  const layout = Array.from(
    {length: L},
    (_, l): Layout => [
      [`layers.${l}.prefix.keys`, P, C],
      [`layers.${l}.prefix.values`, P, C],
    ],
  ).flat();
  const params = allocate(layout);
  for (let l = 0; l < L; l++) {
    const {data} = params.views[`layers.${l}.prefix.keys`];
    for (let i = 0; i < data.length; i++) data[i] = normal(random);
  }
  const view = ({views}: Tensors): Brought[] =>
    Array.from({length: L}, (_, l) => ({
      prefix: {keys: views[`layers.${l}.prefix.keys`], values: views[`layers.${l}.prefix.values`]},
    }));
  return {params, view, onHeap: (tensors, l) => ({prefix: heapPrefix(tensors, `layers.${l}.prefix`)})};
}
