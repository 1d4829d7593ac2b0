/** What the block figure must say: counts by a product of its own, scores from the file of Table 5. */
import {readFileSync} from "node:fs";
import type {WhereParams} from "../../../src/widgets/where/model.ts";
import type {Claims} from "./oracle.ts";

const table: {rows: {weights: string; rank: number; wikisql: number; multinli: number}[]} = JSON.parse(
  readFileSync(new URL("../../../content/paper/table-5.json", import.meta.url), "utf8"),
);
/** A column and a row of 12,288 for each rank, in each of the 96 layers. */
const count = (matrices: number, r: number): number => 96 * matrices * r * (12_288 + 12_288);
const BUDGET = count(1, 8);
const SPREAD = [0.5, 0.1] as const;

export function where({on}: WhereParams): Claims {
  const r = [0, 8, 4, 2, 2][on.length]!;
  const row = table.rows.find(({weights}) => weights.replace(/W|,/g, "") === on);
  const scores = row ? [row.wikisql, row.multinli] : [];
  const best = [Math.max(...table.rows.map((one) => one.wikisql)), Math.max(...table.rows.map((one) => one.multinli))];
  const left = BUDGET - count(on.length, r);
  return {
    // "GPT-3" has a number in its name.
    summary: on ? [r, ...scores, count(on.length, r), 3, ...(left ? [left] : [])] : [BUDGET],
    readouts: [
      r ? [r] : [],
      [count(on.length, r), BUDGET],
      ...[0, 1].map((i) => [...scores.slice(i, i + 1), SPREAD[i]!, best[i]!]),
    ],
    caption: [5, BUDGET],
    rows: table.rows.map(({rank, wikisql, multinli}) => [rank, wikisql, multinli]),
  };
}
