/** Training problems that every library gets alike: the same weights, the same batch, the same optimizer. */

import {type Matrix, transpose} from "../../src/engine/linalg/matrix.ts";
import {mulberry32, normal} from "../../src/engine/linalg/random.ts";
import type {Attachment} from "../../src/engine/lora/attachment.ts";
import {attachLora} from "../../src/engine/lora/loras.ts";
import {type Sizes, TARGETS, type Target} from "../../src/engine/network/architecture.ts";
import type {Tensors} from "../../src/engine/network/parameters.ts";
import type {Batch, Transformer} from "../../src/engine/network/transformer.ts";
import {initTransformer} from "../../src/engine/network/untrained.ts";
import {BATCH_SIZE} from "../../src/engine/training/adaptation.ts";
import {digitMachine, drawBatch, newTasks} from "../../src/engine/training/tasks.ts";
import {drawWords, wordForge} from "../../src/engine/training/words.ts";

export const adam = {rate: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0};

/** A matrix as a peer gets it: (k,d), so that it multiplies from the right without being turned over. */
export interface Given {
  name: string;
  shape: [rows: number, cols: number];
  values: Float32Array;
}

/** A decoder, what is attached to it, and a batch. */
export interface Exercise {
  name: string;
  sizes: Sizes;
  batch: Batch;
  lora: {targets: readonly Target[]; r: number; alpha: number};
  /** The frozen model without the attachment. */
  base: Transformer;
  attachment: Attachment;
  /** All weights of the model, and the LoRAs', Wq for one as `layers.0.Wq` and its A as `layers.0.Wq.A`. */
  weights: readonly Given[];
  loras: readonly Given[];
  /** (T,T): what is added to the scores so that no place sees a later one. */
  mask: Float32Array;
  /** (B·T,V): a 1 where each token stands, and where each target does; nothing where a place has no target. */
  hot: Float32Array;
  wanted: Float32Array;
  /** Places with a target. */
  counted: number;
}

const given = ({views, layout}: Tensors, turned: (name: string) => boolean): Given[] =>
  layout.map(([name]) => {
    const matrix: Matrix = turned(name) ? transpose(views[name]!) : views[name]!;
    return {name, shape: [matrix.rows, matrix.cols], values: Float32Array.from(matrix.data)};
  });

function oneHot(tokens: Int32Array, V: number): Float32Array {
  const hot = new Float32Array(tokens.length * V);
  tokens.forEach((token, n) => {
    if (token >= 0) hot[n * V + token] = 1;
  });
  return hot;
}

function exercise(
  name: string,
  sizes: Sizes,
  targets: readonly Target[],
  draw: (random: () => number) => Batch,
): Exercise {
  const random = mulberry32(64);
  const base = initTransformer(sizes, random);
  const lora = {targets: [...targets], r: 4, alpha: 8};
  const attachment = attachLora(sizes, lora, random);
  // A LoRA under way: with B = 0 half of its gradients would be 0.
  for (const [name] of attachment.params.layout) {
    const {data} = attachment.params.views[name]!;
    if (name.endsWith(".B")) for (let i = 0; i < data.length; i++) data[i] = 0.05 * normal(random);
  }
  const batch = draw(random);
  const {T, V} = sizes;
  return {
    name,
    sizes,
    batch,
    lora,
    base,
    attachment,
    weights: given(base.weights, (name) => /\.W|^head$/.test(name)),
    loras: given(attachment.params, () => true),
    mask: Float32Array.from({length: T ** 2}, (_, i) => (i % T > Math.floor(i / T) ? -1e9 : 0)),
    hot: oneHot(batch.tokens, V),
    wanted: oneHot(batch.targets, V),
    counted: batch.targets.filter((target) => target >= 0).length,
  };
}

const wide: Sizes = {V: 96, T: 64, C: 64, H: 4, L: 2};
const WIDE_BATCH = 16;

/** Names of six letters on average; those that the lab teaches have 6.1. */
const NAMES = ["ann", "dora", "elise", "greta", "helena", "isabel", "barbara", "lucille", "florence", "josephine"];

/** A wider decoder whose places all have targets, and the lab's two machines with its own batches and its default LoRA. */
export const exercises: readonly Exercise[] = [
  exercise("wide decoder", wide, ["Wq", "Wv"], (random) => {
    const draw = () => Int32Array.from({length: WIDE_BATCH * wide.T}, () => Math.floor(random() * wide.V));
    return {tokens: draw(), targets: draw(), B: WIDE_BATCH};
  }),
  exercise("word forge", wordForge, TARGETS, (random) => drawWords(NAMES, BATCH_SIZE, random)),
  exercise("digit machine", digitMachine, TARGETS, (random) =>
    drawBatch([newTasks.reversePlusOne], BATCH_SIZE, random),
  ),
];

/** A library at work on an exercise. */
export interface Runner {
  /** What the model says before the first step. */
  logits: Float32Array;
  /** Forward, backward, AdamW → the loss before the step. */
  step(): number;
}
