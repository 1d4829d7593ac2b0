/** The stored runs of a comparison, and the same runs made again in the browser. */
import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {digitRecipe, makeBase} from "../../engine/training/pretraining.ts";
import {newTasks} from "../../engine/training/tasks.ts";
import {digitLesson, type Lesson, SPLIT_SEED, wordLesson} from "../../engine/training/trials.ts";
import {heldOut} from "../../engine/training/words.ts";
import {listWords, loadedBase, loadFor} from "../shared/baseModels.ts";
import {giveBack, lend, loadKernels} from "../shared/kernelPool.ts";
import {type LiveProgress, type LiveRow, liveRuns} from "../shared/liveRuns.ts";
import {isList, LEARNED_SHARE, LISTS, OPERATIONS, type TaskName} from "../shared/taskNames.ts";
import {controls, type SweepParams, trainedPlaces} from "./controls.ts";
import type {Machine, Pretrained, StoredSetting, Table5Scores} from "./stored.ts";

/** The stored runs; undefined before `ready`. */
let runs: typeof import("./stored.ts");

/** Loads the stored runs. */
export async function ready(): Promise<void> {
  runs = await import("./stored.ts");
}

export interface SweepRow {
  name: string;
  /** Rank and α of each adapted matrix; undefined if all weights are trained. */
  rank?: number;
  alpha?: number;
  trained: number;
  rate: number;
  /** Seed by seed: shares of exact answers, or nats a letter. */
  results: readonly number[];
  /** NaN while there is no result. */
  mean: number;
  /** How many seeds learn the task: LEARNED_SHARE of the answers are exact. */
  learnedCount: number;
  paper?: Table5Scores;
  /** The stored results, while the row shows runs made here. */
  before?: readonly number[];
}

/** How two tasks compare on the same base. */
export interface Contrast {
  /** How many seeds learn with queries and keys, and with values alone: on this task and on the other. */
  here: readonly [number, number];
  other: readonly [number, number];
  otherTask: string;
  /** Both tasks, always in this order: how many seeds learn them, place by place. */
  tasks: readonly {task: string; learned: readonly number[]}[];
}

export interface SweepResult {
  /** The task, "" if it differs from row to row; and the trained matrices, "" if they do. */
  task: string;
  places: string;
  isWords: boolean;
  seeds: number;
  rows: readonly SweepRow[];
  /** Smallest and largest stored result. */
  extent: readonly [number, number];
  /** The typical fluctuation of the paper's scores. */
  fluctuation: Table5Scores;
  /** The digit machine that learns, if the comparison offers several. */
  machine?: Pretrained;
  contrast?: Contrast;
  /** Pretraining steps done so far, while a base that is not stored is made here. */
  pretrained?: number;
  /** Set if the rows are runs made here; otherwise they are the stored ones. */
  live?: Omit<LiveProgress, "results" | "next"> & {next?: string};
}

const taskNames: Readonly<Record<TaskName, string>> = {...LISTS, ...OPERATIONS};

/** What each choice of the control `rated` stands for: a task, and what is trained. */
const ratedChoices = {
  qv: ["reversePlusOne", trainedPlaces.qv],
  every: ["reversePlusOne", trainedPlaces.every],
  full: ["reversePlusOne", trainedPlaces.full],
  names: ["names", trainedPlaces.every],
  "names-full": ["names", trainedPlaces.full],
} as const;

/** Whether a result counts as having learned the task. */
const isLearned = (result: number): boolean => result >= LEARNED_SHARE;

/** The row of a setting with these results. */
const rowOf = (cell: StoredSetting, name: string, results: readonly number[]): SweepRow => ({
  name,
  ...(cell.plan === "full" ? {} : {rank: cell.plan.r, alpha: cell.plan.alpha}),
  trained: runs.trainedOf(cell),
  rate: cell.rate,
  results,
  mean: results.reduce((sum, one) => sum + one, 0) / results.length,
  learnedCount: results.filter(isLearned).length,
  paper: runs.paperOf(cell),
});

/** A row is named after what the comparison varies. */
const nameOf: Readonly<Record<SweepParams["vary"], (cell: StoredSetting) => string>> = {
  matrices: (cell) => runs.placesOf(cell),
  rank: (cell) => (cell.plan === "full" ? runs.placesOf(cell) : `rank ${cell.plan.r}`),
  rate: ({rate}) => `rate ${rate}`,
  tasks: ({subject}) => taskNames[subject],
};

/** The tasks that are compared. */
const contrastedTasks = ["reversePlusOne", "rotateTwo"] as const;

/** Compares the two tasks; `learned` is the one that is chosen. */
function contrastOf(cells: readonly StoredSetting[], learned: TaskName): Contrast {
  const other = learned === "rotateTwo" ? "reversePlusOne" : "rotateTwo";
  const learnedWith = (subject: TaskName, place: string) =>
    cells.find((cell) => cell.subject === subject && runs.placesOf(cell) === place)!.results.filter(isLearned).length;
  const counts = (subject: TaskName) => [learnedWith(subject, "Wq + Wk"), learnedWith(subject, "Wv")] as const;
  return {
    here: counts(learned),
    other: counts(other),
    otherTask: taskNames[other],
    tasks: contrastedTasks.map((subject) => ({
      task: taskNames[subject],
      learned: cells.filter((cell) => cell.subject === subject).map(({results}) => results.filter(isLearned).length),
    })),
  };
}

/** What the chosen comparison shows, and the settings behind its rows. */
interface Comparison {
  stored: SweepResult;
  cells: readonly StoredSetting[];
  /** The digit machine, if its weights are not stored and it must be pretrained first. */
  unstored?: Machine;
}

/** The chosen comparison, from the stored runs. */
function comparisonOf({vary, learned, machine: seed, pretraining, ranked, rated, way}: SweepParams): Comparison {
  const {fluctuation, machineOf, matrices, placesOf, ranks, rates, tasks} = runs;
  const isStored = seed === controls.machine.value && pretraining === controls.pretraining.value;
  const machine = machineOf(seed, Number(pretraining));
  const [subject, place] = {
    matrices: [learned, undefined] as const,
    rank: [ranked, undefined] as const,
    rate: ratedChoices[rated],
    tasks: [undefined, trainedPlaces[way]] as const,
  }[vary];
  const isDigits = vary === "matrices" && subject !== "names";
  const isOther = isDigits && !isStored;
  // The machine whose weights are stored was tried with more seeds than the others.
  const candidates = {matrices: isOther ? machine.cells : matrices, rank: ranks, rate: rates, tasks}[vary];
  const cells = candidates.filter(
    (cell) => (!subject || cell.subject === subject) && (!place || placesOf(cell) === place),
  );
  const results = cells.flatMap((cell) => cell.results);
  return {
    cells,
    stored: {
      task: subject ? taskNames[subject] : "",
      places: place ?? (vary === "rank" ? placesOf(cells[0]!) : ""),
      isWords: subject === "names",
      seeds: cells[0]!.results.length,
      rows: cells.map((cell) => rowOf(cell, nameOf[vary](cell), cell.results)),
      extent: [Math.min(...results), Math.max(...results)],
      fluctuation,
      ...(isDigits && {
        machine: {seed, steps: machine.steps, underX: machine.underX},
        contrast: contrastOf(candidates, learned),
      }),
    },
    ...(isOther && {unstored: machine}),
  };
}

/** What a base learns in a task, and how that is measured. */
const lessonOf = (task: TaskName): Lesson =>
  isList(task) ? wordLesson(heldOut(listWords(task), SPLIT_SEED)) : digitLesson(newTasks[task]);

/** Steps between two snapshots of a pretraining. */
const SNAPSHOT_STEPS = 50;

/** Pretrains a digit machine and returns it. Yields `empty` with the steps done, and undefined between two snapshots. */
function* pretrain(
  kernels: Kernels,
  {seed, steps}: Machine,
  empty: SweepResult,
): Generator<SweepResult | undefined, Transformer> {
  const pretraining = makeBase(kernels, digitRecipe(seed, steps));
  try {
    for (;;) {
      const {done, value} = pretraining.next();
      if (done) return value;
      yield value.step % SNAPSHOT_STEPS === 0 ? {...empty, pretrained: value.step} : undefined;
    }
  } finally {
    pretraining.return(undefined as never);
  }
}

/** Yields the stored runs of a comparison; then, when more is asked for, the same runs made here, one after another. */
export function* compute(params: SweepParams): Generator<SweepResult | Promise<void> | undefined, void> {
  const {stored, cells, unstored} = comparisonOf(params);
  yield stored;
  const {contrast: _, ...unchanged} = stored;
  const rowsOf = (results: LiveProgress["results"]) =>
    cells.map((cell, i): SweepRow => ({...rowOf(cell, stored.rows[i]!.name, results[i] ?? []), before: cell.results}));
  const withRuns = ({results, next, ...live}: LiveProgress): SweepResult => ({
    ...unchanged,
    rows: rowsOf(results),
    live: {...live, ...(next && {next: `${stored.rows[next.row]!.name} with seed ${next.seed}`})},
  });
  if (!unstored) yield loadFor(cells.map(({subject}) => subject));
  yield loadKernels();
  const kernels = lend();
  try {
    const pretrained = unstored && (yield* pretrain(kernels, unstored, {...unchanged, rows: rowsOf([])}));
    const rows = cells.map(
      ({subject, plan, rate, results}): LiveRow => ({
        base: pretrained ?? loadedBase(subject),
        lesson: lessonOf(subject),
        plan,
        rate,
        seeds: results.length,
        stored: results,
      }),
    );
    for (const progress of liveRuns(kernels, rows)) yield progress && withRuns(progress);
  } finally {
    giveBack(kernels);
  }
}
