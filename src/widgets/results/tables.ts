// Named imports leave the tables' notes and sources out of what a reader loads.
import {columns as glueColumns, rows as glueRows} from "../../../content/paper/table-2.json";
import {columns as e2eColumns, rows as e2eRows} from "../../../content/paper/table-3.json";
import {columns as gpt3Columns, rows as gpt3Rows, typicalFluctuation} from "../../../content/paper/table-4.json";
import {columns as budgetColumns, rows as budgetRows} from "../../../content/paper/table-15.json";
import {
  columns as fewColumns,
  typicalFluctuation as fewFluctuation,
  rows as fewRows,
} from "../../../content/paper/table-16.json";
import {columns as rankColumns, rows as rankRows} from "../../../content/paper/table-18.json";

/** A row as the paper's data has it. */
export type Printed = Readonly<Record<string, unknown>>;

/** A column of results. */
export interface Measure {
  key: string;
  label: string;
  decimals: number;
  better: "higher" | "lower";
}

export interface Source {
  rows: readonly Printed[];
  measures: readonly Measure[];
  /** The ± that a caption or the text gives for all rows: one for every measure, or one each. */
  typical?: number | Readonly<Record<string, number>>;
  /** What the other axis counts. */
  axis: "trained" | "examples" | "rank";
}

const measuresOf = (columns: readonly object[]): Measure[] =>
  (columns as readonly (Partial<Measure> & {key: string; label: string})[]).flatMap(
    ({key, label, decimals = 0, better}) => (better ? [{key, label, decimals, better}] : []),
  );

/** The tables by number. Table 15 prints no ±: Table 4's is of the same model and tasks. */
export const sources = {
  "2": {rows: glueRows, measures: measuresOf(glueColumns), axis: "trained"},
  "3": {rows: e2eRows, measures: measuresOf(e2eColumns), axis: "trained"},
  "4": {rows: gpt3Rows, measures: measuresOf(gpt3Columns), typical: typicalFluctuation, axis: "trained"},
  "15": {rows: budgetRows, measures: measuresOf(budgetColumns), typical: typicalFluctuation, axis: "trained"},
  "16": {rows: fewRows, measures: measuresOf(fewColumns), typical: fewFluctuation, axis: "examples"},
  "18": {rows: rankRows, measures: measuresOf(rankColumns), axis: "rank"},
} satisfies Readonly<Record<string, Source>>;
export type From = keyof typeof sources;

export const sourceOf = (from: From): Source => sources[from];

/** The models of a table that has several, in its order. */
export const modelsOf = (from: From): string[] => [...new Set(sourceOf(from).rows.map(({model}) => String(model)))];

/** "n10k" → 10,000: the training examples behind a column of Table 16. */
export function examplesOf(key: string): number {
  const [, digits, thousands] = /^n(\d+)(k?)$/.exec(key)!;
  return Number(digits) * (thousands ? 1000 : 1);
}
