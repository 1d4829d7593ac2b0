/** Published measurements of memory beside our counts for the same settings, by the formulas of the engine. */

import measuredRuns from "../../content/practice/measured.json" with {type: "json"};
import {checkpointedBytes} from "../engine/memory/checkpointing.ts";
import {activationBytes, type Precision, trainingMemory, weightBytes} from "../engine/memory/memory.ts";
import type {MatrixName} from "../engine/memory/models.ts";
import {claim, printedSource} from "./claims.ts";
import {type LanguagePreset, modelOf, presetOf} from "./models.ts";

/** A row of content/practice/measured.json as far as it is used: a whole run, or the weights alone. */
export interface MeasuredRun {
  id: string;
  claim: string;
  preset: string;
  /** The precision of the base model's weights. */
  base: string;
  measured: number;
  unit: string;
  rank?: number;
  matrices?: string[];
  /** The precision of A and B, their gradients and the optimizer's moments. */
  adapter?: string;
  batch?: number;
  tokens?: number;
  /** The model's vocabulary, if it differs from its preset's. */
  vocabulary?: number;
  /** How many GPUs split all but the activations. */
  cards?: number;
  /** Whether gradient checkpointing was on. */
  checkpointing?: boolean;
}

/** The bytes of a unit. */
const UNIT_BYTES: Readonly<Record<string, number>> = {GiB: 2 ** 30, GB: 1e9, MB: 1e6};

/** Our count in the unit of the measurement. */
export function countOf(row: MeasuredRun): number {
  const {preset, base, unit, rank, matrices, adapter, batch, tokens, cards = 1, checkpointing} = row;
  const basePreset = presetOf(preset) as LanguagePreset;
  const model = modelOf({...basePreset, vocabulary: row.vocabulary ?? basePreset.vocabulary});
  const weights = base as Precision;
  const unitBytes = UNIT_BYTES[unit]!;
  if (!rank || !matrices || !batch || !tokens) return weightBytes(model, weights) / unitBytes;
  const method = {kind: "lora", r: rank, matrices: matrices as MatrixName[]} as const;
  const adapterPrecision = adapter as Precision;
  const {total} = trainingMemory(model, method, {
    optimizer: "adam",
    precision: {weights, gradients: adapterPrecision, moments: adapterPrecision},
  });
  const load = {batch, sequence: tokens, scores: "recomputed"} as const;
  const activations = checkpointing ? checkpointedBytes(model, method, load) : activationBytes(model, method, load);
  return (total / cards + activations) / unitBytes;
}

/** The rows, each with our count. */
export const withOurCounts = (rows: readonly MeasuredRun[]) => rows.map((row) => ({...row, ours: countOf(row)}));

/** Why a measurement and our count differ, by the measurement's id. */
const REASONS: Readonly<Record<string, string>> = {
  "torchtune-lora":
    "We count two dropout masks that Llama does not have, and torch.compile, which was on, keeps fewer values.",
  "torchtune-a6000":
    "The table does not say what differs from the row above. The run is faster, too, as it would be without checkpointing, so that is what we count here; torch.compile keeps fewer values.",
  "torchtune-qlora":
    "What we leave out matters more here: pieces of the scores over 128 thousand tokens, and the weights of one layer while they are unpacked to 16 bits.",
  "peft-fsdp":
    "FSDP gathers whole layers, and the next ones before they are needed; the guide does not list what else was in memory. If your GPUs split the base, leave a third free.",
  "qlora-base":
    "The authors may keep parts in 32 bits that we count in 16, such as the embedding. The paper does not say.",
};

/** The measurements with our counts, their scopes and sources, and why the two differ. */
export const measurements = withOurCounts(measuredRuns).map(({id, claim: claimId, ...rest}) => ({
  ...rest,
  id,
  scope: claim(claimId).scope,
  source: printedSource(claim(claimId)),
  why: REASONS[id] ?? "",
}));
