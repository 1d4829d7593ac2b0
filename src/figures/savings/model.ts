/** The sizes of a matrix and of B and A: the controls, and what the figure counts. */
import models from "../../../content/paper/models.json" with {type: "json"};
import {breakEvenRank, fullCount, loraCount, reduction} from "../../engine/lora/counts.ts";
import {choice, type Params, size} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

const MAX_SIDE = 65_536;
const width = (name: string): number => models.dimensions.find(({model}) => model === name)!.dModel;
const gpt3 = width("GPT-3 175B");

/** Shapes of real matrices: the paper's models, and Llama 2 7B (Touvron et al. 2023). */
const presetShapes: Readonly<Record<string, {d: number; k: number} | undefined>> = {
  gpt3: {d: gpt3, k: gpt3},
  gpt2m: {d: width("GPT-2 medium"), k: width("GPT-2 medium")},
  roberta: {d: width("RoBERTa-base"), k: width("RoBERTa-base")},
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
  r: size(["Rank ", symbol.r], {min: 1, max: MAX_SIDE, value: 4}),
  d: size(["Rows ", symbol.d], {min: 1, max: MAX_SIDE, value: gpt3}),
  k: size(["Columns ", symbol.k], {min: 1, max: MAX_SIDE, value: gpt3}),
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
export function bounds({preset, d, k}: SavingsParams) {
  const shape = presetShapes[preset];
  const most = Math.min(shape?.d ?? d, shape?.k ?? k);
  return {...(shape ? {d: [shape.d, shape.d], k: [shape.k, shape.k]} : {}), r: [1, most]} as Record<
    string,
    readonly [number, number]
  >;
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
