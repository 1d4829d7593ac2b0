/** Trains a small network to paint, along random directions or with every weight free. */
import {mulberry32} from "../../engine/linalg/random.ts";
import {initMlp, mlpClasses, mlpLayout, mlpProblem} from "../../engine/network/mlp.ts";
import {count} from "../../engine/network/parameters.ts";
import {alongDirections, drawDirections} from "../../engine/training/directions.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {linearDecay} from "../../engine/training/schedule.ts";
import {train} from "../../engine/training/train.ts";
import {FULL_RATE, INTRINSIC_STEPS, type ShapeName, UNITS} from "./settings.ts";
import {pictureCells, pictureOf, randomExamples} from "./tasks.ts";

/** Added to the seed for the directions, so that they differ from the draws of examples and weights. */
const DIRECTIONS_SEED_SHIFT = 100;

/** Sizes of the layers: two coordinates and a constant, two hidden layers, two colors. */
const SIZES = [3, UNITS, UNITS, 2];

/** D, the number of weights. */
export const WEIGHT_COUNT = count(mlpLayout(SIZES));

interface Setting {
  task: ShapeName;
  seed: number;
  /** The number of random directions; undefined trains every weight. */
  d?: number;
}

/** The color of each cell, and how many are right. */
interface Painting {
  classes: Int32Array;
  right: number;
}

/** The network after `step` steps, and what it paints then. */
interface PaintingStep {
  step: number;
  painting(): Painting;
}

/**
 * INTRINSIC_STEPS steps of Adam on all examples. Each step moves θ by about the rate along each direction, so by √d times the rate
 * along d directions and by √D times the rate with every weight free. The factor √(D/d) makes these moves equally long.
 */
function* trainSteps({task, seed, d}: Setting): Generator<PaintingStep, void> {
  const random = mulberry32(seed);
  const {x, classes} = randomExamples(task, random);
  const weights = initMlp(SIZES, random);
  const everyWeight = mlpProblem(weights, x, classes);
  const problem =
    d === undefined
      ? everyWeight
      : alongDirections(everyWeight, drawDirections(WEIGHT_COUNT, d, mulberry32(seed + DIRECTIONS_SEED_SHIFT)));
  const rate = FULL_RATE * Math.sqrt(WEIGHT_COUNT / (d ?? WEIGHT_COUNT));
  const training = {optimizer: adamw, rate, steps: INTRINSIC_STEPS, weightDecay: 0, schedule: linearDecay(1)};
  const target = pictureOf(task);
  const painting = () => {
    const colors = mlpClasses(weights, pictureCells);
    return {classes: colors, right: colors.reduce((sum, color, n) => sum + Number(color === target[n]), 0)};
  };
  // With d = 0 nothing moves, and the rate would be infinite.
  for (const {step} of d === 0 ? stepsWithoutTraining() : train(problem, training)) yield {step, painting};
}

/** The steps of a run without directions. */
function* stepsWithoutTraining() {
  for (let step = 0; step <= INTRINSIC_STEPS; step++) yield {step};
}

/** What the network paints after 0, 1, … steps. */
export function* paint(setting: Setting): Generator<Painting & {step: number}, void> {
  for (const {step, painting} of trainSteps(setting)) yield {step, ...painting()};
}

/** What the network paints at the end. */
export function trainedPicture(setting: Setting): Painting {
  for (const {step, painting} of trainSteps(setting)) if (step === INTRINSIC_STEPS) return painting();
  throw new Error(`the run ended before step ${INTRINSIC_STEPS}`);
}
