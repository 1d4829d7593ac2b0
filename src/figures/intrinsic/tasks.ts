import type {Matrix} from "../../engine/linalg/matrix.ts";
import {CELLS, EXAMPLES, PICTURE_SIDE, type ShapeName} from "./settings.ts";

/** r² of the disk that is as large as the square from −1 to 1. */
const DISK = 4 / Math.PI;

/** Whether a point is dark. Each task darkens half of the square, so painting one color everywhere gets about half right. */
const tasks: Readonly<Record<ShapeName, (x: number, y: number) => boolean>> = {
  line: (x, y) => 0.6 * x + 0.8 * y > 0,
  circle: (x, y) => x * x + y * y < 0.5 * DISK,
  ring: (x, y) => x * x + y * y > 0.2 * DISK && x * x + y * y < 0.7 * DISK,
};

type Point = readonly [x: number, y: number];

/** Points to network inputs (N,3); the third is a constant 1 in place of biases. */
const inputs = (points: readonly Point[]): Matrix => ({
  rows: points.length,
  cols: 3,
  data: Float64Array.from(points.flatMap(([x, y]) => [x, y, 1])),
});

const colors = (task: ShapeName, points: readonly Point[]): Int32Array =>
  Int32Array.from(points, ([x, y]) => Number(tasks[task](x, y)));

/** The centers of the cells, row by row from the top left. */
const middles: readonly Point[] = Array.from({length: CELLS}, (_, n) => [
  (2 * (n % PICTURE_SIDE) + 1) / PICTURE_SIDE - 1,
  1 - (2 * Math.floor(n / PICTURE_SIDE) + 1) / PICTURE_SIDE,
]);

export const pictureCells = inputs(middles);

/** The right picture: 1 where the center of a cell is dark. */
export const pictureOf = (task: ShapeName): Int32Array => colors(task, middles);

/** Random points, uniform over the square, with their colors. */
export function randomExamples(task: ShapeName, random: () => number): {x: Matrix; classes: Int32Array} {
  const points = Array.from({length: EXAMPLES}, (): Point => [2 * random() - 1, 2 * random() - 1]);
  return {x: inputs(points), classes: colors(task, points)};
}
