import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {digitRecipe, makeBase} from "../../engine/training/pretraining.ts";
import {giveBack, lend} from "../shared/kernelPool.ts";
import {type LiveRow, liveRuns, type Standing} from "../shared/liveRuns.ts";
import {LISTS, OPERATIONS} from "../shared/taskNames.ts";
import {type Contrast, controls, GOAL, places, type Row, type SweepParams, type SweepResult} from "./controls.ts";
import {digitLessonOf, groundOf, load} from "./data.ts";
import {
  type Cell,
  fluctuation,
  type Machine,
  machineOf,
  matrices,
  paperOf,
  placesOf,
  ranks,
  rates,
  tasks,
  trainedOf,
} from "./stored.ts";

const subjects: Readonly<Record<string, string>> = {...LISTS, ...OPERATIONS};

const rated = {
  qv: ["reversePlusOne", places.qv],
  every: ["reversePlusOne", places.every],
  full: ["reversePlusOne", places.full],
  names: ["names", places.every],
  "names-full": ["names", places.full],
} as const;

const rowOf = (cell: Cell, name: string, results: readonly number[]): Row => ({
  name,
  ...(cell.plan === "full" ? {} : {rank: cell.plan.r, alpha: cell.plan.alpha}),
  trained: trainedOf(cell),
  rate: cell.rate,
  results,
  mean: results.reduce((sum, one) => sum + one, 0) / results.length,
  there: results.filter((one) => one >= GOAL).length,
  paper: paperOf(cell),
});

/** What a row differs in from the others. */
const nameOf: Readonly<Record<SweepParams["vary"], (cell: Cell) => string>> = {
  matrices: placesOf,
  rank: (cell) => (cell.plan === "full" ? placesOf(cell) : `rank ${cell.plan.r}`),
  rate: ({rate}) => `rate ${rate}`,
  tasks: ({subject}) => subjects[subject]!,
};

function contrastOf(cells: readonly Cell[], learned: string): Contrast {
  const other = learned === "rotateTwo" ? "reversePlusOne" : "rotateTwo";
  const there = (subject: string, place: string) =>
    cells.find((cell) => cell.subject === subject && placesOf(cell) === place)!.results.filter((one) => one >= GOAL)
      .length;
  const both = (subject: string) => [there(subject, "Wq + Wk"), there(subject, "Wv")] as const;
  return {here: both(learned), other: both(other), otherTask: subjects[other]!};
}

/** The stored settings of a comparison, and the machine that learns where it is not one of the two that are kept. */
interface Comparison {
  stored: SweepResult;
  cells: readonly Cell[];
  other?: Machine;
}

function comparison({vary, learned, machine: seed, pretraining, ranked, rated: rateOf, way}: SweepParams): Comparison {
  const isKept = seed === controls.machine.value && pretraining === controls.pretraining.value;
  const machine = machineOf(seed, Number(pretraining));
  const [subject, place] = {
    matrices: [learned, undefined] as const,
    rank: [ranked, undefined] as const,
    rate: rated[rateOf],
    tasks: [undefined, places[way]] as const,
  }[vary];
  const isDigits = vary === "matrices" && subject !== "names";
  const isOther = isDigits && !isKept;
  // The kept machine is tried with more seeds than the others.
  const all = {matrices: isOther ? machine.cells : matrices, rank: ranks, rate: rates, tasks}[vary];
  const cells = all.filter((cell) => (!subject || cell.subject === subject) && (!place || placesOf(cell) === place));
  const results = cells.flatMap((cell) => cell.results);
  return {
    cells,
    stored: {
      task: subject ? subjects[subject]! : "",
      on: place ?? (vary === "rank" ? placesOf(cells[0]!) : ""),
      isWords: subject === "names",
      seeds: cells[0]!.results.length,
      rows: cells.map((cell) => rowOf(cell, nameOf[vary](cell), cell.results)),
      extent: [Math.min(...results), Math.max(...results)],
      fluctuation,
      ...(isDigits && {
        machine: {seed, steps: machine.steps, underX: machine.underX},
        contrast: contrastOf(all, learned),
      }),
    },
    ...(isOther && {other: machine}),
  };
}

/** Steps between two looks at how far a pretraining is. */
const LOOK = 50;

/** Pretrains a digit machine that is not kept; shows how far it is in a picture with nothing in its rows. */
function* pretrained(
  kernels: Kernels,
  {seed, steps}: Machine,
  empty: SweepResult,
): Generator<SweepResult | undefined, Transformer> {
  const making = makeBase(kernels, digitRecipe(seed, steps));
  try {
    for (;;) {
      const {done, value} = making.next();
      if (done) return value;
      yield value.step % LOOK === 0 ? {...empty, pretrained: value.step} : undefined;
    }
  } finally {
    making.return(undefined as never);
  }
}

/** First the stored runs of a comparison, a row a setting; then the same runs made here, one after another. */
export function* compute(params: SweepParams): Generator<SweepResult | Promise<void> | undefined, void> {
  const {stored, cells, other} = comparison(params);
  yield stored;
  const {contrast: _, ...still} = stored;
  const rowsOf = (results: Standing["results"]) =>
    cells.map((cell, i) => rowOf(cell, stored.rows[i]!.name, results[i] ?? []));
  if (!other) yield load(cells.map(({subject}) => subject));
  const kernels = lend();
  try {
    const base = other && (yield* pretrained(kernels, other, {...still, rows: rowsOf([])}));
    const rows = cells.map(({subject, plan, rate, results}): LiveRow => {
      const ground = base ? {base, lesson: digitLessonOf(subject)} : groundOf(subject);
      return {...ground, plan, rate, seeds: results.length, stored: results};
    });
    for (const standing of liveRuns(kernels, rows)) yield standing && at(standing);
  } finally {
    giveBack(kernels);
  }

  function at({results, next, ...live}: Standing): SweepResult {
    const name = next && `${stored.rows[next.row]!.name} with seed ${next.seed}`;
    return {...still, rows: rowsOf(results), live: {...live, ...(name && {next: name})}};
  }
}
