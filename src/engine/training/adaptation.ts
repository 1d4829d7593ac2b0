/** How the lab fine-tunes on the kernels: something attached to a frozen base model, or all of its weights. */

import {type Decoder, placeTransformer} from "../kernels/decoder.ts";
import type {Kernels} from "../kernels/kernels.ts";
import {trainOnHeap} from "../kernels/training.ts";
import {mulberry32} from "../linalg/random.ts";
import type {Attachment} from "../lora/attachment.ts";
import {attachLora, type LoraPlan} from "../lora/loras.ts";
import {allocate} from "../network/parameters.ts";
import type {Batch, Transformer} from "../network/transformer.ts";
import {adamw} from "./optimizer.ts";
import {linearDecay} from "./schedule.ts";
import type {Snapshot, Training} from "./train.ts";

/** What the lab does unless asked otherwise: Adam, 10 steps up, a line down to a tenth, gradients of at most 1. */
export const adaptation = {
  optimizer: adamw,
  rate: 1e-2,
  beta1: 0.9,
  beta2: 0.99,
  weightDecay: 0,
  clip: 1,
  schedule: linearDecay(10, 0.1),
  steps: 200,
} satisfies Training;

/** Sequences in a step. */
export const BATCH = 32;

/** What is to be learned: B sequences of it, from a generator. */
export type Draw = (B: number, random: () => number) => Batch;

/** A fine-tuning under way. */
export interface Adapting {
  /** The model on the heap; its `params`, the attached numbers or all weights, are those of the latest snapshot. */
  decoder: Decoder;
  /** The model as it began, in float64; `modelAt` says how it is later. */
  model: Transformer;
  /** steps + 1 of them, the first before any step. */
  snapshots: Generator<Snapshot, void>;
}

/**
 * Attaches the LoRAs that are planned, or what is already made, to the base and trains that. The seed decides both how it starts and the examples, by two
 * generators half a period apart: with one seed, plans of any kind see the same examples. The base itself is never
 * changed. Throws what `attachLora`, `placeTransformer` and `train` throw.
 */
export function adapt(
  kernels: Kernels,
  base: Transformer,
  plan: LoraPlan | Attachment,
  draw: Draw,
  seed: number,
  training: Training = adaptation,
): Adapting {
  const attached = ["view" in plan ? plan : attachLora(base.sizes, plan, mulberry32(seed))];
  return begin(kernels, {...base, attached}, draw, seed, training);
}

/** Trains every weight of a copy of the base, on the examples that `adapt` sees with this seed. */
export function fineTune(
  kernels: Kernels,
  base: Transformer,
  draw: Draw,
  seed: number,
  training: Training = adaptation,
): Adapting {
  return begin(kernels, {...base, attached: []}, draw, seed, training);
}

function begin(kernels: Kernels, model: Transformer, draw: Draw, seed: number, training: Training): Adapting {
  const decoder = placeTransformer(kernels, model);
  const examples = mulberry32(seed + 2 ** 31);
  return {decoder, model, snapshots: trainOnHeap(decoder, () => draw(BATCH, examples), training)};
}

/** The model at a snapshot, in float64, as `forward`, `mergeAll` and the writers of files take it. */
export function modelAt({model}: Pick<Adapting, "model">, {params}: Pick<Snapshot, "params">): Transformer {
  const [attached] = model.attached;
  if (!attached) return {...model, weights: allocate(model.weights.layout, params)};
  return {...model, attached: [{...attached, params: allocate(attached.params.layout, params)}]};
}
