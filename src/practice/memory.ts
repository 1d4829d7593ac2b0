/** Where the memory of a run goes, by the engine's formulas. */
import {checkpointedBytes, scoreBytes} from "../engine/memory/checkpointing.ts";
import {bytes, MOMENTS, type Precision, trainingMemory} from "../engine/memory/memory.ts";
import {matricesOf} from "../engine/memory/models.ts";
import type {Case} from "./cases.ts";
import {adapterParameters, type LanguagePreset, modelOf} from "./models.ts";
import {loraSettings, rankFor} from "./settings.ts";

/** Bytes on one card by what they store. */
export interface Racks {
  weights: number;
  adapter: number;
  gradients: number;
  moments: number;
  /** Activations with checkpointing and without stored attention scores; undefined for images, for which we have no formula. */
  activations?: number;
  /** The logits, scores over the vocabulary: 0 where they are computed in pieces, as TRL does for imitation. */
  logits: number;
  /** What the logits would take in one piece. */
  wholeLogits: number;
  /** Keys and values of the answers that a card writes at once, before it learns from them. */
  answers: number;
  /** Without activations: what several cards can split among them. */
  split: number;
  /** On one card at its fullest. */
  total: number;
  trained: number;
  /** Bytes of the adapter's file in 32 bits. */
  file: number;
}

/**
 * The adapter with its gradients and moments. PEFT makes it in 32 bits; TRL puts it back to 16 on a quantized base, and the
 * scripts for images keep the 16 bits of their base: claims memory-precision, memory-quantized and memory-images.
 */
export const adapterPrecision = ({preset, base}: Case): Precision =>
  preset.kind === "images" || base !== "bf16" ? "bf16" : "fp32";

/** Sequences that go through the model at once on a card: two for a preference. */
const sequencesOf = ({task, micro}: Case) => (task === "preference" ? 2 * micro : micro);

/** Keys and values in 16 bits of all answers that a card writes at once: TRL writes a whole step's answers together. */
function answerBytes({layers, keyValueWidth}: LanguagePreset, {tokens}: Case, written: number): number {
  return bytes(2 * layers * keyValueWidth * tokens * written, "bf16");
}

/**
 * The racks of a case, with the whole base on each card. Not counted: buffers of kernels, fragmentation, the questions in
 * reinforcement learning, text encoders and decoders of image models.
 */
export function memory(one: Case): Racks {
  const {preset, base, tokens, task} = one;
  const r = rankFor(one);
  const trained = adapterParameters(preset, r);
  const file = bytes(trained, "fp32");
  const own = adapterPrecision(one);
  if (preset.kind === "images") {
    const weights = bytes(preset.parameters, base);
    const adapter = bytes(trained, own);
    const moments = MOMENTS.adam * adapter;
    const split = weights + 2 * adapter + moments;
    const racks = {weights, adapter, gradients: adapter, moments, logits: 0, wholeLogits: 0, answers: 0};
    return {...racks, split, total: split, trained, file};
  }
  const model = modelOf(preset);
  const method = {kind: "lora", r, matrices: matricesOf(model)} as const;
  const precision = {weights: base, gradients: own, moments: own} as const;
  const counted = trainingMemory(model, method, {optimizer: "adam", precision});
  const {weights, added: adapter, gradients, moments, total: split} = counted;
  const {micro, accumulate} = loraSettings(one);
  const load = {batch: sequencesOf(one), sequence: tokens};
  const activations = checkpointedBytes(model, method, {...load, scores: "recomputed"});
  const wholeLogits = scoreBytes(preset.vocabulary, load);
  const logits = task === "imitation" ? 0 : wholeLogits;
  const answers = task === "rl" ? answerBytes(preset, one, micro * accumulate) : 0;
  const total = split + Math.max(activations + logits, answers);
  return {
    ...{weights, adapter, gradients, moments, activations, logits, wholeLogits, answers},
    ...{split, total, trained, file},
  };
}

/** Bytes in a gigabyte, as the makers of cards and the paper count. */
export const GB = 1e9;
/** The share of a card that we leave for all that is not counted. QLoRA's 4-bit base was nearly a third larger than our count. */
export const leftFree = ({base}: Case): number => (base === "bf16" ? 0.1 : 0.15);

/** Whether it fits: on each card, barely, only when the cards split the base among them, or not at all. */
export type Fit = "fits" | "tight" | "split" | "no";

/** What each card holds when they split all but the activations. */
export const eachOf = ({cards}: Case, {split, total}: Racks): number => split / cards + (total - split);

/** What a card has for the run. */
export const roomOf = (one: Case): number => (1 - leftFree(one)) * one.card * GB;

/**
 * Whether there are cards that can split the base: one of 16 or 4 bits, for which PEFT and Axolotl have files. For one of 8
 * bits we found none.
 */
export const hasSharers = ({cards, base, task}: Case): boolean => cards > 1 && base !== "int8" && task !== "images";

const canSplit = (one: Case, racks: Racks): boolean => hasSharers(one) && eachOf(one, racks) <= roomOf(one);

export function fitOf(one: Case, racks: Racks): Fit {
  if (racks.total <= roomOf(one)) return "fits";
  if (canSplit(one, racks)) return "split";
  return racks.total <= one.card * GB ? "tight" : "no";
}

/** Whether shorter examples would make it fit: where all that does not depend on their length has room. */
export const wouldFitShorter = (one: Case, {split}: Racks): boolean =>
  (hasSharers(one) ? split / one.cards : split) <= roomOf(one);

/** Whether the scripts split the base: also when a card can barely hold the whole of it. */
export const isSplit = (one: Case, racks: Racks): boolean => fitOf(one, racks) === "split";

/** Sequences that there is room for on a card at once: a power of two that goes into what a step of one card sums up. */
export function atOnce(one: Case, racks: Racks): number {
  const {activations, logits, split} = racks;
  const {micro, accumulate} = loraSettings(one);
  if (!activations || fitOf(one, racks) === "no") return 1;
  const held = isSplit(one, racks) ? split / one.cards : split;
  const each = (activations + logits) / micro;
  let n = 1;
  while ((micro * accumulate) % (2 * n) === 0 && held + 2 * n * each <= roomOf(one)) n *= 2;
  return n;
}
