/** LoRAs on chosen matrices of every layer. */
import {type Sizes, TARGETS, type Target, targetShape} from "../network/architecture.ts";
import {allocate, type Layout, type Tensors} from "../network/parameters.ts";
import type {Attachment, LayerParts} from "./attachment.ts";
import {initLora} from "./lora.ts";

/** Which matrices of a model get a LoRA, with the same r and alpha everywhere, as in the paper. */
export interface LoraPlan {
  targets: readonly Target[];
  r: number;
  alpha: number;
}

/**
 * A LoRA on each chosen matrix of every layer, started by `initLora`: B = 0, so the model is unchanged. The parameters
 * are named `layers.0.Wq.A`, `layers.0.Wq.B` and so on, in the order of TARGETS.
 * Throws when no matrix is chosen or r is not a whole number ≥ 1.
 */
export function attachLora(sizes: Sizes, {targets, r, alpha}: LoraPlan, random: () => number): Attachment {
  const chosen = TARGETS.filter((target) => targets.includes(target));
  if (chosen.length === 0)
    throw new Error(`attachLora: no matrix is chosen; name at least one of ${TARGETS.join(" ")}`);
  const layers = Array.from({length: sizes.L}, (_, l) =>
    chosen.map((target) => ({target, path: `layers.${l}.${target}`})),
  );
  const initialLoras = layers.flatMap((layer) =>
    layer.map(({target, path}) => ({path, ...initLora({...targetShape(sizes, target), r, alpha}, random)})),
  );
  const layout: Layout = initialLoras.flatMap(
    ({path, A, B}): Layout => [
      [`${path}.A`, A.rows, A.cols],
      [`${path}.B`, B.rows, B.cols],
    ],
  );
  const params = allocate(layout);
  for (const {path, A} of initialLoras) params.views[`${path}.A`].data.set(A.data);
  const view = ({views}: Tensors): LayerParts[] =>
    layers.map((layer) => ({
      loras: Object.fromEntries(
        layer.map(({target, path}) => [target, {A: views[`${path}.A`], B: views[`${path}.B`], alpha, r}]),
      ),
    }));
  return {params, view, scaling: alpha / r};
}
