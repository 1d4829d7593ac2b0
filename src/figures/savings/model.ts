/** The sizes of a matrix and of its B and A: what a reader sets, and what the figure counts. */
import models from "../../../content/paper/models.json" with {type: "json"};
import {breakEvenRank, fullCount, loraCount, reduction} from "../../engine/lora/counts.ts";
import {choice, type Params, typedNumber} from "../../figure/controls.ts";
import type {Bounds} from "../../figure/parse.ts";
import {symbol} from "../../figure/symbols.ts";

const MAX_SIDE = 65_536;
/** The side of the square attention matrices of one of the paper's models. */
const sideOf = (name: string): number => models.dimensions.find(({model}) => model === name)!.dModel;
const gpt3 = sideOf("GPT-3 175B");
const gpt2Medium = sideOf("GPT-2 medium");
const roberta = sideOf("RoBERTa-base");

/** Shapes of real matrices: the paper's models, and Llama 2 7B (Touvron et al. 2023). */
const presetShapes: Readonly<Record<string, {d: number; k: number} | undefined>> = {
  gpt3: {d: gpt3, k: gpt3},
  gpt2m: {d: gpt2Medium, k: gpt2Medium},
  roberta: {d: roberta, k: roberta},
  llama7b: {d: 4096, k: 4096},
  "llama7b-mlp": {d: 11_008, k: 4096},
};

export const controls = {
  preset: choice(
    ["Matrix"],
    {
      gpt3: "GPT-3",
      gpt2m: "GPT-2 medium",
      roberta: "RoBERTa base",
      llama7b: "Llama 2 7B",
      "llama7b-mlp": "Llama 2 7B, MLP",
      custom: "Custom",
    },
    "gpt3",
  ),
  r: typedNumber(["Rank ", symbol.r], {min: 1, max: MAX_SIDE, value: 4}),
  d: typedNumber(["Rows ", symbol.d], {min: 1, max: MAX_SIDE, value: gpt3}),
  k: typedNumber(["Columns ", symbol.k], {min: 1, max: MAX_SIDE, value: gpt3}),
};
export type SavingsParams = Params<typeof controls>;

export interface SavingsResult {
  d: number;
  k: number;
  /** Parameters of the full update, of B and A together, and of each. */
  full: number;
  lora: number;
  B: number;
  A: number;
  /** full / lora. */
  fewer: number;
  /** The rank at which B and A are as large as the matrix. */
  breakEven: number;
}

/** A named matrix fixes d and k; r is at most min(d, k). */
export function bounds({preset, d, k}: SavingsParams): Bounds {
  const shape = presetShapes[preset];
  if (!shape) return {r: [1, Math.min(d, k)]};
  return {d: [shape.d, shape.d], k: [shape.k, shape.k], r: [1, Math.min(shape.d, shape.k)]};
}

export const compute = ({d, k, r}: SavingsParams): SavingsResult => ({
  d,
  k,
  full: fullCount(d, k),
  lora: loraCount(d, k, r),
  B: fullCount(d, r),
  A: fullCount(r, k),
  fewer: reduction(d, k, r),
  breakEven: breakEvenRank(d, k),
});
