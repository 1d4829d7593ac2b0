/** The table that compares the methods: its rows and columns, and the paper's numbers in its texts. */
import data from "../../../content/comparison.json";
import {citation, type MethodVerdict, type RuleSource} from "../../figures/choose/rules.ts";
import {plainNumber} from "../../site/marks/quantity.ts";
import {cell, columnOf, type Match, type PaperCell, paperNumber, paperTable, spreadOf} from "./paper.ts";

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

/**
 * The number, or the words, of the paper at a place, as data files write places: "table-1|method=AdapterL,batch=1|overheadPct" is a cell,
 * "table-16|typicalFluctuation" is the spread in a caption (optionally of a column, given third), and "ckpt-350gb" is a number of
 * numbers.json.
 */
export function numberAt(place: string): string {
  const [id = "", conditions, column] = place.split("|");
  if (conditions === undefined) {
    const {value} = paperNumber(id);
    return typeof value === "number" ? plainNumber(value) : refuse(`${id} is no single number`);
  }
  if (conditions === "typicalFluctuation") {
    const table = paperTable(id);
    const key = column ?? table.columns.find(({better}) => better)?.key ?? "";
    return plainNumber(spreadOf(table, {}, key) ?? refuse(`${id} prints no spread of ${key}`));
  }
  const {value, column: valueColumn} = cellAt(id, conditions, column);
  return typeof value === "number" ? plainNumber(value, valueColumn.decimals) : value;
}

/** Throws this sentence. */
const refuse = (sentence: string): never => {
  throw new Error(`evidence: ${sentence}`);
};

/** The cell in this column of the row that meets the conditions. */
const cellAt = (id: string, conditions = "", column = ""): PaperCell => cell(id, matchOf(id, conditions), column);

/** Reads the conditions for a row: "model=GPT-2 Medium,paramsM=11". A dash means an empty cell. */
function matchOf(id: string, conditions: string): Match {
  return Object.fromEntries(
    conditions.split(",").map((one) => {
      const key = one.split("=")[0] ?? "";
      const value = one.slice(key.length + 1);
      const isText = columnOf(paperTable(id), key).type === "string";
      return [key, isText ? (value === "-" ? "" : value) : Number(value)];
    }),
  );
}

/** The number in a cell. Throws when it is a text. */
const numberOf = ({value, table: {id}}: PaperCell): number =>
  typeof value === "number" ? value : refuse(`${value} in ${id} is no number`);

/** What can be computed from cells, by the first word in the braces of a reference: `{gap table-4|method=BitFit|wikisql|method=FT}`. */
const computations: Readonly<Record<string, (place: string) => string>> = {
  /** The signed difference between a cell and the same cell of another row. */
  gap(place) {
    const [id = "", conditions, column, otherConditions] = place.split("|");
    const [mine, theirs] = [cellAt(id, conditions, column), cellAt(id, otherConditions, column)];
    const decimals = mine.column.decimals ?? 0;
    const gap = Number((numberOf(mine) - numberOf(theirs)).toFixed(decimals));
    return gap > 0 ? `+${plainNumber(gap, decimals)}` : plainNumber(gap, decimals);
  },
  /** On how many tasks a row is better than another row; averages do not count. */
  above(place) {
    const [id = "", conditions, otherConditions] = place.split("|");
    const tasks = paperTable(id).columns.filter(({better, key}) => better === "higher" && key !== "avg");
    const wins = tasks.filter(
      ({key}) => numberOf(cellAt(id, conditions, key)) > numberOf(cellAt(id, otherConditions, key)),
    );
    return `${wins.length} of ${tasks.length}`;
  },
  /** The size in megabytes of as many 16-bit numbers as a cell says. */
  MB(place) {
    const countCell = cellAt(...(place.split("|") as [string, string, string]));
    const count = numberOf(countCell) * (countCell.column.unit === "M" ? 1e6 : 1);
    return plainNumber((2 * count) / 1e6, 1);
  },
  /** The spread of a cell. */
  "±"(place) {
    const {spread, column} = cellAt(...(place.split("|") as [string, string, string]));
    return plainNumber(spread ?? refuse(`no spread at ${place}`), column.decimals);
  },
};

/** A text with every reference in braces replaced by its number. Throws for an unknown place. */
export const fillNumbers = (text: string): string =>
  text.replace(/\{(?:(\S+) )?([a-z][^{}]*)\}/g, (_, word: string | undefined, place: string) =>
    word === undefined
      ? numberAt(place)
      : (computations[word] ?? refuse(`“${word}” is none of ${Object.keys(computations).join(", ")}`))(place),
  );
