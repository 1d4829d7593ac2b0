/** The pictures to paint, and random points of them to train on. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {CELLS, EXAMPLES, PICTURE_SIDE, type ShapeName} from "./settings.ts";

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

const colors = (task: ShapeName, points: readonly Point[]): Int32Array =>
  Int32Array.from(points, ([x, y]) => Number(tasks[task](x, y)));

/** The centers of the cells, row by row from the top left. */
const centers: readonly Point[] = Array.from({length: CELLS}, (_, n) => [
  (2 * (n % PICTURE_SIDE) + 1) / PICTURE_SIDE - 1,
  1 - (2 * Math.floor(n / PICTURE_SIDE) + 1) / PICTURE_SIDE,
]);

/** The centers as network inputs. */
export const pictureCells = inputs(centers);

/** The right picture: 1 where the center of a cell is dark. */
export const pictureOf = (task: ShapeName): Int32Array => colors(task, centers);

/** Random points, uniform over the square, with their colors. */
export function randomExamples(task: ShapeName, random: () => number): {x: Matrix; classes: Int32Array} {
  const points = Array.from({length: EXAMPLES}, (): Point => [2 * random() - 1, 2 * random() - 1]);
  return {x: inputs(points), classes: colors(task, points)};
}
