/** The pictures to paint, and a small network that is trained to paint them, along random directions or with every weight free. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {initMlp, mlpClasses, mlpLayout, mlpProblem} from "../../engine/network/mlp.ts";
import {layoutLength} from "../../engine/network/parameters.ts";
import {alongDirections, drawDirections} from "../../engine/training/directions.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {linearDecay} from "../../engine/training/schedule.ts";
import {train} from "../../engine/training/train.ts";
import {CELLS, EXAMPLES, FULL_RATE, INTRINSIC_STEPS, PICTURE_SIDE, type ShapeName, UNITS} from "./settings.ts";

/** The squared radius of the disk with the same area as the square from −1 to 1. */
const DISK = 4 / Math.PI;

/** Whether a point is dark. Each task darkens half of the square, so painting one color everywhere gets about half right. */
const tasks: Readonly<Record<ShapeName, (x: number, y: number) => boolean>> = {
  line: (x, y) => 0.6 * x + 0.8 * y > 0,
  circle: (x, y) => x * x + y * y < 0.5 * DISK,
  ring: (x, y) => x * x + y * y > 0.2 * DISK && x * x + y * y < 0.7 * DISK,
};

type Point = readonly [x: number, y: number];

/** N points → network inputs (N,3); the third is a constant 1 in place of biases. */
const inputs = (points: readonly Point[]): Matrix => ({
  rows: points.length,
  cols: 3,
  data: Float64Array.from(points.flatMap(([x, y]) => [x, y, 1])),
});

/** The right color of each point: 1 is dark. */
const colors = (task: ShapeName, points: readonly Point[]): Int32Array =>
  Int32Array.from(points, ([x, y]) => Number(tasks[task](x, y)));

/** The centers of the cells, row by row from the top left. */
const centers: readonly Point[] = Array.from({length: CELLS}, (_, n) => [
  (2 * (n % PICTURE_SIDE) + 1) / PICTURE_SIDE - 1,
  1 - (2 * Math.floor(n / PICTURE_SIDE) + 1) / PICTURE_SIDE,
]);

/** The centers as network inputs. */
const pictureCells = inputs(centers);

/** The right picture: 1 where the center of a cell is dark. */
export const pictureOf = (task: ShapeName): Int32Array => colors(task, centers);

/** Random points, uniform over the square, with their colors. */
function randomExamples(task: ShapeName, random: () => number): {x: Matrix; classes: Int32Array} {
  const points = Array.from({length: EXAMPLES}, (): Point => [2 * random() - 1, 2 * random() - 1]);
  return {x: inputs(points), classes: colors(task, points)};
}

/** Added to the seed for the directions, so that they differ from the draws of examples and weights. */
const DIRECTIONS_SEED_SHIFT = 100;

/** Sizes of the layers: two coordinates and a constant, two hidden layers, two colors. */
const SIZES = [3, UNITS, UNITS, 2];

/** D, the number of weights. */
export const WEIGHT_COUNT = layoutLength(mlpLayout(SIZES));

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
