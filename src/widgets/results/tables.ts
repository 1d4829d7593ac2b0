import data from "./printed.json" with {type: "json"};

/** A column of results. */
export interface Measure {
  key: string;
  label: string;
  decimals: number;
  isLower: boolean;
  /** Its place among the scores of a row. */
  at: number;
}

export type From = keyof typeof data;
/** What the other axis of a table counts. */
export type Axis = "trained" | "examples" | "rank";

type Row = [
  model: string,
  method: string,
  setting: string,
  size: number | null,
  scores: number[],
  spreads?: (number | null)[],
];

export const rowsOf = (from: From): readonly Row[] => data[from].rows as readonly unknown[] as readonly Row[];

export const measuresOf = (from: From): Measure[] =>
  (data[from].measures as [string, string, number, number?][]).map(([key, label, decimals, lower], at) => ({
    key,
    label,
    decimals,
    isLower: lower === 1,
    at,
  }));

/** The ± of a caption. Table 15 prints none: Table 4's is of the same model and, in the same order, of the same tasks. */
export const typicalOf = (from: From): readonly number[] | null => data[from === "15" ? "4" : from].typical;

export const axisOf = (from: From): Axis => (from === "16" ? "examples" : from === "18" ? "rank" : "trained");

/** The models of a table that has several, in its order. */
export const modelsOf = (from: From): string[] => [...new Set(rowsOf(from).map(([model]) => model))];

/** The training examples behind a column of Table 16, which is called by their number. */
export const examplesOf = ({label}: Measure): number => Number(label.replace(",", ""));
