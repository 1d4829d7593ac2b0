/** The one training problem that every library gets: the same weights, the same batch, the same optimizer. */

import type {Matrix} from "../../src/engine/linalg/matrix.ts";
import {transpose} from "../../src/engine/linalg/matrix.ts";
import {mulberry32, normal} from "../../src/engine/linalg/random.ts";
import {attachLora} from "../../src/engine/lora/loras.ts";
import type {Sizes} from "../../src/engine/network/architecture.ts";
import type {Tensors} from "../../src/engine/network/parameters.ts";
import type {Batch, Transformer} from "../../src/engine/network/transformer.ts";
import {initTransformer} from "../../src/engine/network/untrained.ts";

export type Mode = "LoRA" | "full";

export const sizes: Sizes = {V: 96, T: 64, C: 64, H: 4, L: 2};
export const B = 16;
export const lora = {targets: ["Wq", "Wv"], r: 4, alpha: 8} as const;
export const adam = {rate: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0};

const random = mulberry32(64);
const base = initTransformer(sizes, random);
const attachment = attachLora(sizes, lora, random);
// A LoRA under way: with B = 0 half of its gradients would be 0.
for (const [name] of attachment.params.layout) {
  const {data} = attachment.params.views[name]!;
  if (name.endsWith(".B")) for (let i = 0; i < data.length; i++) data[i] = 0.05 * normal(random);
}
const draw = () => Int32Array.from({length: B * sizes.T}, () => Math.floor(random() * sizes.V));

export const batch: Batch = {tokens: draw(), targets: draw(), B};
export const modelFor = (mode: Mode): Transformer => (mode === "full" ? base : {...base, attached: [attachment]});

/** A matrix as a peer gets it: (k,d), so that it multiplies from the right without being turned over. */
export interface Given {
  name: string;
  shape: [rows: number, cols: number];
  values: Float32Array;
}

const given = ({views, layout}: Tensors, turned: (name: string) => boolean): Given[] =>
  layout.map(([name]) => {
    const matrix: Matrix = turned(name) ? transpose(views[name]!) : views[name]!;
    return {name, shape: [matrix.rows, matrix.cols], values: Float32Array.from(matrix.data)};
  });

/** All weights of the model, and the LoRAs', Wq for one as `layers.0.Wq` and its A as `layers.0.Wq.A`. */
export const weights = given(base.weights, (name) => /\.W|^head$/.test(name));
export const loras = given(attachment.params, () => true);

/** (T,T): what is added to the scores so that no place sees a later one. */
export const mask = Float32Array.from({length: sizes.T ** 2}, (_, i) =>
  i % sizes.T > Math.floor(i / sizes.T) ? -1e9 : 0,
);

/** (B·T,V): a 1 where each of these tokens stands. */
export function oneHot(tokens: Int32Array): Float32Array {
  const hot = new Float32Array(tokens.length * sizes.V);
  tokens.forEach((token, n) => {
    hot[n * sizes.V + token] = 1;
  });
  return hot;
}

/** A library at work on the exercise. */
export interface Runner {
  /** What the model says before the first step. */
  logits: Float32Array;
  /** Forward, backward, AdamW → the loss before the step. */
  step(): number;
}
