/** Does one learning rate fit every rank? What a reader sets, what is trained, what is read from it. Runs in the worker: no DOM. */
import {frobenius, type Matrix, matmul, matmulTA, matmulTB, scale, subtract} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {initLora} from "../../engine/lora/lora.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {plantDelta} from "../../engine/network/teacher.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {type Problem, train} from "../../engine/training/train.ts";
import {choice, type Params as ParamsOf, range} from "../../figure/controls.ts";
import {untilOverflow} from "../../figure/runs/untilOverflow.ts";
import {symbol} from "../../figure/symbols.ts";
import {geometric} from "../shared/geometric.ts";

const SIDE = 64;
const STEPS = 60;
/** α = 2r at r = 4, the rank at which the rate is tuned. */
const ALPHA = 8;
/** The first step is averaged over this many draws of A. Their seeds begin here, apart from that of ΔW*. */
export const FIRST_STEP_DRAWS = 10;
const FIRST_DRAW = 100;
/** A run with a larger loss counts as diverged and is trained no further. */
const LARGEST_LOSS = 1e6;

/** Ranks whose first step is measured, and ranks that are trained. */
export const SCALING_RANKS = [1, 2, 4, 8, 16, 32, 64];
export const TRAINED = [1, 4, 16, 64];
/** As text; "1.0" because "1" would come first among the keys of an object. */
export const SCALING_RATES = ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1.0"] as const;
type Rate = (typeof SCALING_RATES)[number];
/** The scalingRules in front of BA. The last is a common bug: α without /r. */
export const ruleNames = {over: "α/r", root: "α/√r", alone: "α"} as const;
export type ScalingRule = keyof typeof ruleNames;
export const scalingRules: Record<ScalingRule, (r: number) => number> = {
  over: (r) => ALPHA / r,
  root: (r) => ALPHA / Math.sqrt(r),
  alone: () => ALPHA,
};

export const controls = {
  rule: choice(["Factor on ", symbol.BA], ruleNames, "over"),
  optimizer: choice(["Optimizer"], {adamw: "AdamW", sgd: "SGD"}, "adamw"),
  rate: choice(
    ["Rate η for every rank"],
    Object.fromEntries(SCALING_RATES.map((rate) => [rate, rate])) as Record<Rate, string>,
    "0.03",
  ),
  measure: choice(["Measure of the first step"], {loss: "Loss it removes", size: "Size of ΔW"}, "loss"),
  step: range(["Step"], {min: 0, max: STEPS, value: STEPS, clock: true}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
export type ScalingParams = ParamsOf<typeof controls>;

/** The controls that a run depends on; the others only choose what is read from it. */
export const trainedBy = ["rule", "optimizer", "seed"] as const;
export type ScalingSettings = Pick<ScalingParams, (typeof trainedBy)[number]>;

/** Per unit of η, at each of SCALING_RANKS: the loss that the first step removes, and ‖ΔW‖ after it. */
type FirstStep = Record<ScalingParams["measure"], number[]>;

export interface ScalingSnapshot {
  /** The loss of every trained rank (rows) at every rate (columns); Infinity once the run has diverged. */
  losses: number[][];
  /** In the first frame. */
  first?: Record<ScalingRule, FirstStep>;
}

/** A (r,64) before training. With one seed, a smaller rank has the first rows of a larger one. */
export const initialA = (r: number, seed: number): Matrix =>
  initLora({d: SIDE, k: SIDE, r, alpha: r}, mulberry32(seed)).A;

/** Minimizes ½‖s·BA − ΔW*‖²_F, the expected loss over x ~ N(0, I), from B = 0. */
export function student(target: Matrix, r: number, s: number, seed: number): Problem {
  const params = allocate([
    ["A", r, SIDE],
    ["B", SIDE, r],
  ]);
  const {A, B} = params.views;
  A.data.set(initialA(r, seed).data);
  const add = (to: Matrix, from: Matrix) => {
    for (let i = 0; i < to.data.length; i++) to.data[i]! += s * from.data[i]!;
  };
  return {
    params,
    scaling: s,
    loss({views}) {
      const error = subtract(scale(matmul(B, A), s), target);
      add(views.B, matmulTB(error, A));
      add(views.A, matmulTA(B, error));
      return error.data.reduce((sum, x) => sum + x * x, 0) / 2;
    },
  };
}

/**
 * Since B = 0, only B moves in the first step: by −η·s·GAᵀ under SGD and by −η·sign(GAᵀ) under AdamW, where G = −ΔW* is the
 * gradient of ΔW. To first order in η the loss falls by ⟨G, s·ΔB·A⟩, and ΔW = s·ΔB·A exactly.
 */
export function firstSteps(
  target: Matrix,
  {optimizer, seed}: Omit<ScalingSettings, "rule">,
): Record<ScalingRule, FirstStep> {
  const means = SCALING_RANKS.map((r) => {
    let [loss, size] = [0, 0];
    for (let draw = 0; draw < FIRST_STEP_DRAWS; draw++) {
      const A = initialA(r, seed + FIRST_DRAW + draw);
      const g = matmulTB(target, A);
      const moved = optimizer === "sgd" ? g : {...g, data: g.data.map(Math.sign)};
      loss += g.data.reduce((sum, x, i) => sum + x * moved.data[i], 0) / FIRST_STEP_DRAWS;
      size += frobenius(matmul(moved, A)) / FIRST_STEP_DRAWS;
    }
    return {r, loss, size};
  });
  // Under SGD the scalingRules also scales the gradient of B, so it counts twice.
  const power = optimizer === "sgd" ? 2 : 1;
  const under = (rule: ScalingRule): FirstStep => ({
    loss: means.map(({r, loss}) => scalingRules[rule](r) ** power * loss),
    size: means.map(({r, size}) => scalingRules[rule](r) ** power * size),
  });
  return {over: under("over"), root: under("root"), alone: under("alone")};
}

/** The losses of one run; Infinity from the step on at which it diverges or overflows. */
function* lossesOf(problem: Problem, rate: number, optimizer: ScalingParams["optimizer"]): Generator<number, never> {
  const training = {optimizer: optimizer === "sgd" ? sgd : adamw, steps: STEPS, weightDecay: 0, rate};
  for (const {loss} of untilOverflow(train(problem, training))) {
    if (!(loss <= LARGEST_LOSS)) break;
    yield loss;
  }
  for (;;) yield Number.POSITIVE_INFINITY;
}

/** ΔW* (64,64), of full rank with falling singular values. */
export const scalingTarget = (seed: number): Matrix =>
  plantDelta({d: SIDE, k: SIDE, s: geometric(SIDE, 2, 0.85)}, mulberry32(seed));

/** Trains all ranks at all rates, a step of each in turn, from one ΔW* and one seed. */
export function* compute({rule, optimizer, seed}: ScalingSettings): Generator<ScalingSnapshot> {
  const target = scalingTarget(seed);
  const of = (r: number, rate: string) =>
    lossesOf(student(target, r, scalingRules[rule](r), seed + FIRST_DRAW), Number(rate), optimizer);
  const runs = TRAINED.map((r) => SCALING_RATES.map((rate) => of(r, rate)));
  for (let step = 0; step <= STEPS; step++) {
    const losses = runs.map((row) => row.map((one) => one.next().value));
    yield step ? {losses} : {losses, first: firstSteps(target, {optimizer, seed})};
  }
}

/** The exponent p of the power law rᵖ that best fits the values at SCALING_RANKS: a least squares line through the logarithms. */
export function powerLaw(values: readonly number[]): number {
  const x = SCALING_RANKS.map((_, i) => i - (SCALING_RANKS.length - 1) / 2);
  const rise = values.reduce((sum, value, i) => sum + x[i] * Math.log2(value), 0);
  return rise / x.reduce((sum, one) => sum + one * one, 0);
}

/** One trained rank: its loss at every rate, at the chosen one, and at its best. */
export interface TunedRank {
  r: number;
  losses: readonly number[];
  here: number;
  best: number;
  bestRate: Rate;
}

export interface ScalingResult {
  step: number;
  /** The chosen measure of the first step at each of SCALING_RANKS, and the power of r that it follows. */
  first: Record<ScalingRule, {values: readonly number[]; power: number}>;
  tuned: readonly TunedRank[];
  /** The rank at which η is tuned, and the one at which it is reused. */
  from: TunedRank;
  to: TunedRank;
}

/** What the picture shows of a run, as far as it has come. */
export function readScaling(
  tape: readonly ScalingSnapshot[],
  {rate, measure, step: clock}: ScalingParams,
): ScalingResult {
  const step = Math.min(clock, tape.length - 1);
  const of = (rule: ScalingRule) => {
    const values = tape[0].first![rule][measure];
    return {values, power: powerLaw(values)};
  };
  const tuned = tape[step].losses.map((losses, i): TunedRank => {
    const best = Math.min(...losses);
    return {
      r: TRAINED[i],
      losses,
      here: losses[SCALING_RATES.indexOf(rate)],
      best,
      bestRate: SCALING_RATES[losses.indexOf(best)],
    };
  });
  return {
    step,
    first: {over: of("over"), root: of("root"), alone: of("alone")},
    tuned,
    from: tuned[1],
    to: tuned[3],
  };
}
