/** The stored runs of the digit machine. */
import file from "../../../content/lab/choices.json" with {type: "json"};
import {LEARNED_TASKS, type Learned, matrixSum, type SettingRow} from "./result.ts";

/** A setting in the file, with its results by seed from 1. */
interface Cell {
  subject: string;
  plan: {targets: readonly string[]; r: number};
  results: readonly number[];
}

/** The results of one setting on one task; empty if there are none. */
const resultsOf = (cells: readonly Cell[], learned: Learned, on: string, r: number): readonly number[] =>
  cells.find(({subject, plan}) => subject === learned && plan.r === r && plan.targets.join(" + ") === matrixSum(on))
    ?.results ?? [];

/** The results of one setting on both tasks. */
const onBothTasks = (cells: readonly Cell[], on: string, r: number): SettingRow["results"] =>
  Object.fromEntries(
    LEARNED_TASKS.map((learned) => [learned, resultsOf(cells, learned, on, r)]),
  ) as SettingRow["results"];

/** The stored results of a choice at the rank of the budget. */
export const storedChoiceResults = (on: string, r: number): SettingRow["results"] => onBothTasks(file.choices, on, r);

/** The stored results of a choice in the comparison of ranks. */
export const storedRankResults = (on: string, r: number): SettingRow["results"] => onBothTasks(file.ranks, on, r);

/** How many seeds are stored for each choice, and for each rank. */
export const [SEEDS, RANK_SEEDS] = [file.choices, file.ranks].map((cells) => cells[0]!.results.length) as [
  number,
  number,
];
