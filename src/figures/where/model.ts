/** The paper's budget spent on chosen matrices of a block, or on another method: the controls, and what the figure computes. */
import {rows as trials} from "../../../content/paper/table-4.json";
import {choice, type Params} from "../../figure/controls.ts";
import {onMatrices} from "../shared/attentionMatrices.ts";
import {BUDGET, PER_RANK, rankWithinBudget, tableChoices} from "../shared/table5.ts";

export const controls = {
  method: choice(["Add"], {biases: "Biases", adapters: "Adapter layers", prefix: "Prefix", lora: "LoRA"}, "lora"),
  phase: {
    ...choice(["Phase"], {training: "Beside the weights", merged: "Merged"}, "training"),
    when: {method: ["lora"]},
  },
  on: onMatrices,
};
export type WhereParams = Params<typeof controls>;
export type OtherMethod = Exclude<WhereParams["method"], "lora">;

/** The methods as Table 4 names them. */
const table4Names: Readonly<Record<OtherMethod, string>> = {biases: "BitFit", adapters: "AdapterH", prefix: "PreLayer"};

/** The row of Table 4 in which the method trains about as many parameters as the budget: the nearest by ratio. */
export function rivalOf(method: OtherMethod): (typeof trials)[number] {
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
  /** A method other than LoRA, as Table 4 names it and its size. */
  rival?: {method: string; params: string};
}

/** What the budget of Table 5 buys on the matrices named in `on`, or another method's row of Table 4. */
export function compute({method, on}: WhereParams): WhereResult {
  if (method !== "lora") {
    const {method: name, paramsM, paramsPrinted, wikisql, mnliM} = rivalOf(method);
    return {
      rank: 0,
      trained: Math.round(1e6 * paramsM),
      scores: {wikisql, multinli: mnliM},
      rival: {method: name, params: paramsPrinted},
    };
  }
  const rank = rankWithinBudget(on);
  return {
    rank,
    trained: rank * PER_RANK * on.length,
    scores: tableChoices.find((choice) => choice.on === on)?.scores,
  };
}
