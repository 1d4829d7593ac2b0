import data from "../../../content/comparison.json" with {type: "json"};
import {citation, type MethodVerdict, type RuleSource} from "../../figures/choose/rules.ts";
import {fillNumbers} from "./evidence.ts";

/** A line of a cell: a fact and its evidence. */
interface Line {
  text: string;
  source: RuleSource;
  verdict?: MethodVerdict;
}

/** A column of the table: one kind of method. */
interface Column {
  id: string;
  name: string;
  /** The names of the methods in the rules of the figure `choose`. */
  methods: readonly string[];
}

/** A row of the table: a property. */
interface Row {
  name: string;
  note?: string;
  /** The fact in those rules that this row is about. */
  fact?: string;
  cells: Readonly<Record<string, readonly Line[]>>;
}

/** The columns from left to right. */
export const comparisonColumns: readonly Column[] = data.columns;
/** The rows from top to bottom. */
export const comparisonRows = data.rows as readonly Row[];

/** The lines of a cell, each with its evidence. Throws when the cell is missing, or a number it refers to. */
export function comparisonLines(
  {name, cells}: Row,
  column: string,
): {verdict?: MethodVerdict; text: string; source: string}[] {
  const lines = cells[column];
  if (!lines?.length)
    throw new Error(`comparison: “${name}” has no cell for ${column}; add it to content/comparison.json`);
  return lines.map(({verdict, text, source}) => ({verdict, text: fillNumbers(text), source: citation(source)}));
}

/** The note on a row, with the paper's numbers filled in. */
export const noteOf = ({note}: Row): string | undefined => note && fillNumbers(note);
