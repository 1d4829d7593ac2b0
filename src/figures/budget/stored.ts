import file from "../../../content/lab/choices.json" with {type: "json"};
import {LEARNED_TASKS, type Learned, matrixSum, type SettingRow} from "./result.ts";

/** The results of one setting, by seed from 1. */
interface Cell {
  subject: string;
  plan: {targets: readonly string[]; r: number};
  results: readonly number[];
}

const found = (cells: readonly Cell[], learned: Learned, on: string, r: number): readonly number[] =>
  cells.find(({subject, plan}) => subject === learned && plan.r === r && plan.targets.join(" + ") === matrixSum(on))
    ?.results ?? [];

const both = (cells: readonly Cell[], on: string, r: number): SettingRow["results"] =>
  Object.fromEntries(LEARNED_TASKS.map((learned) => [learned, found(cells, learned, on, r)])) as SettingRow["results"];

/** The stored results of a choice at the rank of the budget. */
export const storedResults = (on: string, r: number): SettingRow["results"] => both(file.choices, on, r);

/** The stored results of a choice in the comparison of ranks. */
export const ranked = (on: string, r: number): SettingRow["results"] => both(file.ranks, on, r);

export const [SEEDS, RANK_SEEDS] = [file.choices, file.ranks].map((cells) => cells[0]!.results.length) as [
  number,
  number,
];
