/** The paper's data: its tables and headline numbers, and how one number or cell of them is looked up. */
import numberData from "../../../content/paper/numbers.json" with {type: "json"};
import {quantity} from "../../site/marks/quantity.ts";
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
  const table = tables.find((t) => t.id === id);
  if (!table) throw new Error(`<Paper id="${id}">: no such table; there are ${tables.map((t) => t.id).join(", ")}`);
  return table;
}

/** The headline number of that id. Throws and names the file with the ids. */
export function paperNumber(id: string): PaperNumber {
  const entry = paperNumbers.find((n) => n.id === id);
  if (!entry) throw new Error(`<Num id="${id}">: no such number; see the ids in content/paper/numbers.json`);
  return entry;
}

/**
 * A headline number for the reader: "350 GB", "10,000×", "150,994,944"; words are returned as is. `part` picks one of several
 * values. Throws when it is needed and missing, or unknown.
 */
export function numberText({id, value, unit, decimals}: PaperNumber, part?: string): string {
  const one = typeof value === "object" ? partOf(id, value, part) : value;
  return typeof one === "number" ? quantity(one, unit, decimals) : one;
}

/** One of several values, by its name. Throws, naming all, if there is none of that name. */
function partOf(id: string, value: object, part?: string): number | string {
  const parts: Record<string, unknown> = {...value};
  const one = part === undefined ? undefined : parts[part];
  if (typeof one === "number" || typeof one === "string") return one;
  throw new Error(`<Num id="${id}" part="${part ?? ""}">: name one of ${Object.keys(parts).join(", ")} as part`);
}

/** The rows that meet all conditions. */
export function rowsWhere(table: PaperTable, match: Match): PaperRow[] {
  return table.rows.filter((row) => Object.entries(match).every(([key, value]) => row[key] === value));
}

/** A column by key. Throws with the keys that exist. */
export function columnOf(table: PaperTable, key: string): PaperColumn {
  const column = table.columns.find((c) => c.key === key);
  if (!column)
    throw new Error(
      `${table.id} has no column "${key}"; its columns are ${table.columns.map((c) => c.key).join(", ")}`,
    );
  return column;
}

/** The spread the paper prints for a cell: its own ±, else the caption's typical fluctuation, else undefined. */
export function spreadOf(table: PaperTable, row: PaperRow, key: string): number | undefined {
  const beside = table.columns.find((c) => c.spreadOf === key);
  if (beside && typeof row[beside.key] === "number") return row[beside.key] as number;
  if (row.sd && typeof row.sd === "object" && key in row.sd) return row.sd[key];
  const typical = table.typicalFluctuation;
  if (typical === undefined || !isMeasure(columnOf(table, key))) return undefined;
  if (typeof typical === "number") return typical;
  return (
    typical[key] ?? typical[String(Object.values(row).find((text) => typeof text === "string" && text in typical))]
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
  const table = paperTable(id);
  for (const key of Object.keys(match)) columnOf(table, key);
  const column = columnOf(table, col);
  const rows = rowsWhere(table, match);
  const conditions = Object.entries(match)
    .map(([key, required]) => `${key} = ${JSON.stringify(required)}`)
    .join(", ");
  if (rows.length !== 1) {
    const advice = rows.length
      ? "name more columns until one row is left"
      : `its first row is ${JSON.stringify(table.rows[0])}`;
    throw new Error(`${id}: ${rows.length} rows have ${conditions}; ${advice}`);
  }
  const value = rows[0][col];
  if (typeof value !== "number" && typeof value !== "string") {
    throw new Error(`${id}: the paper prints nothing in column "${col}" of the row with ${conditions}`);
  }
  return {value, column, row: rows[0], spread: spreadOf(table, rows[0], col), table};
}
