/** How the lab's base models are trained: from random weights, on an endless stream of data. */

import {placeTransformer} from "../kernels/decoder.ts";
import type {Kernels} from "../kernels/kernels.ts";
import {trainOnHeap} from "../kernels/training.ts";
import {mulberry32} from "../linalg/random.ts";
import {roundFp16} from "../memory/rounding.ts";
import {type Sizes, weightLayout} from "../network/architecture.ts";
import {allocate} from "../network/parameters.ts";
import type {Batch, Transformer} from "../network/transformer.ts";
import {initTransformer} from "../network/untrained.ts";
import {adamw} from "./optimizer.ts";
import {cosineDecay} from "./schedule.ts";
import {baseTasks, digitMachine, drawBatch} from "./tasks.ts";
import type {Snapshot, Training} from "./train.ts";

/** How both base models are trained: Adam without weight decay, 100 steps of warmup, cosine decay to 3 %, clipping at 1. */
export const baseTraining = {
  optimizer: adamw,
  rate: 3e-3,
  beta1: 0.9,
  beta2: 0.99,
  weightDecay: 0,
  clip: 1,
  schedule: cosineDecay(100, 0.03),
} satisfies Omit<Training, "steps">;

/** What to train, on what data, and for how long. */
export interface Recipe {
  sizes: Sizes;
  /** Draws B sequences, from the generator that has drawn the first weights. */
  draw(B: number, random: () => number): Batch;
  B: number;
  steps: number;
  seed: number;
}

/** Trains a model from scratch. The last snapshot's `params` are its weights, in the layout `weightLayout(sizes)`. */
export function pretrain(kernels: Kernels, {sizes, draw, B, steps, seed}: Recipe): Generator<Snapshot, void> {
  const random = mulberry32(seed);
  const decoder = placeTransformer(kernels, initTransformer(sizes, random));
  return trainOnHeap(decoder, () => draw(B, random), {...baseTraining, steps});
}

/** The digit machine: sequences of its five operations, mixed at random, 64 a step. */
export const digitRecipe = (seed: number, steps: number): Recipe => ({
  sizes: digitMachine,
  draw: (B, random) => drawBatch(Object.values(baseTasks), B, random),
  B: 64,
  steps,
  seed,
});

/**
 * Yields every snapshot of `pretrain` and returns the model as it reads from its file, with each weight rounded to half
 * precision. Releases its memory on the heap when it ends or is stopped.
 */
export function* makeBase(kernels: Kernels, recipe: Recipe): Generator<Snapshot, Transformer> {
  const start = kernels.heap.mark();
  try {
    let params: Float64Array | undefined;
    for (const snapshot of pretrain(kernels, recipe)) {
      ({params} = snapshot);
      yield snapshot;
    }
    const {values} = roundFp16(params as Float64Array);
    return {sizes: recipe.sizes, weights: allocate(weightLayout(recipe.sizes), values), attached: []};
  } finally {
    kernels.heap.release(start);
  }
}
