/** A table of the paper as a page shows it, and as CSV. */
import {csvText} from "../../figure/export/csv.ts";
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
type TableView = {table: PaperTable; columns: PaperColumn[]; headingCount: number; rows: ViewCell[][]};

/**
 * A table, or its columns with the keys `cols`, ready to show. A column with the ± of another column is shown inside that one. Throws
 * for a column that does not exist.
 */
export function tableView(id: string, cols?: readonly string[]): TableView {
  const table = paperTable(id);
  const allColumns = cols ? cols.map((key) => columnOf(table, key)) : table.columns;
  const columns = allColumns.filter((column) => column.key !== "shared" && !column.spreadOf);
  const firstValueIndex = columns.findIndex(({key, type}) => type !== "string" || key === "mark");
  const headingCount = Math.max(1, firstValueIndex < 0 ? 1 : firstValueIndex);
  return {table, columns, headingCount, rows: table.rows.map((row) => viewRow(table, columns, headingCount, row))};
}

/** The cells of a row. A text that the paper prints across the columns after the headings is one wide cell. */
function viewRow(table: PaperTable, columns: readonly PaperColumn[], headingCount: number, row: PaperRow): ViewCell[] {
  const heads = columns.slice(0, headingCount).map((column) => viewCell(table, row, column));
  const rest = columns.slice(headingCount);
  if (row.shared != null) {
    const text = cellText(row.shared, {});
    return [...heads, {text, bold: false, span: rest.length, ...numberBehind(text, row.shared)}];
  }
  return [...heads, ...rest.map((column) => viewCell(table, row, column))];
}

/** A cell ready to show. */
function viewCell(table: PaperTable, row: PaperRow, column: PaperColumn): ViewCell {
  const spread = hasOwnSpread(table, row, column.key) ? spreadOf(table, row, column.key) : undefined;
  // A count that the paper rounds to billions ("175B") would look exact in a column of millions.
  const billionsText = column.key === "paramsM" && row.paramsPrinted?.endsWith("B") ? row.paramsPrinted : undefined;
  const text = billionsText ?? cellText(row[column.key], column);
  return {
    text,
    ...numberBehind(text, row[column.key]),
    spread: spread === undefined ? undefined : plainNumber(spread, column.decimals),
    bold: row.bold?.includes(column.key) ?? false,
    span: 1,
  };
}

/** The number of a cell, where its text does not say it in digits. */
const numberBehind = (text: string | null, cell: unknown): {value?: number} =>
  typeof cell === "number" && Number(text?.replaceAll(",", "")) !== cell ? {value: cell} : {};

/** Whether a cell has a ± of its own. A fluctuation in the caption, for all cells, is shown once below the table. */
function hasOwnSpread(table: PaperTable, row: PaperRow, key: string): boolean {
  return (
    table.columns.some((c) => c.spreadOf === key) || (row.sd != null && typeof row.sd === "object" && key in row.sd)
  );
}

/** A cell as text; null where the paper prints nothing. */
function cellText(cell: unknown, {decimals}: {decimals?: number}): string | null {
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

/** A whole table as CSV. The ± of a measure is a column after it, and numbers have their printed decimals. */
export function tableCsv(id: string): string {
  const table = paperTable(id);
  const {rows} = table;
  const parts = table.columns
    .filter((column) => !column.spreadOf)
    .flatMap((column) => {
      const {key, label, unit, decimals} = column;
      const name = unit ? `${label} (${unit})` : label;
      const value = {name, textOf: (row: (typeof rows)[number]) => printedText(row[key], decimals)};
      const hasSpread = rows.some((row) => spreadOf(table, row, key) !== undefined);
      const spread = {
        name: `${label} ±`,
        textOf: (row: (typeof rows)[number]) =>
          printedText(row[key] == null ? undefined : spreadOf(table, row, key), decimals),
      };
      return hasSpread ? [value, spread] : [value];
    });
  return csvText({
    caption: table.title,
    columns: parts.map(({name}) => name),
    rows: rows.map((row) => parts.map(({textOf}) => textOf(row))),
  });
}

/** A cell with its printed decimals; empty where the paper prints nothing. */
function printedText(cell: unknown, decimals?: number): string {
  if (typeof cell === "number") return decimals === undefined ? String(cell) : cell.toFixed(decimals);
  return typeof cell === "string" ? cell : "";
}
