import {choice, type Params, range} from "../controls.ts";
import {paint, STEPS} from "./run.ts";
import {DIRECTIONS, SEEDS, UNITS} from "./settings.ts";
import {dimensions, type Sweep, stored, type Trial} from "./stored.ts";
import {CELLS, pictureOf, type Task} from "./tasks.ts";

const D_OPTIONS = {
  "0": "0",
  "1": "1",
  "2": "2",
  "4": "4",
  "8": "8",
  "16": "16",
  "32": "32",
  "64": "64",
  "128": "128",
  "256": "256",
  all: "D",
} as const satisfies Readonly<Record<`${(typeof DIRECTIONS)[number]}`, string>>;

export const controls = {
  d: choice(["Random directions d"], D_OPTIONS, "128"),
  task: choice(
    ["To paint"],
    {line: "An edge", circle: "A circle", ring: "A ring"} satisfies Record<Task, string>,
    "ring",
  ),
  seed: range(["Seed"], {min: 1, max: SEEDS.length, value: 7}),
  units: choice(["Units in each hidden layer"], {"24": "24", "40": "40"}, "24", true),
};
export type IntrinsicParams = Params<typeof controls>;

export interface IntrinsicResult {
  /** Steps done, of how many; the color given to each cell, the color due, and the share that agrees. */
  step: number;
  steps: number;
  classes: Int32Array;
  due: Int32Array;
  right: number;
  /** All stored runs of this task and network, and where d stands among them. */
  sweep: Sweep;
  at: number;
  trial: Trial;
  /** What the stored run of this seed ends at. */
  ends: number;
  /** d₉₀ of every task. */
  d90: Readonly<Record<Task, number>>;
}

const unitsOf = (text: IntrinsicParams["units"]): (typeof UNITS)[number] => (text === "24" ? UNITS[0] : UNITS[1]);

/** Trains the network along the chosen directions and says at each step what it paints, beside what is stored. */
export function* compute({d, task, seed, units: text}: IntrinsicParams): Generator<IntrinsicResult, void> {
  const units = unitsOf(text);
  const sweep = stored(task, units);
  const at = DIRECTIONS.findIndex((one) => String(one) === d);
  const trial = sweep.trials[at]!;
  const still = {due: pictureOf(task), steps: STEPS, sweep, at, trial, ends: trial.shares[seed - 1]!};
  const d90 = dimensions(units);
  for (const {step, classes, right} of paint({task, units, seed, d: trial.d}))
    yield {...still, d90, step, classes, right: right / CELLS};
}
