import numberData from "../../../content/paper/numbers.json" with {type: "json"};
import {
  numberSchema,
  type PaperColumn,
  type PaperNumber,
  type PaperRow,
  type PaperTable,
  tableSchema,
} from "./paperSchema.ts";

const files = import.meta.glob<unknown>("../../../content/paper/table-*.json", {eager: true, import: "default"});

/** The paper's tables in order, checked by the schema at build. */
export const tables: readonly PaperTable[] = Object.values(files)
  .map((file) => tableSchema.parse(file))
  .sort((a, b) => a.number - b.number);

/** The paper's headline numbers, checked by their schema at build. */
export const paperNumbers: readonly PaperNumber[] = numberData.map((entry) => numberSchema.parse(entry));

/** Conditions on a row: column key → value of the cell. */
export type Match = Readonly<Record<string, string | number>>;

/** The table of that id. Throws with the ids that exist. */
export function paperTable(id: string): PaperTable {
  const found = tables.find((t) => t.id === id);
  if (!found) throw new Error(`<Paper id="${id}">: no such table; there are ${tables.map((t) => t.id).join(", ")}`);
  return found;
}

/** The headline number of that id. Throws and names the file with the ids. */
export function paperNumber(id: string): PaperNumber {
  const found = paperNumbers.find((n) => n.id === id);
  if (!found) throw new Error(`<Num id="${id}">: no such number; see the ids in content/paper/numbers.json`);
  return found;
}

/** The rows that meet all conditions. */
export function rowsWhere(from: PaperTable, match: Match): PaperRow[] {
  return from.rows.filter((row) => Object.entries(match).every(([key, cell]) => row[key] === cell));
}

/** A column by key. Throws with the keys that exist. */
export function columnOf(from: PaperTable, key: string): PaperColumn {
  const found = from.columns.find((c) => c.key === key);
  if (!found)
    throw new Error(`${from.id} has no column "${key}"; its columns are ${from.columns.map((c) => c.key).join(", ")}`);
  return found;
}

/** The spread the paper prints for a cell: its own ±, else the caption's typical fluctuation, else undefined. */
export function spreadOf(from: PaperTable, row: PaperRow, key: string): number | undefined {
  const beside = from.columns.find((c) => c.spreadOf === key);
  if (beside && typeof row[beside.key] === "number") return row[beside.key] as number;
  if (row.sd && typeof row.sd === "object" && key in row.sd) return row.sd[key];
  const typical = from.typicalFluctuation;
  if (typical === undefined || !isMeasure(columnOf(from, key))) return undefined;
  if (typeof typical === "number") return typical;
  return (
    typical[key] ?? typical[String(Object.values(row).find((cell) => typeof cell === "string" && cell in typical))]
  );
}

/** Whether a column holds results, which are better when higher or lower. */
const isMeasure = (column: PaperColumn): boolean => column.better !== undefined;

/** A printed cell with its column, row and table, and its spread if the paper prints one. */
export type PaperCell = {
  value: number | string;
  column: PaperColumn;
  row: PaperRow;
  spread?: number;
  table: PaperTable;
};

/**
 * The cell in the column `col` of the one row that meets the conditions. Throws a plain sentence when there is no such row or more
 * than one, and when the paper prints nothing in the cell.
 */
export function cell(id: string, match: Match, col: string): PaperCell {
  const from = paperTable(id);
  for (const key of Object.keys(match)) columnOf(from, key);
  const column = columnOf(from, col);
  const found = rowsWhere(from, match);
  const asked = Object.entries(match)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join(", ");
  if (found.length !== 1) {
    const advice = found.length
      ? "name more columns until one row is left"
      : `its first row is ${JSON.stringify(from.rows[0])}`;
    throw new Error(`${id}: ${found.length} rows have ${asked}; ${advice}`);
  }
  const value = found[0][col];
  if (typeof value !== "number" && typeof value !== "string") {
    throw new Error(`${id}: the paper prints nothing in column "${col}" of the row with ${asked}`);
  }
  return {value, column, row: found[0], spread: spreadOf(from, found[0], col), table: from};
}
