/** Measurements that others published, beside what the engine's formulas give for the same settings. */
import {checkpointedBytes} from "../../engine/memory/checkpointing.ts";
import {type Precision, trainingMemory, weightBytes} from "../../engine/memory/memory.ts";
import type {MatrixName} from "../../engine/memory/models.ts";
import {type LanguagePreset, modelOf, presetOf} from "./models.ts";

/** A row of content/practice/measured.json: a whole run, or the weights alone. */
export interface Measured {
  id: string;
  claim: string;
  preset: string;
  base: string;
  measured: number;
  unit: string;
  rank?: number;
  matrices?: string[];
  adapter?: string;
  batch?: number;
  tokens?: number;
}

const UNITS: Readonly<Record<string, number>> = {GiB: 2 ** 30, MB: 1e6};

/** Our count in the unit of the measurement. */
function countOf({preset, base, unit, rank, matrices, adapter, batch, tokens}: Measured): number {
  const model = modelOf(presetOf(preset) as LanguagePreset);
  const weights = base as Precision;
  const one = UNITS[unit]!;
  if (!rank || !matrices || !batch || !tokens) return weightBytes(model, weights) / one;
  const method = {kind: "lora", r: rank, matrices: matrices as MatrixName[]} as const;
  const rest = adapter as Precision;
  const {total} = trainingMemory(model, method, {
    optimizer: "adam",
    precision: {weights, gradients: rest, moments: rest},
  });
  return (total + checkpointedBytes(model, method, {batch, sequence: tokens, scores: "recomputed"})) / one;
}

export const compared = (rows: readonly Measured[]) => rows.map((row) => ({...row, ours: countOf(row)}));
