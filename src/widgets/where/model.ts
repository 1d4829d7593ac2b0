import models from "../../../content/paper/models.json" with {type: "json"};
import table from "../../../content/paper/table-5.json" with {type: "json"};
import {countLora} from "../../engine/lora/counts.ts";
import {choice, type Params} from "../../shell/controls.ts";
import {lettersOf, onMatrices} from "../shared/attentionMatrices.ts";

export const controls = {
  phase: choice(["Phase"], {training: "Beside the weights", merged: "Merged"}, "training"),
  on: onMatrices,
};
export type WhereParams = Params<typeof controls>;

const gpt3 = models.dimensions.find(({model}) => model === "GPT-3 175B")!;

/** Trained parameters of every row of Table 5. */
export const BUDGET = table.rows[0]!.exactParams;

/** The rows of Table 5 with the letters of their matrices. */
export const printed = table.rows.map((row) => ({on: lettersOf(row.weights), ...row}));

export const spread = table.typicalFluctuation;

export interface WhereResult {
  /** The largest whole rank that the budget allows on these matrices; 0 if there are none. */
  rank: number;
  /** Trained parameters at that rank, in all layers. */
  trained: number;
  /** Percent, as Table 5 prints them; undefined if the paper did not try these matrices. */
  scores?: {wikisql: number; multinli: number};
}

/** What the budget of Table 5 buys on the matrices named in `on`: count = 2 × L̂ × d_model × r (§5.1). */
export function compute({on}: WhereParams): WhereResult {
  if (!on) return {rank: 0, trained: 0};
  const perRank = countLora([{d: gpt3.dModel, k: gpt3.dModel, copies: gpt3.layers * on.length}], 1);
  const rank = Math.floor(BUDGET / perRank);
  const row = printed.find((one) => one.on === on);
  return {
    ...{rank, trained: rank * perRank},
    ...(row && {scores: {wikisql: row.wikisql, multinli: row.multinli}}),
  };
}
