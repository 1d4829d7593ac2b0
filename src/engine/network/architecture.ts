/** The tiny decoder's sizes and the names and shapes of its weights. */
import type {Matrix} from "../linalg/matrix.ts";
import type {Layout, Tensors} from "./parameters.ts";

/** V tokens, at most T positions, width C, H heads, L layers. The MLP is 4·C wide. */
export interface Sizes {
  V: number;
  T: number;
  C: number;
  H: number;
  L: number;
}

/** The matrices of a layer that a LoRA can adapt: attention's four, then the MLP's two. */
export const TARGETS = ["Wq", "Wk", "Wv", "Wo", "W1", "W2"] as const;

/** The name of a matrix that a LoRA can adapt. */
export type Target = (typeof TARGETS)[number];

/** The names of a layer's weights; norm1 and norm2 are the gains of its RMS norms, (1,C). */
export type BlockName = Target | "norm1" | "norm2";

/** The weights of one layer, by name. */
export type BlockWeights = Readonly<Record<BlockName, Matrix>>;

/** The names of all weights: token and position embeddings, the layers' weights, the last norm and the head. */
export type WeightName = "wte" | "wpe" | `layers.${number}.${BlockName}` | "norm" | "head";

const blockNames: readonly BlockName[] = ["norm1", "Wq", "Wk", "Wv", "Wo", "norm2", "W1", "W2"];

/** The shape d × k of a matrix: (C,C) in attention, W1 (4C,C), W2 (C,4C). */
export function targetShape({C}: Sizes, target: Target): {d: number; k: number} {
  return {d: target === "W1" ? 4 * C : C, k: target === "W2" ? 4 * C : C};
}

/**
 * wte (V,C), wpe (T,C), the layers in order, the last norm (1,C), head (V,C): V·C + T·C + L·(12·C² + 2·C) + C + V·C
 * parameters. Throws unless every size is a whole number ≥ 1 and H divides C.
 */
export function weightLayout(sizes: Sizes): Layout<WeightName> {
  const {V, T, C, H, L} = sizes;
  for (const [name, size] of Object.entries({V, T, C, H, L})) {
    if (!Number.isInteger(size) || size < 1)
      throw new Error(`transformer: ${name} is ${size}; every size is a whole number of at least 1`);
  }
  if (C % H !== 0) throw new Error(`transformer: ${H} heads do not divide the width ${C} evenly`);
  const shapes: Layout<BlockName> = blockNames.map((name) => {
    if (name === "norm1" || name === "norm2") return [name, 1, C];
    const {d, k} = targetShape(sizes, name);
    return [name, d, k];
  });
  const layers = Array.from({length: L}, (_, l) =>
    shapes.map(([name, rows, cols]): Layout<WeightName>[number] => [`layers.${l}.${name}`, rows, cols]),
  );
  return [["wte", V, C], ["wpe", T, C], ...layers.flat(), ["norm", 1, C], ["head", V, C]];
}

/** Views of the weights of layer l. */
export function blockOf({views}: Tensors<WeightName>, l: number): BlockWeights {
  const entries = blockNames.map((name) => [name, views[`layers.${l}.${name}`]]);
  return Object.fromEntries(entries) as BlockWeights;
}
