import {choice, type Params, range} from "../../figure/controls.ts";
import {DIRECTIONS, SEEDS} from "./settings.ts";
import type {Task} from "./tasks.ts";

const directions = Object.fromEntries(DIRECTIONS.map((d) => [d, String(d)]));

export const controls = {
  d: choice(["Random directions d"], directions, "128"),
  task: choice(
    ["To paint"],
    {line: "An edge", circle: "A circle", ring: "A ring"} satisfies Record<Task, string>,
    "ring",
  ),
  seed: range(["Seed"], {min: 1, max: SEEDS.length, value: 7, more: true, group: "chance"}),
  units: choice(["Units in each hidden layer"], {"24": "24", "40": "40"}, "24", true),
};
export type IntrinsicParams = Params<typeof controls>;
