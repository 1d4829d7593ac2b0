/** The inputs of each view, and the frozen matrix that they pass through. */
import {lastOf} from "../../engine/last.ts";
import {cos, sin} from "../../engine/linalg/elementary.ts";
import {mulberry32, normal} from "../../engine/linalg/random.ts";
import {plus, scaled, type Vector} from "./drawing/vector.ts";

/** How many inputs each view has. Without a task they are fewer, so that their trails can be told apart. */
export const POINTS = {one: 90, two: 90, task: 160} as const;
type View = keyof typeof POINTS;

/** One input. In the task it has a group: 1 is to be read above the line, 0 below it. */
export interface Input {
  x: Vector;
  group?: 0 | 1;
}

/** The rows of W₀ (2,2). */
type Frozen = readonly [Vector, Vector];

/** The direction in which the groups of the task differ, and the one in which they are alike. */
const APART: Vector = [cos(0.5), sin(0.5)];
const ALIKE: Vector = [-sin(0.5), cos(0.5)];

/**
 * W₀ of each view. In the task the height of W₀x, which is what the layers behind read, comes from ALIKE alone; what tells the
 * groups apart only moves W₀x sideways, shrunk to 0.28.
 */
const frozen: Readonly<Record<View, Frozen>> = {
  one: [
    [0.25, -0.95],
    [1, 0.22],
  ],
  two: [
    [0.25, -0.95],
    [1, 0.22],
  ],
  task: [plus(scaled(0.28, APART), scaled(0.45, ALIKE)), scaled(0.75, ALIKE)],
};

/** W₀x. */
export const frozenOutput = (view: View, x: Vector): Vector => {
  const [across, up] = frozen[view];
  return [across[0] * x[0] + across[1] * x[1], up[0] * x[0] + up[1] * x[1]];
};

/** Inputs farther out are moved in to this distance, so that few outputs leave the picture. */
const FARTHEST = 2.4;

/** An input of the views without a task. */
function plain(random: () => number): Input {
  const x: Vector = [normal(random) * 0.9, normal(random) * 0.9];
  const far = Math.hypot(x[0], x[1]);
  return {x: far > FARTHEST ? scaled(FARTHEST / far, x) : x};
}

/** An input of the task; groups alternate. */
function grouped(random: () => number, i: number): Input {
  const group = (i % 2) as 0 | 1;
  const along = (group ? 1.25 : -1.25) + normal(random) * 0.42;
  return {x: plus(scaled(along, APART), scaled(normal(random) * 0.95, ALIKE)), group};
}

/** The inputs of a view. The same seed gives the same ones. */
export const inputs = lastOf((seed: number, isTask: boolean): readonly Input[] => {
  const random = mulberry32(seed);
  const draw = isTask ? grouped : plain;
  return Array.from({length: isTask ? POINTS.task : POINTS.one}, (_, i) => draw(random, i));
});
