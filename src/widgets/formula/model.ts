import {countLora, fullCount, loraCount} from "../../engine/counts.ts";
import {crossEntropy} from "../../engine/layers/crossentropy.ts";
import {linear} from "../../engine/layers/linear.ts";
import {loraLinear} from "../../engine/layers/lora.ts";
import {deltaWeight, type Lora, scaling} from "../../engine/lora.ts";
import {fromRows, type Matrix, matmulTA, scale, subtract} from "../../engine/matrix.ts";
import {type MatrixName, matrixShapes, modelNamed} from "../../engine/models.ts";
import {firstColumns, similarityGrid, subspaceSimilarity} from "../../engine/subspace.ts";
import {svd} from "../../engine/svd.ts";
import {choice, hidden, type Params, range} from "../controls.ts";
import {sign} from "../signs.ts";
import {allSymbols} from "./formulas.ts";
import {adapters, fullRun, layer, loraRun, MOST_STEPS, PHI0, phi0, places, seen, targets} from "./toys.ts";

const LISTINGS = ["pytorch", "peft", "engine"];

export const MATRICES: Readonly<Record<string, readonly MatrixName[]>> = {
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
  r: {...range(["Rank ", sign.r], {min: 1, max: 64, value: 1}), ...only("lora-objective", "forward", "count")},
  alpha: {
    ...range(["Scale ", {symbol: "alpha", text: "α"}], {min: 1, max: 8, value: 2}),
    ...only("lora-objective", "forward"),
  },
  step: {...range(["Training steps"], {min: 0, max: MOST_STEPS, value: 8}), ...only("objective", "lora-objective")},
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
      : `The code is in ${LISTINGS.join(", ")}; ${text.slice(0, 20)} is none of them.`,
  ),
};
export type FormulaParams = Params<typeof controls>;

/** The toy layers end the rank; one of the paper's models has room for every rank of the track. */
export const bounds = ({which}: FormulaParams): Record<string, readonly [number, number]> =>
  which === "forward" ? {r: [1, layer.x.cols]} : which === "lora-objective" ? {r: [1, PHI0.cols - 1]} : {};

/** Objective: log P of each place before and after training. */
export interface Tuned {
  kind: "objective" | "lora-objective";
  before: readonly number[];
  after: readonly number[];
  /** Sums of those. */
  start: number;
  sum: number;
  /** The mean of −log P, which training minimizes. */
  loss: number;
  /** Numbers of Φ₀, and those that train. */
  frozen: number;
  trained: number;
  /** The largest change of a number of Φ₀. */
  moved: number;
}

export interface Passed extends Lora {
  kind: "forward";
  W0: Matrix;
  x: Matrix;
  scaling: number;
  delta: Matrix;
  base: Matrix;
  update: Matrix;
  h: Matrix;
}

export interface Counted {
  kind: "count";
  model: string;
  names: readonly MatrixName[];
  layers: number;
  matrices: number;
  width: number;
  total: number;
  perMatrix: number;
  full: number;
  /** What rank 4 on W_q and W_v of the same model takes. */
  budget: number;
}

export interface Compared {
  kind: "similarity";
  A8: Matrix;
  A64: Matrix;
  /** U₈ⁱᵀ·U₆₄ʲ (i,j) and the sum of its squares. */
  cross: Matrix;
  squares: number;
  phi: number;
  grid: Matrix;
}

export type FormulaResult = Tuned | Passed | Counted | Compared;

/** log P of every place and the mean of their negatives, from logits (N,V). */
function scored(logits: Matrix) {
  const {loss, counted} = crossEntropy(logits, targets);
  const rows = places.map((_, n) => {
    const row = logits.data.subarray(n * logits.cols, (n + 1) * logits.cols);
    return -crossEntropy({rows: 1, cols: logits.cols, data: row}, targets.subarray(n, n + 1)).loss;
  });
  return {loss, sum: -loss * counted, rows};
}

const largest = ({data}: Matrix): number => data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

function tuned({which, step, r, alpha}: FormulaParams): Tuned {
  const isLora = which === "lora-objective";
  const lora = isLora ? loraRun(r, alpha)[step] : undefined;
  // What the objective is computed with, after the run: in LoRA the very matrix that every step was given.
  const Phi = lora ? PHI0 : fullRun()[step];
  const pretrained = phi0();
  const before = scored(linear(seen, pretrained));
  const after = scored(loraLinear(seen, Phi, lora ? [lora] : []).h);
  return {
    kind: isLora ? "lora-objective" : "objective",
    before: before.rows,
    after: after.rows,
    start: before.sum,
    sum: after.sum,
    loss: after.loss,
    frozen: fullCount(PHI0.rows, PHI0.cols),
    trained: lora ? loraCount(PHI0.rows, PHI0.cols, r) : fullCount(Phi.rows, Phi.cols),
    moved: largest(subtract(Phi, pretrained)),
  };
}

function passed({r, alpha}: FormulaParams): Passed {
  const {W0, x} = layer;
  const A = fromRows(layer.A.slice(0, r));
  const B = fromRows(layer.B.map((row) => row.slice(0, r)));
  const lora = {A, B, alpha, r};
  const {h, us} = loraLinear(x, W0, [lora]);
  const update = scale(linear(us[0], B), scaling(lora));
  const delta = deltaWeight(lora);
  return {kind: "forward", ...lora, W0, x, scaling: scaling(lora), delta, base: linear(x, W0), update, h};
}

function counted({model: name, matrices, r}: FormulaParams): Counted {
  const model = modelNamed(controls.model.options[name]);
  const shapes = matrixShapes(model, MATRICES[matrices]);
  const {dModel, layers} = model;
  return {
    kind: "count",
    model: model.name,
    names: MATRICES[matrices],
    layers,
    matrices: shapes.reduce((sum, {copies = 1}) => sum + copies, 0),
    width: dModel,
    total: countLora(shapes, r),
    perMatrix: loraCount(dModel, dModel, r),
    full: fullCount(dModel, dModel),
    budget: countLora(matrixShapes(model, MATRICES.qv), 4),
  };
}

function compared({i, j}: FormulaParams): Compared {
  const {A8, A64} = adapters;
  const cross = matmulTA(firstColumns(svd(A8).v, i), firstColumns(svd(A64).v, j));
  const squares = cross.data.reduce((sum, one) => sum + one * one, 0);
  return {
    kind: "similarity",
    A8,
    A64,
    cross,
    squares,
    phi: subspaceSimilarity(A8, A64, i, j),
    grid: similarityGrid(A8, A64),
  };
}

export function compute(params: FormulaParams): FormulaResult {
  if (params.which === "forward") return passed(params);
  if (params.which === "count") return counted(params);
  return params.which === "similarity" ? compared(params) : tuned(params);
}
