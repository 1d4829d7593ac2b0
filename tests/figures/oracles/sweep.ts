/** What the sweep figure must say, counted anew from the file by loops of its own. */
import {readFileSync} from "node:fs";
import type {SweepParams} from "../../../src/figures/sweep/controls.ts";
import type {Claims} from "./oracle.ts";

interface Run {
  subject: string;
  plan: "full" | {targets: string[]; r: number; alpha: number};
  rate: number;
  results: number[];
}
interface Base {
  seed: number;
  steps: number;
  underX: Record<string, number>;
  cells: Run[];
}

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../../content/${file}`, import.meta.url), "utf8"));
const file: Record<"matrices" | "ranks" | "rates" | "tasks", Run[]> & {bases: Base[]} = read("lab/sweep.json");
const table: {rows: {weights: string; wikisql: number; multinli: number}[]} = read("paper/table-5.json");
const cards = {names: read("lab/word-forge.json"), digits: read("lab/digit-machine.json")};

/** The letters of the matrices a plan sits on: "qv". */
const on = ({plan}: Run): string => (plan === "full" ? "full" : plan.targets.map((target) => target[1]).join(""));
const EVERY = "qkvo12";

/** The numbers in the name of a task. */
const DIGITS: Readonly<Record<string, number[] | undefined>> = {
  reversePlusOne: [1],
  rotatePlusOne: [1],
  plusThree: [3],
  nineMinus: [9],
};

/** The numbers in a row's name, by what the rows compare. */
function named({vary}: SweepParams, run: Run): number[] {
  if (vary === "rank") return run.plan === "full" ? [] : [run.plan.r];
  if (vary === "rate") return [run.rate];
  return vary === "tasks" ? (DIGITS[run.subject] ?? []) : [];
}

function runsOf(params: SweepParams): Run[] {
  const {vary, learned, machine, pretraining, ranked, rated, way} = params;
  const short = {qv: "qv", every: EVERY, full: "full", names: EVERY, "names-full": "full"};
  if (vary === "rank") return file.ranks.filter(({subject}) => subject === ranked);
  if (vary === "rate") {
    const subject = rated.startsWith("names") ? "names" : "reversePlusOne";
    return file.rates.filter((run) => run.subject === subject && on(run) === short[rated]);
  }
  if (vary === "tasks") return file.tasks.filter((run) => on(run) === short[way]);
  const own = file.matrices.filter(({subject}) => subject === learned);
  if (learned === "names" || (machine === 1 && pretraining === "1200")) return own;
  return baseOf(params).cells.filter(({subject}) => subject === learned);
}

const baseOf = ({machine, pretraining}: SweepParams): Base =>
  file.bases.find(({seed, steps}) => `${seed} ${steps}` === `${machine} ${pretraining}`)!;

/** Both sides of each pair on each of two layers of width 32; an MLP matrix has a side four times as long. */
function numbersOf({subject, plan}: Run): number {
  if (plan === "full") return cards[subject === "names" ? "names" : "digits"].parameters;
  let sides = 0;
  for (const target of plan.targets) sides += /\d/.test(target) ? 32 + 128 : 32 + 32;
  return 2 * plan.r * sides;
}

const thereOf = ({results}: Run): number => results.reduce((n, share) => (share < 0.9 ? n : n + 1), 0);
const average = (list: readonly number[]): number => list.reduce((a, b) => a + b) / list.length;
const ends = (list: readonly number[]): number[] => {
  const sorted = [...new Set(list)].sort((a, b) => a - b);
  return sorted.length > 1 ? [sorted[0]!, sorted.at(-1)!] : sorted;
};

export function sweep(params: SweepParams): Claims {
  const {vary, learned} = params;
  const runs = runsOf(params);
  const isWords = runs[0]!.subject === "names";
  const seeds = runs[0]!.results.length;
  const isMachine = vary === "matrices" && !isWords;
  const {seed, steps, underX, cells} = baseOf(params);
  const title = vary === "tasks" ? [] : (DIGITS[runs[0]!.subject] ?? []);
  const head = [...title, seeds, ...(isMachine ? [seed, steps] : [])];

  const ordered = runs.map((run) => ({run, mean: average(run.results)})).sort((a, b) => b.mean - a.mean);
  let gaps = 0;
  for (let i = 1; i < ordered.length; i++) {
    const above = Math.min(...ordered[i - 1]!.run.results);
    if (ordered[i]!.run.results.every((loss) => loss < above)) gaps++;
  }
  let parting = 0;
  for (const {results} of runs) if (results.some((x) => x >= 0.9) && results.some((x) => x < 0.5)) parting++;

  const [sure, none] = [seeds, 0].map((count) => runs.filter((run) => thereOf(run) === count).length);
  const groups: number[] = [];
  for (let count = seeds; count >= 0; count--) {
    const group = runs.filter((run) => thereOf(run) === count);
    if (!group.length) continue;
    if (count > 0 && count < seeds) groups.push(count);
    groups.push(...group.flatMap((run) => named(params, run)));
    if (count === 0) groups.push(100 * Math.max(...group.flatMap(({results}) => results)));
  }
  const other = learned === "rotateTwo" ? "reversePlusOne" : "rotateTwo";
  // The kept machine has more seeds in the first part of the file.
  const every = params.machine === 1 && params.pretraining === "1200" ? file.matrices : cells;
  const sides = isMachine ? [learned, other] : [];
  const contrast = sides.flatMap((subject) =>
    ["qk", "v"].map((short) => thereOf(every.find((run) => run.subject === subject && on(run) === short)!)),
  );
  const [worst, best] = [ordered[0]!, ordered.at(-1)!];
  return {
    summary: isWords
      ? [
          ...[...named(params, best.run), Math.E ** best.mean, ...named(params, worst.run), Math.E ** worst.mean],
          ...[...head, gaps, runs.length - 1],
        ]
      : [
          // The task is named after "in none of n rows" and before how many learn it.
          ...(sure ? [...title, sure, runs.length] : [runs.length, ...title]),
          ...(none ? [none] : []),
          ...[...head, 90, ...groups],
          ...(parting ? [parting, runs.length, 50] : [50]),
          ...(isMachine ? [...contrast, ...(other === "reversePlusOne" ? [1] : [])] : []),
        ],
    readouts: [
      ends(runs.map(numbersOf)),
      ends(runs.map(({rate}) => rate)),
      isWords ? [gaps, runs.length - 1] : [parting, runs.length],
      [seeds],
      ...(isMachine ? [Object.values(underX).map((share) => 100 * share)] : []),
    ],
    caption: title,
    rows: runs.map((run) => {
      const paper = table.rows.find(({weights}) => weights === (run.plan === "full" ? "" : run.plan.targets.join()));
      const scale = isWords ? 1 : 100;
      return [
        ...named(params, run),
        ...(run.plan === "full" ? [] : [run.plan.r, run.plan.alpha]),
        ...[numbersOf(run), run.rate],
        ...[...run.results, average(run.results)].map((x) => scale * x),
        ...(vary === "matrices" && paper ? [paper.wikisql, paper.multinli] : []),
      ];
    }),
  };
}
