import {choice, type Params, range} from "../../figure/controls.ts";
import type {Bounds} from "../../figure/parse.ts";
import {symbol} from "../../figure/symbols.ts";
import {keptRunsOf, MOST_KEPT} from "../shared/keptRuns.ts";
import {TRAIN_SIDE, TRAIN_STEPS} from "./settings.ts";

/** Up to this rank A and B are no larger than ΔW: r(d + k) = dk at r = 8. */
const LARGEST_RANK = TRAIN_SIDE / 2;

const settings = {
  r: range(["Rank ", symbol.r], {min: 1, max: LARGEST_RANK, value: 2}),
  alpha: range([symbol.alpha], {called: "alpha α", min: 1, max: 16, value: 4}),
  rate: choice(
    ["Rate η"],
    {"0.01": "0.01", "0.02": "0.02", "0.05": "0.05", "0.1": "0.1", "0.2": "0.2", "0.5": "0.5"},
    "0.05",
  ),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adamw: "AdamW"}, "adamw"),
  examples: choice(["Inputs seen"], {all: "every x", "48": "48", "24": "24", "12": "12"}, "all", true, "training"),
  noise: range(["Noise in y, deviation in tenths"], {min: 0, max: 10, value: 0, more: true, group: "training"}),
  planted: range(["Rank of ", symbol.dW, "*"], {min: 1, max: LARGEST_RANK, value: 4, more: true, group: "training"}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
/** The parameters that a run depends on. */
export type TrainSettings = Params<typeof settings>;

/** Noise needs examples: over every x there is none, since no student could fit it. */
export const bounds = ({examples}: Pick<TrainSettings, "examples">): Bounds => ({
  noise: [0, examples === "all" ? 0 : 10],
});

export const keptTrainRuns = keptRunsOf(settings, {
  most: MOST_KEPT,
  example: "2-4-0.05-adamw-all-0-4-7",
  boundsOf: (values) => bounds(values as TrainSettings),
});
export const {settingsOf, textOf} = keptTrainRuns;

const {r, alpha, rate, optimizer, ...more} = settings;

export const controls = {
  r,
  alpha,
  rate,
  optimizer,
  step: range(["Step"], {min: 0, max: TRAIN_STEPS, value: TRAIN_STEPS, clock: true}),
  ...more,
  row: range(["Trace row (0 = none)"], {min: 0, max: TRAIN_SIDE, value: 0, more: true, group: "trace"}),
  column: range(["Trace column (0 = none)"], {min: 0, max: TRAIN_SIDE, value: 0, more: true, group: "trace"}),
  kept: keptTrainRuns.control,
};
export type TrainParams = Params<typeof controls>;
