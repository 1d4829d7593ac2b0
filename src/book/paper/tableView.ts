import {plainNumber} from "../../site/marks/quantity.ts";
import {columnOf, paperTable, spreadOf} from "./paper.ts";
import type {PaperColumn, PaperRow, PaperTable} from "./paperSchema.ts";

/** A cell ready to show: its text, its ±, whether it is bold in the paper, and how many columns it spans. */
type ViewCell = {
  text: string | null;
  spread?: string;
  bold: boolean;
  span: number;
  /** The number, if the text writes it in another way: "175B", "5 × 10⁻⁴". */
  value?: number;
};

/** A table ready to show: its columns, how many of them are row headings, and the cells row by row. */
type TableView = {table: PaperTable; columns: PaperColumn[]; headings: number; rows: ViewCell[][]};

/**
 * A table, or its columns with the keys `cols`, ready to show. A column with the ± of another column is shown inside that one. Throws
 * for a column that does not exist.
 */
export function tableView(id: string, cols?: readonly string[]): TableView {
  const from = paperTable(id);
  const chosen = cols ? cols.map((key) => columnOf(from, key)) : from.columns;
  const columns = chosen.filter(({key, spreadOf}) => key !== "shared" && !spreadOf);
  const leading = columns.findIndex(({key, type}) => type !== "string" || key === "mark");
  const headings = Math.max(1, leading < 0 ? 1 : leading);
  return {table: from, columns, headings, rows: from.rows.map((row) => viewRow(from, columns, headings, row))};
}

/** The cells of a row. A text that the paper prints across the columns after the headings is one wide cell. */
function viewRow(from: PaperTable, columns: readonly PaperColumn[], headings: number, row: PaperRow): ViewCell[] {
  const heads = columns.slice(0, headings).map((column) => viewCell(from, row, column));
  const rest = columns.slice(headings);
  if (row.shared != null) {
    const text = print(row.shared, {});
    return [...heads, {text, bold: false, span: rest.length, ...numberBehind(text, row.shared)}];
  }
  return [...heads, ...rest.map((column) => viewCell(from, row, column))];
}

/** A cell ready to show. */
function viewCell(from: PaperTable, row: PaperRow, column: PaperColumn): ViewCell {
  const printed = hasOwnSpread(from, row, column.key) ? spreadOf(from, row, column.key) : undefined;
  // A count that the paper rounds to billions ("175B") would look exact in a column of millions.
  const coarse = column.key === "paramsM" && row.paramsPrinted?.endsWith("B") ? row.paramsPrinted : undefined;
  const text = coarse ?? print(row[column.key], column);
  return {
    text,
    ...numberBehind(text, row[column.key]),
    spread: printed === undefined ? undefined : plainNumber(printed, column.decimals),
    bold: row.bold?.includes(column.key) ?? false,
    span: 1,
  };
}

/** The number of a cell, where its text does not say it in digits. */
const numberBehind = (text: string | null, cell: unknown): {value?: number} =>
  typeof cell === "number" && Number(text?.replaceAll(",", "")) !== cell ? {value: cell} : {};

/** Whether a cell has a ± of its own. A fluctuation in the caption, for all cells, is shown once below the table. */
function hasOwnSpread(from: PaperTable, row: PaperRow, key: string): boolean {
  return (
    from.columns.some((c) => c.spreadOf === key) || (row.sd != null && typeof row.sd === "object" && key in row.sd)
  );
}

/** A cell as text; null where the paper prints nothing. */
function print(cell: unknown, {decimals}: {decimals?: number}): string | null {
  if (typeof cell === "number") return plainNumber(cell, decimals);
  return typeof cell === "string" ? cell : null;
}

/** The caption's fluctuation in words: "±0.5 (WikiSQL), ±0.1 (MultiNLI)"; undefined if the paper gives none. */
export function fluctuationText({columns, typicalFluctuation: typical}: PaperTable): string | undefined {
  if (typical === undefined) return undefined;
  if (typeof typical === "number") return `±${plainNumber(typical)}`;
  const name = (key: string) => columns.find((c) => c.key === key)?.label ?? key;
  return Object.entries(typical)
    .map(([key, sd]) => `±${plainNumber(sd)} (${name(key)})`)
    .join(", ");
}
