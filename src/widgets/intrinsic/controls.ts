import {choice, type Params, range} from "../../shell/controls.ts";
import {type DIRECTIONS, SEEDS} from "./settings.ts";
import type {Sweep, Trial} from "./stored.ts";
import type {Task} from "./tasks.ts";

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
  /** d₉₀ of every task on this network. */
  d90: Readonly<Record<Task, number>>;
  /** Every network that was tried: its hidden units, all its weights D, its d₉₀. */
  networks: readonly {units: number; D: number; d90: Readonly<Record<Task, number>>}[];
}
