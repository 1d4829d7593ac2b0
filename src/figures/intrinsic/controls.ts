import {choice, type Params, range} from "../../figure/controls.ts";
import {DIRECTIONS, INTRINSIC_SEEDS} from "./settings.ts";
import type {ShapeName} from "./tasks.ts";

const directions = Object.fromEntries(DIRECTIONS.map((d) => [d, String(d)]));

export const controls = {
  d: choice(["Random directions d"], directions, "128"),
  task: choice(
    ["To paint"],
    {line: "An edge", circle: "A circle", ring: "A ring"} satisfies Record<ShapeName, string>,
    "ring",
  ),
  seed: range(["Seed"], {min: 1, max: INTRINSIC_SEEDS.length, value: 7, more: true, group: "chance"}),
  units: choice(["Units in each hidden layer"], {"24": "24", "40": "40"}, "24", true),
};
export type IntrinsicParams = Params<typeof controls>;
