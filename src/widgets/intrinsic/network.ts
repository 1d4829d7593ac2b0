import {mulberry32} from "../../engine/linalg/random.ts";
import {initMlp, mlpClasses, mlpLayout, mlpProblem} from "../../engine/network/mlp.ts";
import {count} from "../../engine/network/parameters.ts";
import {alongDirections, drawDirections} from "../../engine/training/directions.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {linearDecay} from "../../engine/training/schedule.ts";
import {train} from "../../engine/training/train.ts";
import {RATE, STEPS} from "./settings.ts";
import {cells, examplesOf, pictureOf, type Task} from "./tasks.ts";

/** Added to the seed for the directions, so that they are none of the draws of examples and weights. */
const DIRECTIONS = 100;

/** Two hidden layers of `units`, from a point and a constant to two colors. */
const sizesOf = (units: number): readonly number[] => [3, units, units, 2];

/** D: every weight of the network. */
export const weightsOf = (units: number): number => count(mlpLayout(sizesOf(units)));

export interface Setting {
  task: Task;
  units: number;
  seed: number;
  /** How many random directions; undefined trains every weight by itself. */
  d?: number;
}

/** The network after `step` steps; `look` says the color it gives each cell, and how many of them are due. */
interface Trained {
  step: number;
  look(): {classes: Int32Array; right: number};
}

/**
 * STEPS steps of Adam on all examples. Along a direction of length 1 a step of Adam moves θ by its rate, along d
 * of them by about √d times that, and with every weight free by √D times: a factor √(D/d) makes the moves alike.
 */
function* trained({task, units, seed, d}: Setting): Generator<Trained, void> {
  const random = mulberry32(seed);
  const {x, classes} = examplesOf(task, random);
  const weights = initMlp(sizesOf(units), random);
  const D = weights.flat.length;
  const whole = mlpProblem(weights, x, classes);
  const problem = d === undefined ? whole : alongDirections(whole, drawDirections(D, d, mulberry32(seed + DIRECTIONS)));
  const rate = RATE * Math.sqrt(D / (d ?? D));
  const training = {optimizer: adamw, rate, steps: STEPS, weightDecay: 0, schedule: linearDecay(1)};
  const due = pictureOf(task);
  const look = () => {
    const painted = mlpClasses(weights, cells);
    return {classes: painted, right: painted.reduce((sum, color, n) => sum + Number(color === due[n]), 0)};
  };
  // With no direction to move in there is no step to take.
  for (const {step} of d === 0 ? still() : train(problem, training)) yield {step, look};
}

function* still() {
  for (let step = 0; step <= STEPS; step++) yield {step};
}

/** What the network paints after each step, from 0 on. */
export function* paint(setting: Setting): Generator<{step: number; classes: Int32Array; right: number}, void> {
  for (const {step, look} of trained(setting)) yield {step, ...look()};
}

/** How many cells are right in the end. */
export function rightAfter(setting: Setting): number {
  let right = 0;
  for (const {step, look} of trained(setting)) if (step === STEPS) right = look().right;
  return right;
}
