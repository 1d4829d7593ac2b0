/** What the block figure must say: counts by a product of its own, scores from the file of Table 5. */
import {readFileSync} from "node:fs";
import type {WhereParams} from "../../../src/figures/where/model.ts";
import type {Claims} from "./oracle.ts";

const table: {rows: {weights: string; rank: number; wikisql: number; multinli: number}[]} = JSON.parse(
  readFileSync(new URL("../../../content/paper/table-5.json", import.meta.url), "utf8"),
);
/** A column and a row of 12,288 for each rank, in each of the 96 layers. */
const count = (matrices: number, r: number): number => 96 * matrices * r * (12_288 + 12_288);
const BUDGET = count(1, 8);
const SPREAD = [0.5, 0.1] as const;

const BEST = [Math.max(...table.rows.map((one) => one.wikisql)), Math.max(...table.rows.map((one) => one.multinli))];

/** By method: the row of Table 4 as the paper prints it, [millions, WikiSQL, MultiNLI]. */
const RIVALS = {biases: [14.2, 71.3, 91], adapters: [40.1, 73.2, 91.5], prefix: [20.2, 70.1, 89.5]} as const;

function otherMethod(method: keyof typeof RIVALS): Claims {
  const [millions, ...scores] = RIVALS[method];
  return {
    ...table5(),
    // The table's number, and that of "GPT-3".
    summary: [4, millions, ...scores, 3],
    readouts: [[], [millions, 4], ...[0, 1].map((i) => [scores[i]!, SPREAD[i]!, BEST[i]!])],
  };
}

const table5 = (): Pick<Claims, "caption" | "rows"> => ({
  caption: [5, BUDGET],
  rows: table.rows.map(({rank, wikisql, multinli}) => [rank, wikisql, multinli]),
});

export function where({method, on, phase}: WhereParams): Claims {
  if (method !== "lora") return otherMethod(method);
  const r = [0, 8, 4, 2, 2][on.length]!;
  const row = table.rows.find(({weights}) => weights.replace(/W|,/g, "") === on);
  const scores = row ? [row.wikisql, row.multinli] : [];
  const left = BUDGET - count(on.length, r);
  return {
    // "GPT-3" has a number in its name.
    summary: on
      ? [...(phase === "merged" ? [] : [r, ...scores]), count(on.length, r), 3, ...(left ? [left] : [])]
      : [BUDGET],
    readouts: [
      r ? [r] : [],
      [count(on.length, r), BUDGET],
      ...[0, 1].map((i) => [...scores.slice(i, i + 1), SPREAD[i]!, BEST[i]!]),
    ],
    ...table5(),
  };
}
