/**
 * The paper's budget spent on chosen matrices of a block, or on another method: the controls, and what the figure computes.
 */
import models from "../../../content/paper/models.json" with {type: "json"};
import {rows as trials} from "../../../content/paper/table-4.json";
import table from "../../../content/paper/table-5.json" with {type: "json"};
import {type Matrix, matmul, matmulTB} from "../../engine/linalg/matrix.ts";
import {outerProducts} from "../../engine/linalg/outer.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {countLora} from "../../engine/lora/counts.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {choice, type Params} from "../../figure/controls.ts";
import {matrixLetters, onMatrices} from "../shared/attentionMatrices.ts";

export const controls = {
  method: choice(["Add"], {biases: "Biases", adapters: "Adapter layers", prefix: "Prefix", lora: "LoRA"}, "lora"),
  phase: {
    ...choice(["Phase"], {training: "Beside the weights", merged: "Merged"}, "training"),
    when: {method: ["lora"]},
  },
  on: onMatrices,
};
export type WhereParams = Params<typeof controls>;
type Method = WhereParams["method"];

const gpt3 = models.dimensions.find(({model}) => model === "GPT-3 175B")!;

/** Trained parameters of every row of Table 5. */
export const BUDGET = table.rows[0]!.exactParams;

/** The rows of Table 5 with the letters of their matrices. */
export const printedRows = table.rows.map((row) => ({
  on: matrixLetters(row.weights),
  ...row,
}));

/** The typical fluctuation of its scores. */
export const scoreSpread = table.typicalFluctuation;

/** The methods as Table 4 names them. */
const table4Names: Readonly<Record<Exclude<Method, "lora">, string>> = {
  biases: "BitFit",
  adapters: "AdapterH",
  prefix: "PreLayer",
};

/** The row of Table 4 in which the method trains about as many parameters as the budget: the nearest by ratio. */
export function rivalOf(method: Exclude<Method, "lora">): (typeof trials)[number] {
  const distance = (millions: number) => Math.abs(Math.log((1e6 * millions) / BUDGET));
  return trials
    .filter((row) => row.method === table4Names[method])
    .reduce((best, row) => (distance(row.paramsM) < distance(best.paramsM) ? row : best));
}

export interface WhereResult {
  /** The largest whole rank that the budget allows on these matrices; 0 if there are none. */
  rank: number;
  /** Trained parameters, in all layers: at that rank, or as Table 4 rounds them. */
  trained: number;
  /** Percent, as Table 5 prints them, or for another method Table 4; undefined if the paper did not try these matrices. */
  scores?: {wikisql: number; multinli: number};
  /** In an example of four tokens: the attention weights of each token over those before it and itself. */
  attention: readonly (readonly number[])[];
  /** A method other than LoRA, as Table 4 names it and its size. */
  rival?: {method: string; params: string};
}

/** The example: its tokens, the values in each, their standard deviation, and the seed. */
const [TOKENS, WIDTH, DEVIATION, SEED] = [4, 4, 0.6, 6];

/** Four tokens (4,4), W_q and W_k (4,4), and for each a ΔW of rank 1 (4,4): drawn, not trained. */
function drawExample() {
  const random = mulberry32(SEED);
  const square = () => randn(TOKENS, WIDTH, random);
  const change = () => outerProducts(randn(WIDTH, 1, random), randn(1, WIDTH, random))[0]!;
  const x = square();
  return {
    x: {...x, data: x.data.map((value) => DEVIATION * value)},
    q: square(),
    k: square(),
    changes: {q: change(), k: change()},
  };
}
const example = drawExample();

/** The attention weights, softmax(query · key / √d) over the tokens so far, with the matrices in `on` adapted. W_v and W_o do not matter. */
function attentionWeights(on: string): number[][] {
  const {x, q, k, changes} = example;
  const projected = (W: Matrix, letter: "q" | "k") =>
    matmul(x, on.includes(letter) ? {...W, data: W.data.map((w, i) => w + changes[letter].data[i]!)} : W);
  const scores = matmulTB(projected(q, "q"), projected(k, "k"));
  return Array.from({length: TOKENS}, (_, row) => {
    const weights = scores.data.slice(row * TOKENS, row * TOKENS + row + 1).map((score) => score / Math.sqrt(WIDTH));
    softmax(weights, 0, weights.length);
    return [...weights];
  });
}

/** What the budget of Table 5 buys on the matrices named in `on`: count = 2 × L̂ × d_model × r (§5.1); or another method's row. */
export function compute({method, on}: WhereParams): WhereResult {
  if (method !== "lora") {
    const {method: name, paramsM, paramsPrinted, wikisql, mnliM} = rivalOf(method);
    return {
      ...{
        rank: 0,
        attention: attentionWeights(""),
        trained: Math.round(1e6 * paramsM),
        scores: {wikisql, multinli: mnliM},
      },
      rival: {method: name, params: paramsPrinted},
    };
  }
  const attention = attentionWeights(on);
  if (!on) return {rank: 0, trained: 0, attention};
  const perRank = countLora([{d: gpt3.dModel, k: gpt3.dModel, copies: gpt3.layers * on.length}], 1);
  const rank = Math.floor(BUDGET / perRank);
  const row = printedRows.find((one) => one.on === on);
  return {
    ...{rank, trained: rank * perRank, attention},
    ...(row && {scores: {wikisql: row.wikisql, multinli: row.multinli}}),
  };
}
