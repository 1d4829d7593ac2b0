import {choice, type Params, range} from "../../figure/controls.ts";

/** d and k of the layer. */
export const SCALING_SIDE = 64;
/** Training steps. */
export const SCALING_STEPS = 60;
/** α = 2r at r = 4, the rank at which the rate is tuned. */
const ALPHA = 8;
/** Ranks whose first step is measured, and ranks that are trained. */
export const SCALING_RANKS = [1, 2, 4, 8, 16, 32, 64] as const;
export const TRAINED = [1, 4, 16, 64] as const;
/** As text; "1.0" because "1" would come first among the keys of an object. */
export const SCALING_RATES = ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1.0"] as const;
type Rate = (typeof SCALING_RATES)[number];

/** The factor in front of BA. The last is a common bug: α without /r. */
export const scalingRules = {
  over: (r: number) => ALPHA / r,
  root: (r: number) => ALPHA / Math.sqrt(r),
  alone: () => ALPHA,
} satisfies Record<string, (r: number) => number>;
export type ScalingRule = keyof typeof scalingRules;
export const ruleNames: Readonly<Record<ScalingRule, string>> = {over: "α/r", root: "α/√r", alone: "α"};

const settings = {
  rule: choice(["Factor on ", {symbol: "dW", text: "BA"}], ruleNames, "over"),
  optimizer: choice(["Optimizer"], {adamw: "AdamW", sgd: "SGD"}, "adamw"),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
/** The parameters that the runs depend on. */
export type ScalingSettings = Params<typeof settings>;

const {seed, ...chosen} = settings;

export const controls = {
  ...chosen,
  rate: choice(
    ["Rate η for every rank"],
    Object.fromEntries(SCALING_RATES.map((rate) => [rate, rate])) as Record<Rate, string>,
    "0.03",
  ),
  measure: choice(["Measure of the first step"], {loss: "Loss it removes", size: "Size of ΔW"}, "loss"),
  step: range(["Step"], {min: 0, max: SCALING_STEPS, value: SCALING_STEPS, clock: true}),
  seed,
};
export type ScalingParams = Params<typeof controls>;

export const scalingSettings = ({rule, optimizer, seed}: ScalingParams): ScalingSettings => ({rule, optimizer, seed});
