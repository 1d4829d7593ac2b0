/** The controls of the listener, the run of its task, and every input on its way through the layer. No DOM. */
import {choice, hiddenText, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Frames} from "../../figure/widget.ts";
import {type ArrowPair, type Arrows, arrowRank, dotProduct, readArrows, scaled, sumOf, type Vector} from "./arrows.ts";
import {descend, frozenOutput, type Input, inputs, isReadRight, logisticLoss, POINTS, rightCount} from "./task.ts";

/** Steps of gradient descent: enough for the task, and few enough that the points stay inside the picture. */
const DESCENT_STEPS = 22;

/** A hidden control for the arrows of a view. */
const arrowsControl = (name: string, pairs: number) =>
  hiddenText([`the arrows of ${name}`], 80, (text) => readArrows(text, pairs).problem);

export const controls = {
  step: range(["Step"], {min: 0, max: DESCENT_STEPS, value: 0, clock: true, when: {view: ["task"]}}),
  view: choice(["Show"], {one: "One question", two: "Two questions", task: "A task"}, "one"),
  update: choice(["Update ", symbol.dW], {on: "On", off: "Off"}, "on"),
  point: range(["Point"], {min: 0, max: POINTS.task, value: 0, more: true, group: "trace"}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
  one: arrowsControl("one question", 1),
  two: arrowsControl("two questions", 2),
  task: arrowsControl("the task", 1),
};
export type ListenerParams = Params<typeof controls>;

/** The arrows with which each view begins, in tenths like the steps of the arrow keys. In the task b is zero, as LoRA's B is. */
const startArrows: Readonly<Record<ListenerParams["view"], Arrows>> = {
  one: [{a: [0.9, 0.5], b: [1.1, 0.6]}],
  two: [
    {a: [0.9, 0.5], b: [1, 0.5]},
    {a: [-0.4, 0.8], b: [-0.5, 0.9]},
  ],
  task: [{a: [0.3, 0.8], b: [0, 0]}],
};

/** The arrows that the reader has set in this view, or those with which it begins. */
export const arrowsOf = (params: Pick<ListenerParams, "view" | "one" | "two" | "task">): Arrows =>
  readArrows(params[params.view], startArrows[params.view].length).arrows ?? startArrows[params.view];

/** Each view has as many points to follow as inputs. */
export const bounds = ({view}: ListenerParams) => ({point: [0, POINTS[view]]}) as const;

/** a and b after a step of training. */
interface TrainedPair {
  pair: ArrowPair;
  loss: number;
  /** How many inputs are read as their own group. */
  rightCount: number;
}

/** What the run of the task depends on. */
interface ListenerRun {
  seed: number;
  /** The arrows a and b before the first step. */
  start: Arrows;
}

/** Trains a and b on the task. This is so fast that one snapshot holds every step; the clock says which is shown. */
export function* compute({seed, start}: ListenerRun): Generator<readonly TrainedPair[], void> {
  const points = inputs(seed, true);
  let pair = start[0]!;
  yield Array.from({length: DESCENT_STEPS + 1}, (_, step) => {
    if (step) pair = descend(pair, points);
    return {pair, loss: logisticLoss(pair, points), rightCount: rightCount(pair, points)};
  });
}

/** One input with all that the layer makes of it. */
export interface PassedInput extends Input {
  /** a·x of each pair. */
  loudness: readonly number[];
  /** W₀x. */
  base: Vector;
  /** ΔWx = Σ (a·x)b; zero while the update is off. */
  push: Vector;
  h: Vector;
  /** In the task: h is on the side of its group. */
  isRight: boolean;
}

export interface ListenerResult {
  /** As set or, in the task, as trained at the clock. */
  arrows: Arrows;
  /** Of Σ b aᵀ, whether the update is on or off. */
  rank: 0 | 1 | 2;
  points: readonly PassedInput[];
  /** Every step of the task's run. */
  run: readonly TrainedPair[];
  /** In the task, how many inputs are read right: now, and with W₀ alone. */
  rightCount: number;
  rightCountOfW0: number;
  /** The smallest and largest a·x. */
  loudnessRange: readonly [smallest: number, largest: number];
}

/** Passes an input through the layer. */
function passInput(input: Input, arrows: Arrows, {view, update}: ListenerParams): PassedInput {
  const loudness = arrows.map(({a}) => dotProduct(a, input.x));
  const active = update === "on" ? arrows : [];
  const push = active.reduce<Vector>((sum, {b}, i) => sumOf(sum, scaled(loudness[i]!, b)), [0, 0]);
  const base = frozenOutput(view, input.x);
  const h = sumOf(base, push);
  return {...input, loudness, base, push, h, isRight: isReadRight(h, input.group)};
}

/** The run of the task, from the reader's arrows. Other views have it too, so that it is ready when the reader turns to the task. */
export const runOf = ({seed, task}: ListenerParams): ListenerRun => ({
  seed,
  start: arrowsOf({view: "task", one: "", two: "", task}),
});

/** What the figure shows, from the one frame of the run. */
export function readListener(frames: Frames<readonly TrainedPair[]>, params: ListenerParams): ListenerResult {
  const {view, seed, step} = params;
  const run = frames[0]!;
  const arrows = view === "task" ? [run[step]!.pair] : arrowsOf(params);
  const points = inputs(seed, view === "task").map((input) => passInput(input, arrows, params));
  const loudness = points.flatMap((point) => point.loudness);
  return {
    arrows,
    rank: arrowRank(arrows),
    points,
    run,
    rightCount: points.filter(({isRight}) => isRight).length,
    rightCountOfW0: points.filter(({base, group}) => isReadRight(base, group)).length,
    loudnessRange: [Math.min(...loudness), Math.max(...loudness)],
  };
}
