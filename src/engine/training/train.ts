/** The training loop, which yields a snapshot before the first step and after each step. */
import {norm} from "../linalg/exponent.ts";
import {allocate, type Layout, type Tensors} from "../network/parameters.ts";
import type {Optimizer, StepSettings} from "./optimizer.ts";
import {constant, type Schedule} from "./schedule.ts";

/** Something to train: parameters and a loss. */
export interface Problem {
  params: Tensors;
  /**
   * The loss on the next batch at the present parameters. Adds its gradients to `dparams`, in the layout of `params`.
   */
  loss(dparams: Tensors): number;
  /** alpha / r when the parameters are LoRAs: the factor on a step of A or B on its way to ΔW. */
  scaling?: number;
}

/** How to train: the optimizer, its settings, and the number of steps. */
export interface Training extends StepSettings {
  optimizer: Optimizer;
  steps: number;
  /** The factor on `rate` at each step, 1 by default. */
  schedule?: Schedule;
  /** Gradients longer than this are shortened to this length. By default there is no limit. */
  clip?: number;
}

/** A run after `step` steps. Loss and norms belong to these `params`, which are a copy. */
export interface Snapshot {
  step: number;
  loss: number;
  /** ‖g‖ of all gradients together and of each matrix by its name, before clipping. */
  gradientNorm: number;
  gradientNorms: Record<string, number>;
  /** The learning rate of the next step. */
  rate: number;
  params: Float64Array;
}

/** What the training loop needs, for parameters in float64 or on the kernels' heap. */
export interface Trainee {
  /** The loss on the next batch at the present parameters. Its gradients replace the previous ones. */
  loss(): number;
  /** ‖g‖ of all gradients together and of each matrix. */
  norms(): Pick<Snapshot, "gradientNorm" | "gradientNorms">;
  /** A copy of the parameters. */
  params(): Float64Array;
  /** One step of the optimizer at this rate, with the gradients multiplied by `shrink`. */
  step(rate: number, shrink: number): void;
  scaling?: number;
}

/**
 * Trains `problem.params` in place and yields steps + 1 snapshots: the start, then one after every step.
 * Throws unless `steps` is a whole number ≥ 0, and when the loss or a gradient is not finite; the message says at which
 * step and what was too large. The snapshots before that step have been yielded by then.
 */
export function train(problem: Problem, training: Training): Generator<Snapshot, void> {
  const {params, scaling} = problem;
  const {optimizer} = training;
  const dparams = allocate(params.layout);
  const state = optimizer.init(params.flat.length);
  const normOf = ([name]: Layout[number]) => [name, norm(dparams.views[name].data)];
  return runTraining(
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

/** The training loop: yields and throws what `train` does, for any trainee. */
export function* runTraining(trainee: Trainee, training: Training): Generator<Snapshot, void> {
  const {steps, schedule = constant, clip = Infinity} = training;
  if (!Number.isInteger(steps) || steps < 0) throw new Error(`train: steps is ${steps}; it must be a whole number ≥ 0`);
  for (let step = 0; ; step++) {
    const loss = trainee.loss();
    if (!Number.isFinite(loss)) throw new Error(divergedMessage("loss", step, trainee, training));
    const {gradientNorm, gradientNorms} = trainee.norms();
    if (!Number.isFinite(gradientNorm)) throw new Error(divergedMessage("gradient", step, trainee, training));
    const rate = training.rate * schedule(step, steps);
    yield {step, loss, gradientNorm, gradientNorms, rate, params: trainee.params()};
    if (step === steps) return;
    trainee.step(rate, gradientNorm > clip ? clip / gradientNorm : 1);
  }
}

/** The error's sentence for a run whose loss or gradient is not finite at this step. */
function divergedMessage(what: string, step: number, {scaling}: Trainee, {rate}: Training): string {
  if (step === 0)
    return `train: the ${what} is no finite number before the first step; look at the weights and the data`;
  const size =
    scaling === undefined ? `η = ${rate}` : `η·α/r = ${rate} · ${scaling} = ${+(rate * scaling).toPrecision(6)}`;
  return `train: the ${what} left the range of numbers at step ${step}: the step ${size} was too large; lower η`;
}
