/** The stored runs of a comparison, and the same runs made again in the browser. */
import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {digitRecipe, makeBase} from "../../engine/training/pretraining.ts";
import {newTasks} from "../../engine/training/tasks.ts";
import {digitLesson, type Lesson, SPLIT_SEED, wordLesson} from "../../engine/training/trials.ts";
import {splitWords} from "../../engine/training/words.ts";
import {listWords, loadedBase, loadFor} from "../shared/baseModels.ts";
import {giveBack, lend, loadKernels} from "../shared/kernelPool.ts";
import {isList, LEARNED_SHARE, LISTS, OPERATIONS, type TaskName} from "../shared/taskNames.ts";
import {controls, type SweepParams, trainedPlaces} from "./controls.ts";
import {type LiveProgress, type LiveRow, liveRuns} from "./liveRuns.ts";
import type {Machine, Pretrained, StoredSetting, Table5Scores} from "./stored.ts";

/** The stored runs, once `ready` has loaded them. */
let runs: typeof import("./stored.ts");

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
  storedResults?: readonly number[];
}

/** How many seeds learn a task, place by place. */
export interface TaskSeeds {
  task: string;
  learnedCounts: readonly number[];
}

/** How far the runs made here are, with the next run in words. */
export type LiveState = Omit<LiveProgress, "results" | "next"> & {next?: string};

export interface SweepResult {
  /** The task, "" if it differs from row to row; and the trained matrices, "" if they do. */
  task: string;
  places: string;
  isWords: boolean;
  seeds: number;
  rows: readonly SweepRow[];
  /** Smallest and largest stored result. */
  extent: readonly [number, number];
  /** The digit machine that learns, if the comparison offers several. */
  machine?: Pretrained;
  /** The two digit tasks on the same base, always in this order, if one of them is shown by place from stored runs. */
  tasks?: readonly TaskSeeds[];
  /** Pretraining steps done so far, while a base that is not stored is made here. */
  pretrainedSteps?: number;
  /** Set if the rows are runs made here; otherwise they are the stored ones. */
  live?: LiveState;
}

const taskNames: Readonly<Record<TaskName, string>> = {...LISTS, ...OPERATIONS};

/** The choices of the control `rated`: a task, and what is trained. */
const tasksWithRates = {
  qv: ["reversePlusOne", trainedPlaces.qv],
  every: ["reversePlusOne", trainedPlaces.every],
  full: ["reversePlusOne", trainedPlaces.full],
  names: ["names", trainedPlaces.every],
  "names-full": ["names", trainedPlaces.full],
} as const;

const isLearned = (result: number): boolean => result >= LEARNED_SHARE;

/** A row for the results of a setting. */
const rowOf = (setting: StoredSetting, name: string, results: readonly number[]): SweepRow => ({
  name,
  ...(setting.plan === "full" ? {} : {rank: setting.plan.r, alpha: setting.plan.alpha}),
  trained: runs.trainedOf(setting),
  rate: setting.rate,
  results,
  mean: results.reduce((sum, one) => sum + one, 0) / results.length,
  learnedCount: results.filter(isLearned).length,
  paper: runs.paperOf(setting),
});

/** A row is named after what the comparison varies. */
const nameOf: Readonly<Record<SweepParams["vary"], (setting: StoredSetting) => string>> = {
  matrices: (setting) => runs.placesOf(setting),
  rank: (setting) => (setting.plan === "full" ? runs.placesOf(setting) : `rank ${setting.plan.r}`),
  rate: ({rate}) => `rate ${rate}`,
  tasks: ({subject}) => taskNames[subject],
};

/** How many seeds learn each of the two digit tasks in these settings, place by place. */
const bothTasks = (settings: readonly StoredSetting[]): TaskSeeds[] =>
  (["reversePlusOne", "rotateTwo"] as const).map((subject) => ({
    task: taskNames[subject],
    learnedCounts: settings
      .filter((setting) => setting.subject === subject)
      .map(({results}) => results.filter(isLearned).length),
  }));

/** What the chosen comparison shows, and the settings behind its rows. */
interface Comparison {
  stored: SweepResult;
  settings: readonly StoredSetting[];
  /** The digit machine to pretrain first, if its weights are not stored. */
  pretrain?: Machine;
}

/** The comparison that a reader has chosen. */
function comparisonOf({vary, learned, machine: seed, pretraining, ranked, rated, way}: SweepParams): Comparison {
  const {machineOf, matrices, placesOf, ranks, rates, tasks} = runs;
  const isStored = seed === controls.machine.value && pretraining === controls.pretraining.value;
  const machine = machineOf(seed, Number(pretraining));
  const [subject, place] = {
    matrices: [learned, undefined] as const,
    rank: [ranked, undefined] as const,
    rate: tasksWithRates[rated],
    tasks: [undefined, trainedPlaces[way]] as const,
  }[vary];
  const isDigits = vary === "matrices" && subject !== "names";
  const isUnstored = isDigits && !isStored;
  // The machine whose weights are stored was tried with more seeds than the others.
  const all = {matrices: isUnstored ? machine.cells : matrices, rank: ranks, rate: rates, tasks}[vary];
  const settings = all.filter(
    (setting) => (!subject || setting.subject === subject) && (!place || placesOf(setting) === place),
  );
  const results = settings.flatMap((setting) => setting.results);
  return {
    settings,
    stored: {
      task: subject ? taskNames[subject] : "",
      places: place ?? (vary === "rank" ? placesOf(settings[0]!) : ""),
      isWords: subject === "names",
      seeds: settings[0]!.results.length,
      rows: settings.map((setting) => rowOf(setting, nameOf[vary](setting), setting.results)),
      extent: [Math.min(...results), Math.max(...results)],
      ...(isDigits && {
        machine: {seed, steps: machine.steps, underX: machine.underX},
        tasks: bothTasks(all),
      }),
    },
    ...(isUnstored && {pretrain: machine}),
  };
}

const lessonOf = (task: TaskName): Lesson =>
  isList(task) ? wordLesson(splitWords(listWords(task), SPLIT_SEED)) : digitLesson(newTasks[task]);

/** Steps between two snapshots of a pretraining. */
const SNAPSHOT_STEPS = 50;

/** Pretrains a digit machine → the model. Yields `empty` with the steps done, and undefined between two snapshots. */
function* pretrainMachine(
  kernels: Kernels,
  {seed, steps}: Machine,
  empty: SweepResult,
): Generator<SweepResult | undefined, Transformer> {
  const run = makeBase(kernels, digitRecipe(seed, steps));
  try {
    for (;;) {
      const {done, value} = run.next();
      if (done) return value;
      yield value.step % SNAPSHOT_STEPS === 0 ? {...empty, pretrainedSteps: value.step} : undefined;
    }
  } finally {
    run.return(undefined as never);
  }
}

/** Yields the stored runs of a comparison; then, when it is asked for more, the same runs made here, one after another. */
export function* compute(params: SweepParams): Generator<SweepResult | Promise<void> | undefined, void> {
  const {stored, settings, pretrain} = comparisonOf(params);
  yield stored;
  // Live runs are of one task.
  const {tasks: _, ...withoutTasks} = stored;
  const rowsOf = (results: LiveProgress["results"]) =>
    settings.map(
      (setting, i): SweepRow => ({
        ...rowOf(setting, stored.rows[i]!.name, results[i] ?? []),
        storedResults: setting.results,
      }),
    );
  const withRuns = ({results, next, ...live}: LiveProgress): SweepResult => ({
    ...withoutTasks,
    rows: rowsOf(results),
    live: {...live, ...(next && {next: `${stored.rows[next.row]!.name} with seed ${next.seed}`})},
  });
  if (!pretrain) yield loadFor(settings.map(({subject}) => subject));
  yield loadKernels();
  const kernels = lend();
  try {
    const newMachine = pretrain && (yield* pretrainMachine(kernels, pretrain, {...withoutTasks, rows: rowsOf([])}));
    const rows = settings.map(
      ({subject, plan, rate, results}): LiveRow => ({
        base: newMachine ?? loadedBase(subject),
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
