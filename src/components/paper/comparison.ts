import data from "../../../content/comparison.json" with {type: "json"};
import {cited, type Source, type Verdict} from "../../widgets/choose/rules.ts";
import {resolved} from "./evidence.ts";

interface Line {
  text: string;
  source: Source;
  verdict?: Verdict;
}

interface Column {
  id: string;
  name: string;
  /** What the methods are called in the rule base. */
  methods: readonly string[];
}

interface Row {
  name: string;
  note?: string;
  /** The fact of the rule base that asks the same. */
  fact?: string;
  cells: Readonly<Record<string, readonly Line[]>>;
}

export const columns: readonly Column[] = data.columns;
export const rows = data.rows as readonly Row[];

/** What is read in one cell: its lines, each with its evidence. Throws when a cell is missing, or a number is not where it is said to be. */
export function linesOf({name, cells}: Row, column: string): {verdict?: Verdict; text: string; source: string}[] {
  const lines = cells[column];
  if (!lines?.length)
    throw new Error(`comparison: “${name}” has no cell for ${column}; add it to content/comparison.json`);
  return lines.map(({verdict, text, source}) => ({verdict, text: resolved(text), source: cited(source)}));
}

export const noteOf = ({note}: Row): string | undefined => note && resolved(note);
