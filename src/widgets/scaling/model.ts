import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {type Problem, type Training, train} from "../../engine/training/train.ts";
import {RATES, type Rule, rules, type Settings, STEPS, TRAINED} from "./controls.ts";
import {type First, FROM, firstSteps} from "./firstStep.ts";
import {goalOf, student} from "./student.ts";

/** A run whose loss is above this has left the range; nothing is trained any more. */
const MOST = 1e6;

/** Loss of every trained rank (rows) at every rate (columns) at one step; Infinity where it has left the range. */
export interface Frame {
  losses: readonly (readonly number[])[];
  /** In the first frame: the first steps under each rule. */
  first?: Readonly<Record<Rule, First>>;
}

/** The losses of a run, Infinity from where they leave the range on. */
function* falling(problem: Problem, training: Training): Generator<number, void> {
  const run = train(problem, training);
  for (let isIn = true; ; ) {
    let loss = Number.POSITIVE_INFINITY;
    try {
      if (isIn) loss = run.next().value?.loss ?? loss;
    } catch {
      // `train` throws where the numbers leave the range of float64.
    }
    isIn &&= loss <= MOST;
    yield isIn ? loss : Number.POSITIVE_INFINITY;
  }
}

/** All ranks at all rates side by side: one ΔW*, one start, one optimizer, one rule for the factor. */
export function* compute({rule, optimizer, seed}: Settings): Generator<Frame, void> {
  const star = goalOf(seed);
  const training = {optimizer: optimizer === "sgd" ? sgd : adamw, steps: STEPS, weightDecay: 0};
  const runs = TRAINED.map((r) =>
    RATES.map((rate) => falling(student(star, r, rules[rule](r), seed + FROM), {...training, rate: Number(rate)})),
  );
  for (let step = 0; step <= STEPS; step++) {
    const losses = runs.map((row) => row.map((run) => run.next().value as number));
    yield step === 0 ? {losses, first: firstSteps(star, {optimizer, seed})} : {losses};
  }
}
