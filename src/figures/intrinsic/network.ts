import {mulberry32} from "../../engine/linalg/random.ts";
import {initMlp, mlpClasses, mlpLayout, mlpProblem} from "../../engine/network/mlp.ts";
import {count} from "../../engine/network/parameters.ts";
import {alongDirections, drawDirections} from "../../engine/training/directions.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {linearDecay} from "../../engine/training/schedule.ts";
import {train} from "../../engine/training/train.ts";
import type {ShapeName} from "./settings.ts";
import {FULL_RATE, INTRINSIC_STEPS} from "./settings.ts";
import {pictureCells, pictureOf, randomExamples} from "./tasks.ts";

/** Added to the seed for the directions, so that they differ from the draws of examples and weights. */
const DIRECTIONS = 100;

/** Sizes of the layers: a point and a constant, two hidden layers, two colors. */
const sizesOf = (units: number): readonly number[] => [3, units, units, 2];

/** D, the number of weights. */
export const weightsOf = (units: number): number => count(mlpLayout(sizesOf(units)));

interface Setting {
  task: ShapeName;
  units: number;
  seed: number;
  /** The number of random directions; undefined trains every weight. */
  d?: number;
}

/** The network after `step` steps; `look` gives the color of each cell, and how many are right. */
interface Trained {
  step: number;
  look(): {classes: Int32Array; right: number};
}

/**
 * INTRINSIC_STEPS steps of Adam on all examples. A step of Adam moves θ by the rate along each unit direction, so by about √d times the rate
 * along d of them and √D times with every weight free. The factor √(D/d) makes these moves equally long.
 */
function* trained({task, units, seed, d}: Setting): Generator<Trained, void> {
  const random = mulberry32(seed);
  const {x, classes} = randomExamples(task, random);
  const weights = initMlp(sizesOf(units), random);
  const D = weights.flat.length;
  const whole = mlpProblem(weights, x, classes);
  const problem = d === undefined ? whole : alongDirections(whole, drawDirections(D, d, mulberry32(seed + DIRECTIONS)));
  const rate = FULL_RATE * Math.sqrt(D / (d ?? D));
  const training = {optimizer: adamw, rate, steps: INTRINSIC_STEPS, weightDecay: 0, schedule: linearDecay(1)};
  const due = pictureOf(task);
  const look = () => {
    const painted = mlpClasses(weights, pictureCells);
    return {classes: painted, right: painted.reduce((sum, color, n) => sum + Number(color === due[n]), 0)};
  };
  // Without directions nothing moves, and the rate would be infinite.
  for (const {step} of d === 0 ? untrained() : train(problem, training)) yield {step, look};
}

function* untrained() {
  for (let step = 0; step <= INTRINSIC_STEPS; step++) yield {step};
}

/** What the network paints after 0, 1, … steps. */
export function* paint(setting: Setting): Generator<{step: number; classes: Int32Array; right: number}, void> {
  for (const {step, look} of trained(setting)) yield {step, ...look()};
}

/** What the network paints at the end, and how many cells are right. */
export function trainedPicture(setting: Setting): {
  classes: Int32Array;
  right: number;
} {
  let end: ReturnType<Trained["look"]> = {
    classes: new Int32Array(),
    right: 0,
  };
  for (const {step, look} of trained(setting)) if (step === INTRINSIC_STEPS) end = look();
  return end;
}
