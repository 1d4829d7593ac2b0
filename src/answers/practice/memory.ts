/** Where the memory of a run goes, by the engine's formulas. */
import {checkpointedBytes, scoreBytes} from "../../engine/memory/checkpointing.ts";
import {activationBytes, bytes, MOMENTS, trainingMemory} from "../../engine/memory/memory.ts";
import {matricesOf} from "../../engine/memory/models.ts";
import type {Case} from "./cases.ts";
import {adapterParameters, modelOf} from "./models.ts";
import {rankOf, settingsOf} from "./settings.ts";

/** Bytes on one card by what they store. */
export interface Racks {
  weights: number;
  adapter: number;
  gradients: number;
  moments: number;
  /** Activations, three ways; undefined for images, for which we have no formula. */
  activations?: {stored: number; fused: number; checkpointed: number};
  /** Scores over the vocabulary: none where they are computed in pieces. */
  scores: number;
  /** Without activations: what several cards can split among them. */
  split: number;
  /** On one card, with checkpointing and without stored attention scores. */
  total: number;
  trained: number;
  /** Bytes of the adapter's file in 32 bits, as it is trained. */
  file: number;
}

/** The adapter and its gradients and moments are in 32 bits: claim memory-precision. */
const ADAPTER = "fp32";

/** Sequences that go through the model at once on a card: two for a preference. */
const sequencesOf = ({task}: Case, micro: number) => (task === "preference" ? 2 * micro : micro);

/**
 * The racks of a case, with the whole base on each card. Not counted: buffers of kernels, fragmentation, the answers that
 * reinforcement learning generates, text encoders and decoders of image models.
 */
export function memory(one: Case): Racks {
  const {preset, base, tokens, task} = one;
  const r = rankOf(one);
  const trained = adapterParameters(preset, r);
  const file = bytes(trained, ADAPTER);
  const own = {adapter: file, gradients: file, moments: MOMENTS.adam * file, trained, file};
  if (preset.kind === "images") {
    const weights = bytes(preset.parameters, base);
    const split = weights + own.adapter + own.gradients + own.moments;
    return {...own, weights, scores: 0, split, total: split};
  }
  const model = modelOf(preset);
  const method = {kind: "lora", r, matrices: matricesOf(model)} as const;
  const precision = {weights: base, gradients: ADAPTER, moments: ADAPTER} as const;
  const {
    weights,
    added,
    gradients,
    moments,
    total: split,
  } = trainingMemory(model, method, {optimizer: "adam", precision});
  const load = {batch: sequencesOf(one, settingsOf(one).micro), sequence: tokens};
  const activations = {
    stored: activationBytes(model, method, {...load, scores: "stored"}),
    fused: activationBytes(model, method, {...load, scores: "recomputed"}),
    checkpointed: checkpointedBytes(model, method, {...load, scores: "recomputed"}),
  };
  const scores = task === "imitation" ? 0 : scoreBytes(preset.vocabulary, load);
  const total = split + activations.checkpointed + scores;
  return {...own, weights, adapter: added, gradients, moments, activations, scores, split, total};
}

/** Bytes in a gigabyte, as the makers of cards and the paper count. */
export const GB = 1e9;
/** What we leave of a card for all that is not counted. */
const ROOM = 0.9;

/** Whether it fits: on each card, barely, only when the cards split the base among them, or not at all. */
export type Fit = "fits" | "tight" | "split" | "no";

export function fitOf(one: Case, racks: Racks): Fit {
  const card = one.card * GB;
  if (racks.total <= ROOM * card) return "fits";
  const each = racks.split / one.cards + (racks.total - racks.split);
  if (one.cards > 1 && each <= ROOM * card) return "split";
  return racks.total <= card ? "tight" : "no";
}
