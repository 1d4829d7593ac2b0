/** The lab's experiments: what a model should learn, and a fine-tuning from its start to its score. */

import type {Decoder} from "../kernels/decoder.ts";
import type {Kernels} from "../kernels/kernels.ts";
import {logitsOf} from "../kernels/logits.ts";
import {mulberry32} from "../linalg/random.ts";
import type {LoraPlan} from "../lora/loras.ts";
import type {Target} from "../network/architecture.ts";
import type {Batch, Transformer} from "../network/transformer.ts";
import {adapt, type Draw, fineTune, labTraining} from "./adaptation.ts";
import {drawBatch, score, type Task} from "./tasks.ts";
import type {Snapshot, Training} from "./train.ts";
import {batchOf, drawWords} from "./words.ts";

/** What a model should learn, and a score of it on inputs that it was not trained on. */
export interface Lesson {
  draw: Draw;
  measure(decoder: Decoder): number;
}

/** The seed by which every lesson splits its list into words to train on and words held out. */
export const SPLIT_SEED = 1;

/** How many inputs a digit task is scored on, and the seed that draws them: they are the same in every trial. */
const SCORED_INPUTS = 1000;
const SCORED_INPUTS_SEED = 99_991;

/** A task for the digit machine, scored by the share of answers without a mistake. */
export function digitLesson(task: Task): Lesson & {scoredInputs: Batch} {
  const scoredInputs = drawBatch([task], SCORED_INPUTS, mulberry32(SCORED_INPUTS_SEED));
  return {
    scoredInputs,
    draw: (B, random) => drawBatch([task], B, random),
    measure: (decoder) => score(logitsOf(decoder)(scoredInputs.tokens, scoredInputs.B), scoredInputs).exact,
  };
}

/** Words for the word forge, scored by the loss on the held-out words in nats a letter. */
export function wordLesson({training, heldOut}: {training: readonly string[]; heldOut: readonly string[]}): Lesson {
  const heldOutBatch = batchOf(heldOut);
  return {draw: (B, random) => drawWords(training, B, random), measure: (decoder) => decoder.loss(heldOutBatch)};
}

/**
 * Fine-tunes by a plan, or all weights; yields every snapshot and returns the lesson's score at the end. Releases its
 * memory on the heap when it ends or is stopped, so a heap can run one trial at a time.
 */
export function* runTrial(
  kernels: Kernels,
  base: Transformer,
  {draw, measure}: Lesson,
  plan: LoraPlan | "full",
  seed: number,
  training: Training = labTraining,
): Generator<Snapshot, number> {
  const start = kernels.heap.mark();
  try {
    const {decoder, snapshots} =
      plan === "full"
        ? fineTune(kernels, base, draw, seed, training)
        : adapt(kernels, base, plan, draw, seed, training);
    yield* snapshots;
    return measure(decoder);
  } finally {
    kernels.heap.release(start);
  }
}

/** Rounds a result to six digits, as the files of results store it. */
export const toSixDigits = (result: number): number => Number(result.toPrecision(6));

/**
 * The seven choices of Table 5 of the paper. All train equally many parameters: rank r on one attention matrix a layer,
 * half of it on two, a quarter on four.
 */
export const CHOICES: readonly (readonly Target[])[] = [
  ["Wq"],
  ["Wk"],
  ["Wv"],
  ["Wo"],
  ["Wq", "Wk"],
  ["Wq", "Wv"],
  ["Wq", "Wk", "Wv", "Wo"],
];

/** A choice of attention matrices → its plan with the budget of rank r on one matrix. alpha / r is always 2. */
export function equalBudget(targets: readonly Target[], r: number): LoraPlan {
  return {targets, r: r / targets.length, alpha: (2 * r) / targets.length};
}
