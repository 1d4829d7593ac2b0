/** What the budget figure must say, counted anew from the files by loops of its own. */
import {readFileSync} from "node:fs";
import type {BudgetParams} from "../../../src/figures/budget/controls.ts";
import type {Claims} from "./oracle.ts";

interface Run {
  subject: string;
  plan: {targets: string[]; r: number};
  results: number[];
}
const read = (file: string) => JSON.parse(readFileSync(new URL(`../../../content/${file}`, import.meta.url), "utf8"));
const file: Record<"choices" | "ranks", Run[]> = read("lab/choices.json");
const table5: {rows: {weights: string; rank: number; wikisql: number; multinli: number}[]} = read("paper/table-5.json");
const table6: {rows: ({dataset: string; weights: string} & Record<string, number>)[]} = read("paper/table-6.json");

const LEARNED = ["reversePlusOne", "rotateTwo"];
const SPREAD = [0.5, 0.1];
/** The number in the name of the first task. */
const ONE = 1;
/** GPT-3: 96 layers of width 12,288; each rank of a square matrix is a column and a row. */
const large = (matrices: number, r: number): number => 96 * matrices * r * (12_288 + 12_288);
const tiny = (matrices: number, r: number): number => 2 * matrices * r * (32 + 32);
const BUDGET = large(1, 8);
const RANKS = [1, 2, 4, 8, 16, 32, 64];
const SETS = ["Wq", "Wq,Wv", "Wq,Wk,Wv,Wo"];

const weightsOf = (on: string): string => [...on].map((letter) => `W${letter}`).join();
const resultsOf = (runs: Run[], subject: string, weights: string, r: number): number[] =>
  runs.find((run) => run.subject === subject && run.plan.r === r && run.plan.targets.join() === weights)?.results ?? [];
const there = (results: readonly number[]): number => results.reduce((n, share) => (share < 0.9 ? n : n + 1), 0);
const meanOf = (results: readonly number[]): number => results.reduce((a, b) => a + b, 0) / results.length;

/** "9 of 10", then the mean in percent; nothing where there is no run. */
const cells = (results: readonly number[]): number[] =>
  results.length ? [there(results), results.length, 100 * meanOf(results)] : [];

function byChoice({on, seed}: BudgetParams): Claims {
  const n = on.length;
  const weights = weightsOf(on);
  const r = n ? Math.floor(8 / n) : 0;
  const own = table5.rows.find((row) => row.weights === weights);
  const rows = [...table5.rows, ...(n && !own ? [{weights, rank: r, wikisql: undefined, multinli: undefined}] : [])];
  const results = LEARNED.map((subject) => resultsOf(file.choices, subject, weights, r));
  const counts = results.flatMap((list) => (n ? [there(list)] : []));
  const left = BUDGET - large(n, r);
  const paper = own ? [own.wikisql, own.multinli] : left ? [left] : [];
  const best = ["wikisql", "multinli"].map((task) => Math.max(...table5.rows.map((row) => row[task as "wikisql"])));
  return {
    summary: n
      ? [
          r,
          ...paper,
          counts[0]!,
          10,
          counts[1]!,
          seed,
          ...results.flatMap((list, i) => [100 * list[seed - 1]!, ...(i ? [] : [ONE])]),
        ]
      : [],
    readouts: [
      [r, n, 4],
      [large(n, r), tiny(n, r)],
      ...[0, 1].map((i) => (own ? [[own.wikisql, own.multinli][i]!, SPREAD[i]!, best[i]!] : [])),
      ...results.map((list) => (n ? [there(list), 10] : [])),
    ],
    caption: [BUDGET, 3],
    rows: rows.map((row) => {
      const lists = LEARNED.map((subject) => resultsOf(file.choices, subject, row.weights, row.rank));
      return [
        row.rank,
        ...(row.wikisql === undefined ? [] : [row.wikisql, row.multinli!]),
        ...lists.flatMap(cells),
        ...lists.map((list) => 100 * list[seed - 1]!),
      ];
    }),
  };
}

function byRank({on, scored}: BudgetParams): Claims {
  const n = on.length;
  const weights = weightsOf(on);
  const isTested = SETS.includes(weights);
  const row = (dataset: string, set: string) =>
    table6.rows.find((one) => one.dataset === dataset && one.weights === set)!;
  const tested = RANKS.filter((r) => ![16, 32].includes(r));
  const ends = ["WikiSQL", "MultiNLI"].map((dataset) => {
    if (!isTested) return [];
    const scores = tested.map((r) => row(dataset, weights)[`r${r}`]!);
    return [Math.min(...scores), Math.max(...scores)];
  });
  const at = ["wikisql", "multinli"].indexOf(scored);
  const results = (subject: string, r: number) => (n ? resultsOf(file.ranks, subject, weights, r) : []);
  const sure = LEARNED.map((subject) => RANKS.filter((r) => there(results(subject, r)) === 5));
  const learned = sure.flatMap((found, i) => [...(i === 0 ? [ONE] : []), ...(found.length ? found : [32])]);
  return {
    summary: n
      ? isTested
        ? // "GPT-3" has a number in its name.
          [3, ...ends[at]!, SPREAD[at]!, 5, ...learned]
        : [6]
      : [],
    readouts: [
      [large(n, 1), tiny(n, 1)],
      ...ends.map((pair, i) => (pair.length ? [...pair, SPREAD[i]!] : [])),
      ...sure.map((found) => (isTested ? found : [])),
    ],
    caption: [],
    rows: RANKS.map((r) => [
      r,
      ...(tested.includes(r)
        ? ["WikiSQL", "MultiNLI"].flatMap((dataset) => SETS.map((set) => row(dataset, set)[`r${r}`]!))
        : []),
      ...LEARNED.flatMap((subject) => cells(results(subject, r))),
    ]),
  };
}

export const budget = (params: BudgetParams): Claims => (params.by === "rank" ? byRank(params) : byChoice(params));
