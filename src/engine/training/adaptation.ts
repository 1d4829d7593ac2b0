/** How the lab fine-tunes on the kernels: an attachment on a frozen base model, or all of its weights. */

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

/** How the lab trains by default: Adam, 10 steps of warmup, linear decay to a tenth of the rate, gradients clipped at 1. */
export const labTraining = {
  optimizer: adamw,
  rate: 1e-2,
  beta1: 0.9,
  beta2: 0.99,
  weightDecay: 0,
  clip: 1,
  schedule: linearDecay(10, 0.1),
  steps: 200,
} satisfies Training;

/** How many sequences a step learns from. */
export const BATCH_SIZE = 32;

/** Draws B sequences to learn from. */
export type Draw = (B: number, random: () => number) => Batch;

/** A fine-tuning in progress. */
export interface FineTuning {
  /** The model on the heap; its `params`, the attached ones or all weights, have the latest snapshot's values. */
  decoder: Decoder;
  /** The model at the start, in float64; `modelAt` gives it at a snapshot. */
  model: Transformer;
  /** steps + 1 snapshots, the first before any step. */
  snapshots: Generator<Snapshot, void>;
}

/**
 * Trains planned LoRAs, or an attachment that is already made, on the frozen base. The seed decides the start and the
 * examples, with two generators half a period apart, so any two plans with the same seed see the same examples.
 * Throws as `attachLora`, `placeTransformer` and `train` do.
 */
export function adapt(
  kernels: Kernels,
  base: Transformer,
  plan: LoraPlan | Attachment,
  draw: Draw,
  seed: number,
  training: Training = labTraining,
): FineTuning {
  const attached = ["view" in plan ? plan : attachLora(base.sizes, plan, mulberry32(seed))];
  return begin(kernels, {...base, attached}, draw, seed, training);
}

/** Trains every weight of a copy of the base, on the examples that `adapt` draws with this seed. */
export function fineTune(
  kernels: Kernels,
  base: Transformer,
  draw: Draw,
  seed: number,
  training: Training = labTraining,
): FineTuning {
  return begin(kernels, {...base, attached: []}, draw, seed, training);
}

function begin(kernels: Kernels, model: Transformer, draw: Draw, seed: number, training: Training): FineTuning {
  const decoder = placeTransformer(kernels, model);
  const examples = mulberry32(seed + 2 ** 31);
  return {decoder, model, snapshots: trainOnHeap(decoder, () => draw(BATCH_SIZE, examples), training)};
}

/** The model at a snapshot, in float64, for `forward`, `mergeAll` and the file writers. */
export function modelAt({model}: Pick<FineTuning, "model">, {params}: Pick<Snapshot, "params">): Transformer {
  const [attached] = model.attached;
  if (!attached) return {...model, weights: allocate(model.weights.layout, params)};
  return {...model, attached: [{...attached, params: allocate(attached.params.layout, params)}]};
}
