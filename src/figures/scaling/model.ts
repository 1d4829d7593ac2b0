import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {type Problem, type Training, train} from "../../engine/training/train.ts";
import {untilOverflow} from "../../figure/runs/untilOverflow.ts";
import {
  SCALING_RATES,
  SCALING_STEPS,
  type ScalingRule,
  type ScalingSettings,
  scalingRules,
  TRAINED,
} from "./controls.ts";
import {FIRST_DRAW, type FirstStep, firstSteps} from "./firstStep.ts";
import {scalingTarget, student} from "./student.ts";

/** A run with a larger loss counts as diverged and is trained no further. */
const LARGEST_LOSS = 1e6;

export interface ScalingSnapshot {
  /** The loss of every trained rank (rows) at every rate (columns); Infinity if the run has diverged. */
  losses: readonly (readonly number[])[];
  /** In the first snapshot: the first step under each rule. */
  first?: Readonly<Record<ScalingRule, FirstStep>>;
}

/** The losses of a run; Infinity from the step on at which it diverges. */
function* lossesOf(problem: Problem, training: Training): Generator<number, void> {
  for (const {loss} of untilOverflow(train(problem, training))) {
    if (!(loss <= LARGEST_LOSS)) break;
    yield loss;
  }
  for (;;) yield Number.POSITIVE_INFINITY;
}

/** Trains all ranks at all rates, step by step in turn, from one ΔW* and one seed. */
export function* compute({rule, optimizer, seed}: ScalingSettings): Generator<ScalingSnapshot, void> {
  const star = scalingTarget(seed);
  const training = {optimizer: optimizer === "sgd" ? sgd : adamw, steps: SCALING_STEPS, weightDecay: 0};
  const runs = TRAINED.map((r) =>
    SCALING_RATES.map((rate) =>
      lossesOf(student(star, r, scalingRules[rule](r), seed + FIRST_DRAW), {...training, rate: Number(rate)}),
    ),
  );
  for (let step = 0; step <= SCALING_STEPS; step++) {
    const losses = runs.map((row) => row.map((run) => run.next().value as number));
    yield step === 0 ? {losses, first: firstSteps(star, {optimizer, seed})} : {losses};
  }
}
