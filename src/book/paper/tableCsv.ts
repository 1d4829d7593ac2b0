import {csv} from "../../figure/export/csv.ts";
import {paperTable, spreadOf} from "./paper.ts";

/** A whole table as CSV. The ± of a measure is a column after it, and numbers have their printed decimals. */
export function tableCsv(id: string): string {
  const table = paperTable(id);
  const {rows} = table;
  const parts = table.columns
    .filter((column) => !column.spreadOf)
    .flatMap((column) => {
      const {key, label, unit, decimals} = column;
      const name = unit ? `${label} (${unit})` : label;
      const value = {name, textOf: (row: (typeof rows)[number]) => text(row[key], decimals)};
      const hasSpread = rows.some((row) => spreadOf(table, row, key) !== undefined);
      const spread = {
        name: `${label} ±`,
        textOf: (row: (typeof rows)[number]) =>
          text(row[key] == null ? undefined : spreadOf(table, row, key), decimals),
      };
      return hasSpread ? [value, spread] : [value];
    });
  return csv({
    caption: table.title,
    columns: parts.map(({name}) => name),
    rows: rows.map((row) => parts.map(({textOf}) => textOf(row))),
  });
}

/** A cell with its printed decimals; empty where the paper prints nothing. */
function text(cell: unknown, decimals?: number): string {
  if (typeof cell === "number") return decimals === undefined ? String(cell) : cell.toFixed(decimals);
  return typeof cell === "string" ? cell : "";
}
