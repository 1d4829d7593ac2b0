/** Tables 5 and 6 of the paper: the scores of GPT-3 by adapted matrices and by rank. */
import {rows} from "../../../content/paper/table-6.json";
import {choice, type Params} from "../../figure/controls.ts";
import {matrixLetters, onMatrices} from "../shared/attentionMatrices.ts";
import {bestScores, PER_RANK, rankWithinBudget, scoreSpread, tableChoices} from "../shared/table5.ts";
import {isWithinSpread} from "../shared/withinSpread.ts";

export const controls = {
  by: choice(["Rows"], {budget: "Every choice", rank: "Every rank"}, "budget"),
  order: {
    ...choice(["Order by"], {best: "WikiSQL", multinli: "MultiNLI", printed: "The paper’s table"}, "best"),
    when: {by: ["budget"]},
  },
  scored: {
    ...choice(["Task"], {wikisql: "WikiSQL", multinli: "MultiNLI"}, "wikisql"),
    when: {by: ["rank"]},
  },
  on: onMatrices,
};
export type BudgetParams = Params<typeof controls>;

export type Task = "wikisql" | "multinli";
/** The paper's tasks by name. */
export const taskNames: Readonly<Record<Task, string>> = {wikisql: "WikiSQL", multinli: "MultiNLI"};

/** Scores in percent. */
type Scores = Readonly<Record<Task, number>>;

/** The ranks on the chart's axis: those of Table 6, and 16 and 32, which the table leaves out. */
export const RANKS = [1, 2, 4, 8, 16, 32, 64] as const;
/** The place among them of the first rank that was not tested, and of the one that was tested after it. */
export const [UNTESTED_FROM, TESTED_AGAIN] = [RANKS.indexOf(16), RANKS.indexOf(64)];

/** A set of matrices of Table 6, with its scores by place in RANKS. */
export interface Table6Set {
  /** Its matrices as letters: "qv". */
  on: string;
  scores: readonly (Scores | undefined)[];
}

/** The sets of Table 6. It has a row for each set and task, and a column for each rank. */
export const table6Sets: readonly Table6Set[] = [...new Set(rows.map(({weights}) => weights))].map((weights) => {
  const rowOf = (task: Task) => rows.find((row) => row.weights === weights && row.dataset === taskNames[task])!;
  const [wikisql, multinli] = [rowOf("wikisql"), rowOf("multinli")];
  const scoresAt = (key: "r1" | "r2" | "r4" | "r8" | "r64"): Scores => ({
    wikisql: wikisql[key],
    multinli: multinli[key],
  });
  const [r1, r2, r4, r8] = [scoresAt("r1"), scoresAt("r2"), scoresAt("r4"), scoresAt("r8")];
  return {on: matrixLetters(weights), scores: [r1, r2, r4, r8, undefined, undefined, scoresAt("r64")]};
});

/** A choice of matrices at the rank that the budget allows. */
export interface ChoiceRow {
  /** Its matrices as letters: "qv". */
  on: string;
  rank: number;
  /** Undefined if the paper did not test the choice. */
  scores?: Scores;
}

/** What the figure shows. */
export interface BudgetResult {
  /** A row for each choice of Table 5, and for the chosen one if the paper did not test it. */
  choices: readonly ChoiceRow[];
  /** The chosen row; undefined if no matrix is chosen. */
  chosen?: ChoiceRow;
  /** The set of Table 6 that is just the chosen matrices, if there is one. */
  set?: Table6Set;
  /** Parameters that the chosen matrices train in GPT-3 for each unit of rank. */
  perRank: number;
}

export function compute({on}: BudgetParams): BudgetResult {
  const tested = tableChoices.find((row) => row.on === on);
  const chosen = on ? (tested ?? {on, rank: rankWithinBudget(on)}) : undefined;
  return {
    choices: chosen && !tested ? [...tableChoices, chosen] : tableChoices,
    chosen,
    set: table6Sets.find((set) => set.on === on),
    perRank: PER_RANK * on.length,
  };
}

/** "qv" → "Wq + Wv". */
export const matrixSum = (on: string): string => [...on].map((letter) => `W${letter}`).join(" + ");

/** Whether two scores of a task tie, each with the ± that is typical for the task. */
export const isTie = (task: Task, one: number, other: number): boolean =>
  !!isWithinSpread({score: one, spread: scoreSpread[task]}, {score: other, spread: scoreSpread[task]});

/** How a choice compares with the best one on a task. */
export function againstBest(score: number, task: Task): "the best" | "a tie with the best" | "below the best" {
  if (score === bestScores[task]) return "the best";
  return isTie(task, score, bestScores[task]) ? "a tie with the best" : "below the best";
}

/** The lowest and highest score of a set over the tested ranks. */
export function scoreRange({scores}: Table6Set, task: Task): [number, number] {
  const tested = scores.flatMap((one) => (one ? [one[task]] : []));
  return [Math.min(...tested), Math.max(...tested)];
}
