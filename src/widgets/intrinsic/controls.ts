import {choice, type Params, range} from "../../shell/controls.ts";
import {type DIRECTIONS, SEEDS} from "./settings.ts";
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
