/** How the lab fine-tunes: a LoRA on a frozen base model, on the kernels. */
import {type Decoder, placeTransformer} from "./kernels/decoder.ts";
import type {Kernels} from "./kernels/kernels.ts";
import {trainOnHeap} from "./kernels/training.ts";
import {attachLora, type LoraPlan} from "./loras.ts";
import {adamw} from "./optimizer.ts";
import {mulberry32} from "./random.ts";
import {linearDecay} from "./schedule.ts";
import type {Snapshot, Training} from "./train.ts";
import type {Batch, Transformer} from "./transformer.ts";

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

/** A LoRA being trained. */
export interface Adapting {
  /** The base with the LoRA on the heap; its `params` are the LoRA's numbers, present at every snapshot. */
  decoder: Decoder;
  /** The base and the LoRA as it began, in float64: write a snapshot's `params` to `attached[0].params.flat`. */
  model: Transformer;
  snapshots: Generator<Snapshot, void>;
}

/**
 * Attaches a LoRA to the base and trains it: steps + 1 snapshots, the first before any step. The seed decides both its
 * first A and the examples, by two generators half a period apart: with one seed, plans of any kind see the same
 * examples. `draw` gives B of them. Throws what `attachLora`, `placeTransformer` and `train` throw.
 */
export function adapt(
  kernels: Kernels,
  base: Transformer,
  plan: LoraPlan,
  draw: (B: number, random: () => number) => Batch,
  seed: number,
  training: Training = adaptation,
): Adapting {
  const model = {...base, attached: [attachLora(base.sizes, plan, mulberry32(seed))]};
  const decoder = placeTransformer(kernels, model);
  const examples = mulberry32(seed + 2 ** 31);
  return {decoder, model, snapshots: trainOnHeap(decoder, () => draw(BATCH, examples), training)};
}
