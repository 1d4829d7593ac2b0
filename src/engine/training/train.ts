import {norm} from "../linalg/exponent.ts";
import {allocate, type Layout, type Tensors} from "../network/parameters.ts";
import type {Optimizer, StepSettings} from "./optimizer.ts";
import {constant, type Schedule} from "./schedule.ts";

/** Something to train: the parameters that change, and a loss of them. */
export interface Problem {
  params: Tensors;
  /** The loss on the next batch at the present parameters; adds its gradients, laid out as `params`. */
  loss(dparams: Tensors): number;
  /** alpha / r when the parameters are LoRAs: it multiplies every step on its way to ΔW. */
  scaling?: number;
}

/** How to train: the optimizer and its settings, and for how many steps. */
export interface Training extends StepSettings {
  optimizer: Optimizer;
  steps: number;
  /** The factor on `rate` over the run; constant unless said. */
  schedule?: Schedule;
  /** Gradients longer than this are shortened to it; unlimited unless said. */
  clip?: number;
}

/** A run after `step` steps. All numbers belong to the same parameters; the arrays are copies. */
export interface Snapshot {
  step: number;
  loss: number;
  /** ‖g‖ of all gradients together, before clipping, and of each matrix by its name. */
  gradientNorm: number;
  gradientNorms: Record<string, number>;
  /** The learning rate of the step that comes next. */
  rate: number;
  params: Float64Array;
}

/** What the loop of a run asks of the numbers it trains, wherever they live and however precise they are. */
export interface Trainee {
  /** The loss on the next batch at the present parameters; its gradients take the place of the former ones. */
  loss(): number;
  /** ‖g‖ of all gradients together and of each matrix. */
  norms(): Pick<Snapshot, "gradientNorm" | "gradientNorms">;
  /** A copy of the parameters. */
  params(): Float64Array;
  /** One step of the optimizer at this rate, with the gradients times `shrink`. */
  step(rate: number, shrink: number): void;
  scaling?: number;
}

/**
 * Trains `problem.params` in place and yields steps + 1 snapshots: the start, then one after every step.
 * Throws when the number of steps is no count, and when the loss or a gradient is no longer a finite number: the
 * message says at which step and what was too large. All snapshots before it have been handed out by then.
 */
export function train(problem: Problem, training: Training): Generator<Snapshot, void> {
  const {params, scaling} = problem;
  const {optimizer} = training;
  const dparams = allocate(params.layout);
  const state = optimizer.init(params.flat.length);
  const normOf = ([name]: Layout[number]) => [name, norm(dparams.views[name].data)];
  return run(
    {
      scaling,
      loss() {
        dparams.flat.fill(0);
        return problem.loss(dparams);
      },
      norms: () => ({
        gradientNorm: norm(dparams.flat),
        gradientNorms: Object.fromEntries(params.layout.map(normOf)),
      }),
      params: () => params.flat.slice(),
      step(rate, shrink) {
        if (shrink < 1) for (let i = 0; i < dparams.flat.length; i++) dparams.flat[i] *= shrink;
        optimizer.step(params.flat, dparams.flat, state, {...training, rate});
      },
    },
    training,
  );
}

/** The run itself, for every kind of trainee: what `train` yields and throws. */
export function* run(trainee: Trainee, training: Training): Generator<Snapshot, void> {
  const {steps, schedule = constant, clip = Infinity} = training;
  if (!Number.isInteger(steps) || steps < 0) throw new Error(`train: steps is ${steps}; it must be a whole number ≥ 0`);
  for (let step = 0; ; step++) {
    const loss = trainee.loss();
    if (!Number.isFinite(loss)) throw new Error(diverged("loss", step, trainee, training));
    const {gradientNorm, gradientNorms} = trainee.norms();
    if (!Number.isFinite(gradientNorm)) throw new Error(diverged("gradient", step, trainee, training));
    const rate = training.rate * schedule(step, steps);
    yield {step, loss, gradientNorm, gradientNorms, rate, params: trainee.params()};
    if (step === steps) return;
    trainee.step(rate, gradientNorm > clip ? clip / gradientNorm : 1);
  }
}

function diverged(what: string, step: number, {scaling}: Trainee, {rate}: Training): string {
  if (step === 0)
    return `train: the ${what} is no finite number before the first step; look at the weights and the data`;
  const size =
    scaling === undefined ? `η = ${rate}` : `η·α/r = ${rate} · ${scaling} = ${+(rate * scaling).toPrecision(6)}`;
  return `train: the ${what} left the range of numbers at step ${step}: the step ${size} was too large; lower η`;
}
