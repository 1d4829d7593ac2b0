import {similarityGrid} from "../../engine/analysis/subspace.ts";
import {fromRows, type Matrix, matmulTA, scale} from "../../engine/linalg/matrix.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {countLora, fullCount, loraCount} from "../../engine/lora/counts.ts";
import {deltaWeight, type Lora, scaling} from "../../engine/lora/lora.ts";
import {type MatrixName, matrixShapes, modelNamed} from "../../engine/memory/models.ts";
import {linear} from "../../engine/network/layers/linear.ts";
import {loraLinear} from "../../engine/network/layers/lora.ts";
import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {adapters, forwardExample} from "./examples.ts";
import {allSymbols} from "./symbolMeanings.ts";

const LISTINGS = ["pytorch", "peft", "engine"];

export const MATRIX_CHOICES: Readonly<Record<string, readonly MatrixName[]>> = {
  q: ["Wq"],
  v: ["Wv"],
  qv: ["Wq", "Wv"],
  qkvo: ["Wq", "Wk", "Wv", "Wo"],
};

const only = (...which: string[]) => ({when: {which}});

export const controls = {
  which: choice(
    ["Formula"],
    {
      objective: "Objective",
      "lora-objective": "LoRA objective",
      forward: "Forward pass",
      count: "Count",
      similarity: "Similarity",
    },
    "forward",
  ),
  model: {
    ...choice(
      ["Model"],
      {
        "roberta-base": "RoBERTa-base",
        "gpt2-medium": "GPT-2 medium",
        "llama2-7b": "Llama 2 7B",
        gpt3: "GPT-3 175B",
      },
      "gpt3",
    ),
    ...only("count"),
  },
  matrices: {
    ...choice(["LoRA on"], {q: "Wq", v: "Wv", qv: "Wq, Wv", qkvo: "Wq, Wk, Wv, Wo"}, "qv"),
    ...only("count"),
  },
  r: {...range(["Rank ", symbol.r], {min: 1, max: 64, value: 1}), ...only("forward", "count")},
  alpha: {
    ...range(["Constant ", symbol.alpha], {min: 1, max: 8, value: 2}),
    ...only("forward"),
  },
  i: {
    ...range(["Directions ", {symbol: "i", text: "i"}], {min: 1, max: adapters.A8.rows, value: 1}),
    ...only("similarity"),
  },
  j: {
    ...range(["Directions ", {symbol: "j", text: "j"}], {min: 1, max: adapters.A64.rows, value: 2}),
    ...only("similarity"),
  },
  symbol: hidden(["Symbol"], 20, (text) =>
    allSymbols.has(text) ? undefined : `No formula has a symbol named ${text.slice(0, 20)}.`,
  ),
  code: hidden(["Code"], 20, (text) =>
    LISTINGS.includes(text)
      ? undefined
      : `There is no code named ${text.slice(0, 20)}; there are ${LISTINGS.join(", ")}.`,
  ),
};
export type FormulaParams = Params<typeof controls>;

/** The small example bounds the rank; the models of the count do not. */
export const bounds = ({which}: FormulaParams): Record<string, readonly [number, number]> =>
  which === "forward" ? {r: [1, forwardExample.x.cols]} : {};

/** Either objective: it has symbols and no example here. The figure `objective` shows what it sums. */
export interface Objective {
  kind: "objective" | "lora-objective";
}

export interface ForwardPass extends Lora {
  kind: "forward";
  W0: Matrix;
  x: Matrix;
  scaling: number;
  delta: Matrix;
  base: Matrix;
  update: Matrix;
  h: Matrix;
}

export interface CountResult {
  kind: "count";
  model: string;
  names: readonly MatrixName[];
  layers: number;
  matrices: number;
  width: number;
  total: number;
  perMatrix: number;
  full: number;
}

export interface SimilarityResult {
  kind: "similarity";
  A8: Matrix;
  A64: Matrix;
  /** U₈ⁱᵀ·U₆₄ʲ (i,j) and the sum of its squares. */
  cross: Matrix;
  squares: number;
  phi: number;
  grid: Matrix;
}

export type FormulaResult = Objective | ForwardPass | CountResult | SimilarityResult;

function forwardPass({r, alpha}: FormulaParams): ForwardPass {
  const {W0, x} = forwardExample;
  const A = fromRows(forwardExample.A.slice(0, r));
  const B = fromRows(forwardExample.B.map((row) => row.slice(0, r)));
  const lora = {A, B, alpha, r};
  const {h, us} = loraLinear(x, W0, [lora]);
  const update = scale(linear(us[0], B), scaling(lora));
  const delta = deltaWeight(lora);
  return {kind: "forward", ...lora, W0, x, scaling: scaling(lora), delta, base: linear(x, W0), update, h};
}

function countOf({model: name, matrices, r}: FormulaParams): CountResult {
  const model = modelNamed(controls.model.options[name]);
  const shapes = matrixShapes(model, MATRIX_CHOICES[matrices]);
  const {dModel, layers} = model;
  return {
    kind: "count",
    model: model.name,
    names: MATRIX_CHOICES[matrices],
    layers,
    matrices: shapes.reduce((sum, {copies = 1}) => sum + copies, 0),
    width: dModel,
    total: countLora(shapes, r),
    perMatrix: loraCount(dModel, dModel, r),
    full: fullCount(dModel, dModel),
  };
}

function similarity({i, j}: FormulaParams): SimilarityResult {
  const {A8, A64} = adapters;
  const all = matmulTA(svd(A8).v, svd(A64).v);
  const cross = fromRows(
    Array.from({length: i}, (_, row) => [...all.data.subarray(row * all.cols, row * all.cols + j)]),
  );
  const squares = cross.data.reduce((sum, one) => sum + one * one, 0);
  const grid = similarityGrid(A8, A64);
  return {kind: "similarity", A8, A64, cross, squares, grid, phi: grid.data[(i - 1) * grid.cols + j - 1]};
}

export function compute(params: FormulaParams): FormulaResult {
  if (params.which === "forward") return forwardPass(params);
  if (params.which === "count") return countOf(params);
  return params.which === "similarity" ? similarity(params) : {kind: params.which};
}
