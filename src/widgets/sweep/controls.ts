import {choice, type Params, range} from "../../shell/controls.ts";
import type {Standing} from "../shared/liveRuns.ts";
import {LISTS, OPERATIONS} from "../shared/taskNames.ts";

/** What makes the stored runs; a test holds the file to it. */
export const COMMAND = "npm run sweep:lab";

/** Share of fresh inputs with every digit right from which on a run has found the rule. */
export const GOAL = 0.9;

const {names} = LISTS;
const {reversePlusOne, rotateTwo, plusThree, reversePermute} = OPERATIONS;
/** What is trained, as `placesOf` calls it. */
export const places = {qv: "Wq + Wv", every: "every matrix", full: "all weights"};
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

/** What the paper's Table 5 has for the same matrices: GPT-3 175B, percent. */
export interface Printed {
  wikisql: number;
  multinli: number;
}

export interface Row {
  name: string;
  /** Rank and α of each pair; undefined where all weights are trained. */
  rank?: number;
  alpha?: number;
  trained: number;
  rate: number;
  /** Seed by seed: shares of exact answers, or nats a letter. */
  results: readonly number[];
  /** No number while there is no result. */
  mean: number;
  /** How many of the seeds are at the goal. */
  there: number;
  paper?: Printed;
}

/** The seeds at the goal with queries and keys, and with values alone: on this task and on the other, for the same base. */
export interface Contrast {
  here: readonly [number, number];
  other: readonly [number, number];
  otherTask: string;
}

/** A digit machine that learns: its pretraining, and of each operation the share of digits right under X. */
export interface Pretrained {
  seed: number;
  steps: number;
  underX: Readonly<Record<string, number>>;
}

export interface SweepResult {
  /** What is learned, "" where each row learns another task; and what is trained, "" where that differs. */
  task: string;
  on: string;
  isWords: boolean;
  seeds: number;
  rows: readonly Row[];
  /** Least and most of all stored results. */
  extent: readonly [number, number];
  /** How far the paper says its numbers vary. */
  fluctuation: Printed;
  /** The digit machine that learns, where there are several. */
  machine?: Pretrained;
  contrast?: Contrast;
  /** Steps of pretraining made here, before the machine can learn. */
  pretrained?: number;
  /** The rows are runs made here; without it stored ones. */
  live?: Omit<Standing, "results" | "next"> & {next?: string};
}

/** Every row has all its results. */
export const isWhole = ({live, pretrained}: SweepResult): boolean =>
  pretrained === undefined && (!live || live.done === live.due);
