import {paperNumbers, tables} from "../../src/book/paper/paper.ts";

/** Results, headline numbers and large counts; ranks, batch sizes and other settings are everybody's numbers. */
export function paperValues(): Map<number, string> {
  const values = new Map<number, string>();
  for (const {id, columns, rows} of tables) {
    for (const {key, decimals} of columns) {
      for (const row of rows) {
        const cell = row[key];
        if (typeof cell === "number" && (decimals !== undefined || cell >= 1000))
          values.set(cell, `<Paper id="${id}" … col="${key}" />`);
      }
    }
  }
  for (const {id, value} of paperNumbers) if (typeof value === "number") values.set(value, `<Num id="${id}" />`);
  return values;
}
