import {choice, type Params, range} from "../controls.ts";
import {LISTS, OPERATIONS} from "../lessonNames.ts";
import {
  type Cell,
  type Machine,
  machineOf,
  matrices,
  type Paper,
  paperOf,
  placesOf,
  ranks,
  rates,
  tasks,
  trainedOf,
} from "./stored.ts";

/** Share of fresh inputs with every digit right from which on a run has found the rule. */
export const GOAL = 0.9;

export const subjects: Readonly<Record<string, string>> = {...LISTS, ...OPERATIONS};

const {names} = LISTS;
const {reversePlusOne, rotateTwo, plusThree, reversePermute} = OPERATIONS;
/** What is trained, as `placesOf` calls it. */
const places = {qv: "Wq + Wv", every: "every matrix", full: "all weights"};
const rated = {
  qv: ["reversePlusOne", places.qv],
  every: ["reversePlusOne", places.every],
  full: ["reversePlusOne", places.full],
  names: ["names", places.every],
  "names-full": ["names", places.full],
} as const;
const digitMatrices = {vary: ["matrices"], learned: ["reversePlusOne", "rotateTwo"]};

/** No name is one of the lab's: the address of its page holds both. */
export const controls = {
  vary: choice(["Compare"], {matrices: "Matrices", rank: "Ranks", rate: "Learning rates", tasks: "Tasks"}, "matrices"),
  learned: {
    ...choice(["Task"], {reversePlusOne, rotateTwo, names}, "reversePlusOne"),
    when: {vary: ["matrices"]},
  },
  machine: {
    ...range(["Base, seed"], {min: 1, max: 6, value: 1}),
    when: digitMatrices,
  },
  pretraining: {
    ...choice(["Steps of pretraining"], {"500": "500", "1200": "1,200"}, "1200"),
    when: digitMatrices,
  },
  ranked: {
    ...choice(["Task"], {names, reversePlusOne, plusThree, reversePermute}, "names"),
    when: {vary: ["rank"]},
  },
  rated: {
    ...choice(
      ["Task and what is trained"],
      {
        qv: "Reverse, +1: Wq + Wv",
        every: "Reverse, +1: every matrix",
        full: "Reverse, +1: all weights",
        names: "Names: every matrix",
        "names-full": "Names: all weights",
      },
      "qv",
    ),
    when: {vary: ["rate"]},
  },
  way: {
    ...choice(["Trained"], {qv: places.qv, every: "Every matrix", full: "All weights"}, "qv"),
    when: {vary: ["tasks"]},
  },
};
export type SweepParams = Params<typeof controls>;

export interface Row {
  name: string;
  /** Rank and α of each pair; undefined where all weights are trained. */
  rank?: number;
  alpha?: number;
  trained: number;
  rate: number;
  /** Seed by seed: shares of exact answers, or nats a letter. */
  results: readonly number[];
  mean: number;
  /** How many of the seeds are at the goal. */
  there: number;
  paper?: Paper;
}

/** The seeds at the goal with queries and keys, and with values alone: on this task and on the other, for the same base. */
export interface Contrast {
  here: readonly [number, number];
  other: readonly [number, number];
  otherTask: string;
}

export interface SweepResult {
  /** What is learned, "" where each row learns another task; and what is trained, "" where that differs. */
  task: string;
  on: string;
  isWords: boolean;
  seeds: number;
  rows: readonly Row[];
  /** The digit machine that learns, where there are several. */
  machine?: Machine;
  contrast?: Contrast;
}

const rowOf = (cell: Cell, name: string): Row => ({
  name,
  ...(cell.plan === "full" ? {} : {rank: cell.plan.r, alpha: cell.plan.alpha}),
  trained: trainedOf(cell),
  rate: cell.rate,
  results: cell.results,
  mean: cell.results.reduce((sum, one) => sum + one, 0) / cell.results.length,
  there: cell.results.filter((one) => one >= GOAL).length,
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

/** The stored runs of a comparison, a row a setting. */
export function compute({
  vary,
  learned,
  machine: seed,
  pretraining,
  ranked,
  rated: rateOf,
  way,
}: SweepParams): SweepResult {
  const isKept = seed === controls.machine.value && pretraining === controls.pretraining.value;
  const machine = machineOf(seed, Number(pretraining));
  const [subject, place] = {
    matrices: [learned, undefined] as const,
    rank: [ranked, undefined] as const,
    rate: rated[rateOf],
    tasks: [undefined, places[way]] as const,
  }[vary];
  const isDigits = vary === "matrices" && subject !== "names";
  // The kept machine is tried with more seeds than the others.
  const cells = {matrices: isDigits && !isKept ? machine.cells : matrices, rank: ranks, rate: rates, tasks}[vary];
  const chosen = cells.filter((cell) => (!subject || cell.subject === subject) && (!place || placesOf(cell) === place));
  return {
    task: subject ? subjects[subject]! : "",
    on: place ?? (vary === "rank" ? placesOf(chosen[0]!) : ""),
    isWords: subject === "names",
    seeds: chosen[0]!.results.length,
    rows: chosen.map((cell) => rowOf(cell, nameOf[vary](cell))),
    ...(isDigits && {machine, contrast: contrastOf(cells, learned)}),
  };
}
