/** How many parameters a square matrix and its A and B have, by width. No DOM. */
import counts from "../../../content/paper/counts.json" with {type: "json"};
import models from "../../../content/paper/models.json" with {type: "json"};
import {fullCount, loraCount} from "../../engine/lora/counts.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

const gpt3 = models.dimensions.find(({model}) => model === "GPT-3 175B")!;

/** The two models at the ends of the slider. */
export const FORGE = {width: 32, layers: 2, parameterCount: 26_848};
export const GPT3 = {width: gpt3.dModel, layers: gpt3.layers, parameterCount: counts.FT.value * 1e6};
const MAX_RANK = 64;

/** How many matrices of a layer have A and B, by choice. */
const MATRICES = {q: 1, v: 1, qv: 2, qkvo: 4};

export const controls = {
  width: range(["Width"], {min: FORGE.width, max: GPT3.width, step: FORGE.width, value: GPT3.width}),
  r: range(["Rank ", symbol.r], {min: 1, max: MAX_RANK, value: 4}),
  matrices: choice(["LoRA on"], {q: "Wq", v: "Wv", qv: "Wq, Wv", qkvo: "Wq, Wk, Wv, Wo"}, "qv", true),
};
export type GrowthParams = Params<typeof controls>;

/** A whole model with A and B on some of its matrices. */
interface AdaptedModel {
  isForge: boolean;
  /** How many matrices have A and B, and the parameters of these. */
  adaptedMatrices: number;
  trainedParameters: number;
  /** All parameters of the model without A and B. */
  parameterCount: number;
}

/** What the figure shows. */
export interface GrowthResult {
  /** Weights of the square matrix, and parameters of its A and B. */
  squareCount: number;
  pairCount: number;
  /** Both counts as multiples of those at the forge's width. */
  squareGrowth: number;
  pairGrowth: number;
  /** Undefined between the two ends of the slider, where there is no model. */
  model?: AdaptedModel;
}

/** A rank is no larger than the matrix. */
export const bounds = ({width}: GrowthParams) => ({r: [1, Math.min(width, MAX_RANK)]}) as const;

/** The forge or GPT-3, with its adapter; undefined at other widths. */
function modelOf({width, r, matrices}: GrowthParams): AdaptedModel | undefined {
  const model = [FORGE, GPT3].find((one) => one.width === width);
  if (!model) return;
  const adaptedMatrices = model.layers * MATRICES[matrices];
  return {
    isForge: model === FORGE,
    adaptedMatrices,
    trainedParameters: adaptedMatrices * loraCount(width, width, r),
    parameterCount: model.parameterCount,
  };
}

export function compute(params: GrowthParams): GrowthResult {
  const {width, r} = params;
  const [squareCount, pairCount] = [fullCount(width, width), loraCount(width, width, r)];
  return {
    squareCount,
    pairCount,
    squareGrowth: squareCount / fullCount(FORGE.width, FORGE.width),
    pairGrowth: pairCount / loraCount(FORGE.width, FORGE.width, r),
    model: modelOf(params),
  };
}
