/** The inputs of each view, the frozen matrix that they pass through, and the task: its loss, gradients and steps of training. */
import {lastOf} from "../../engine/last.ts";
import {cos, exp, log, sin} from "../../engine/linalg/elementary.ts";
import {mulberry32, normal} from "../../engine/linalg/random.ts";
import {type ArrowPair, dotProduct, lengthOf, scaled, sumOf, type Vector} from "./arrows.ts";

/** How many inputs each view has. Without a task they are fewer, so that their trails can be told apart. */
export const POINTS = {one: 90, two: 90, task: 160} as const;
type View = keyof typeof POINTS;

/** One input. In the task it has a group: 1 is to be read above the line, 0 below it. */
export interface Input {
  x: Vector;
  group?: 0 | 1;
}

/** The direction in which the groups of the task differ, and the one in which they are alike. */
const APART: Vector = [cos(0.5), sin(0.5)];
const ALIKE: Vector = [-sin(0.5), cos(0.5)];

/** The rows of W₀ (2,2) without a task. */
const PLAIN_ROWS = [
  [0.25, -0.95],
  [1, 0.22],
] as const;
/**
 * The rows of the task's W₀ (2,2). The height of W₀x, which is all that the layers behind read, comes from ALIKE alone; APART, which
 * tells the groups apart, only moves W₀x sideways, shrunk to 0.28.
 */
const TASK_ROWS = [sumOf(scaled(0.28, APART), scaled(0.45, ALIKE)), scaled(0.75, ALIKE)] as const;

/** W₀x, the output without an update. */
export function frozenOutput(view: View, x: Vector): Vector {
  const [across, up] = view === "task" ? TASK_ROWS : PLAIN_ROWS;
  return [dotProduct(across, x), dotProduct(up, x)];
}

/** Inputs farther out are moved in to this distance, so that few outputs leave the picture. */
const MAX_DISTANCE = 2.4;

/** An input of the views without a task. */
function plainInput(random: () => number): Input {
  const x: Vector = [normal(random) * 0.9, normal(random) * 0.9];
  return {x: scaled(Math.min(1, MAX_DISTANCE / lengthOf(x)), x)};
}

/** Input `i` of the task; groups alternate. */
function groupedInput(random: () => number, i: number): Input {
  const group = (i % 2) as 0 | 1;
  const along = (group ? 1.25 : -1.25) + normal(random) * 0.42;
  return {x: sumOf(scaled(along, APART), scaled(normal(random) * 0.95, ALIKE)), group};
}

/** The inputs of a view. The same seed gives the same ones. */
export const inputs = lastOf((seed: number, isTask: boolean): readonly Input[] => {
  const random = mulberry32(seed);
  const draw = isTask ? groupedInput : plainInput;
  return Array.from({length: isTask ? POINTS.task : POINTS.one}, (_, i) => draw(random, i));
});

/** The frozen layers behind read h as its dot product with this: only its height counts. */
const READOUT: Vector = [0, 2.2];
/** The learning rate. */
const RATE = 0.22;

/** The layer's output in the task, W₀x + b(a·x). */
const output = ({a, b}: ArrowPair, x: Vector): Vector => sumOf(frozenOutput("task", x), scaled(dotProduct(a, x), b));

/** log(1 + eᵗ) without overflow. */
const softplus = (t: number): number => Math.max(t, 0) + log(1 + exp(-Math.abs(t)));

/** The mean logistic loss: −log of the chance that the frozen layers give to an input's own group. */
export function logisticLoss(pair: ArrowPair, points: readonly Input[]): number {
  const losses = points.map(({x, group}) => softplus((group ? -1 : 1) * dotProduct(READOUT, output(pair, x))));
  return losses.reduce((sum, loss) => sum + loss, 0) / points.length;
}

/** Whether an output is on the side of its group. */
export const isReadRight = (h: Vector, group: 0 | 1 | undefined): boolean => h[1] > 0 === (group === 1);

/** How many inputs are read as their own group. */
export const rightCount = (pair: ArrowPair, points: readonly Input[]): number =>
  points.filter(({x, group}) => isReadRight(output(pair, x), group)).length;

/** The gradients of the loss: ∂L/∂a = Σ (b·g)x and ∂L/∂b = Σ (a·x)g, with g = ∂L/∂h of each input. */
export function gradients(pair: ArrowPair, points: readonly Input[]): ArrowPair {
  let [a, b]: [Vector, Vector] = [
    [0, 0],
    [0, 0],
  ];
  for (const {x, group} of points) {
    const chance = 1 / (1 + exp(-dotProduct(READOUT, output(pair, x))));
    const g = scaled((chance - group!) / points.length, READOUT);
    a = sumOf(a, scaled(dotProduct(pair.b, g), x));
    b = sumOf(b, scaled(dotProduct(pair.a, x), g));
  }
  return {a, b};
}

/** One step of gradient descent. */
export function descend(pair: ArrowPair, points: readonly Input[]): ArrowPair {
  const {a, b} = gradients(pair, points);
  return {a: sumOf(pair.a, scaled(-RATE, a)), b: sumOf(pair.b, scaled(-RATE, b))};
}
