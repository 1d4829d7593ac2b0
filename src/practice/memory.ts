/** The GPU memory of a run, by the engine's formulas, and whether it fits. */
import {checkpointedBytes, scoreBytes} from "../engine/memory/checkpointing.ts";
import {bytes, MOMENTS, type Precision, trainingMemory} from "../engine/memory/memory.ts";
import {matricesOf} from "../engine/memory/models.ts";
import type {Case} from "./cases.ts";
import {adapterParameters, type LanguagePreset, modelOf} from "./models.ts";
import {loraSettings, rankFor} from "./settings.ts";

/** Bytes on one GPU by what they store, with the whole base on it. */
export interface MemoryUse {
  weights: number;
  adapter: number;
  gradients: number;
  moments: number;
  /** Activations with checkpointing and without stored attention scores; undefined for images, for which we have no formula. */
  activations?: number;
  /** The logits; 0 where they are computed in pieces, as TRL does for imitation. */
  logits: number;
  /** The logits if they were computed in one piece. */
  wholeLogits: number;
  /** Keys and values of the answers that a GPU writes at once, before it learns from them. */
  answers: number;
  /** All but the activations, logits and answers: what several GPUs can split among them. */
  split: number;
  /** The most that the GPU holds at a time. */
  total: number;
  /** Trained parameters. */
  trained: number;
  /** Bytes of the adapter's file in 32 bits. */
  file: number;
}

/**
 * The precision of the adapter, its gradients and moments. PEFT makes it in 32 bits; TRL returns it to 16 on a quantized base, and
 * the scripts for images keep the 16 bits of their base: claims memory-precision, memory-quantized and memory-images.
 */
const adapterPrecision = ({preset, base}: Case): Precision =>
  preset.kind === "images" || base !== "bf16" ? "bf16" : "fp32";

/** Sequences that go through the model at once on a GPU; a preference has two. */
const sequencesOf = ({task, micro}: Case) => (task === "preference" ? 2 * micro : micro);

/** Keys and values, in 16 bits, of the answers that a GPU writes at once: TRL writes those of a whole step together. */
function answerBytes({layers, keyValueWidth}: LanguagePreset, {tokens}: Case, answerCount: number): number {
  return bytes(2 * layers * keyValueWidth * tokens * answerCount, "bf16");
}

/**
 * The memory of a case, with the whole base on each GPU. Not counted: buffers of kernels, fragmentation, the questions in
 * reinforcement learning, text encoders and decoders of image models.
 */
export function memoryUse(run: Case): MemoryUse {
  const {preset, base, tokens, task} = run;
  const r = rankFor(run);
  const trained = adapterParameters(preset, r);
  const file = bytes(trained, "fp32");
  const trainedPrecision = adapterPrecision(run);
  if (preset.kind === "images") {
    const weights = bytes(preset.parameters, base);
    const adapter = bytes(trained, trainedPrecision);
    const moments = MOMENTS.adam * adapter;
    const split = weights + 2 * adapter + moments;
    const parts = {weights, adapter, gradients: adapter, moments, logits: 0, wholeLogits: 0, answers: 0};
    return {...parts, split, total: split, trained, file};
  }
  const model = modelOf(preset);
  const method = {kind: "lora", r, matrices: matricesOf(model)} as const;
  const precision = {weights: base, gradients: trainedPrecision, moments: trainedPrecision} as const;
  const memory = trainingMemory(model, method, {optimizer: "adam", precision});
  const {weights, added: adapter, gradients, moments, total: split} = memory;
  const {micro, accumulate} = loraSettings(run);
  const load = {batch: sequencesOf(run), sequence: tokens};
  const activations = checkpointedBytes(model, method, {...load, scores: "recomputed"});
  const wholeLogits = scoreBytes(preset.vocabulary, load);
  const logits = task === "imitation" ? 0 : wholeLogits;
  const answers = task === "rl" ? answerBytes(preset, run, micro * accumulate) : 0;
  const total = split + Math.max(activations + logits, answers);
  return {
    weights,
    adapter,
    gradients,
    moments,
    activations,
    logits,
    wholeLogits,
    answers,
    split,
    total,
    trained,
    file,
  };
}

/** Bytes in a gigabyte, as makers of GPUs and the paper count. */
export const GB = 1e9;
/** The share of a GPU that we leave free for what is not counted. QLoRA's 4-bit base was nearly a third larger than our count. */
export const freeShare = ({base}: Case): number => (base === "bf16" ? 0.1 : 0.15);

/** Whether a run fits: on each GPU, barely, only if the GPUs split the base, or not at all. */
export type Fit = "fits" | "tight" | "split" | "no";

/** The bytes on each GPU if they split what they can. */
export const bytesWhenSplit = ({cards}: Case, {split, total}: MemoryUse): number => split / cards + (total - split);

/** The bytes of a GPU that are free for the run. */
export const roomOf = (run: Case): number => (1 - freeShare(run)) * run.card * GB;

/** Whether several GPUs could split the base. PEFT and Axolotl have configurations for 16 and 4 bits; for 8 bits we found none. */
export const canBeSplit = ({cards, base, task}: Case): boolean => cards > 1 && base !== "int8" && task !== "images";

const fitsSplit = (run: Case, use: MemoryUse): boolean => canBeSplit(run) && bytesWhenSplit(run, use) <= roomOf(run);

/** Whether a case fits, and how. */
export function fitOf(run: Case, use: MemoryUse): Fit {
  if (use.total <= roomOf(run)) return "fits";
  if (fitsSplit(run, use)) return "split";
  return use.total <= run.card * GB ? "tight" : "no";
}

/** Whether shorter examples could make it fit: all that does not depend on their length has room. */
export const wouldFitShorter = (run: Case, {split}: MemoryUse): boolean =>
  (canBeSplit(run) ? split / run.cards : split) <= roomOf(run);

/** Whether the scripts split the base, which they also do if a GPU could barely hold all of it. */
export const isSplit = (run: Case, use: MemoryUse): boolean => fitOf(run, use) === "split";

/** How many sequences a GPU has room for at once, as a power of two that divides the sequences of a step on one GPU. */
export function maxSequences(run: Case, use: MemoryUse): number {
  const {activations, logits, split} = use;
  const {micro, accumulate} = loraSettings(run);
  if (!activations || fitOf(run, use) === "no") return 1;
  const baseBytes = isSplit(run, use) ? split / run.cards : split;
  const bytesEach = (activations + logits) / micro;
  let n = 1;
  while ((micro * accumulate) % (2 * n) === 0 && baseBytes + 2 * n * bytesEach <= roomOf(run)) n *= 2;
  return n;
}
