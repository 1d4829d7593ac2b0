/** Table 5 of the paper: one budget of parameters, spent on different attention matrices of GPT-3. */
import {rows, typicalFluctuation} from "../../../content/paper/table-5.json";
import {matrixLetters} from "./attentionMatrices.ts";

/** Trained parameters of every row. */
export const BUDGET: number = rows[0]!.exactParams;

/** How many parameters of the budget one matrix in every layer takes for each unit of rank. */
export const PER_RANK: number = BUDGET / (rows[0]!.matricesPerLayer * rows[0]!.rank);

/** The largest whole rank that the budget pays for on these matrices; 0 if there are none. */
export const rankWithinBudget = (on: string): number => (on ? Math.floor(BUDGET / (PER_RANK * on.length)) : 0);

/** The seven choices in printed order, with the letters of their matrices. */
export const tableChoices = rows.map(({weights, rank, wikisql, multinli}) => ({
  on: matrixLetters(weights),
  rank,
  scores: {wikisql, multinli},
}));

/** How far scores typically vary, according to the paper, in percentage points. */
export const scoreSpread: Readonly<Record<"wikisql" | "multinli", number>> = typicalFluctuation;

/** The best score on each task. */
export const bestScores: Readonly<Record<"wikisql" | "multinli", number>> = {
  wikisql: Math.max(...rows.map(({wikisql}) => wikisql)),
  multinli: Math.max(...rows.map(({multinli}) => multinli)),
};
