/** What rank 1 can do to inputs in the plane: the arrows that a reader sets, and every input on its way through the layer. No DOM. */
import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Frames} from "../../figure/widget.ts";
import {type ArrowPair, type Arrows, arrowRank, dotProduct, plus, readArrows, scaled, type Vector} from "./arrows.ts";
import {descend, frozenOutput, type Input, inputs, isReadRight, logisticLoss, POINTS, rightOf} from "./task.ts";

/** Enough steps of gradient descent for the task, and few enough that the points stay inside the picture. */
const DESCENT_STEPS = 22;

const arrows = (name: string, pairs: number) =>
  hidden([`the arrows of ${name}`], 80, (text) => readArrows(text, pairs).problem);

export const controls = {
  step: range(["Step"], {min: 0, max: DESCENT_STEPS, value: 0, clock: true, when: {view: ["task"]}}),
  view: choice(["Show"], {one: "One question", two: "Two questions", task: "A task"}, "one"),
  update: choice(["Update ", symbol.dW], {on: "On", off: "Off"}, "on"),
  point: range(["Point"], {min: 0, max: POINTS.task, value: 0, more: true, group: "trace"}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
  one: arrows("one question", 1),
  two: arrows("two questions", 2),
  task: arrows("the task", 1),
};
export type ListenerParams = Params<typeof controls>;

/** Where the arrows begin in each view, on the grid of the arrow keys. In the task b begins at zero, as LoRA's B does. */
const starts: Readonly<Record<ListenerParams["view"], Arrows>> = {
  one: [{a: [0.9, 0.5], b: [1.1, 0.6]}],
  two: [
    {a: [0.9, 0.5], b: [1, 0.5]},
    {a: [-0.4, 0.8], b: [-0.5, 0.9]},
  ],
  task: [{a: [0.3, 0.8], b: [0, 0]}],
};

/** The arrows that the reader has set in this view, or those it begins with. */
export const arrowsOf = (params: Pick<ListenerParams, "view" | "one" | "two" | "task">): Arrows =>
  readArrows(params[params.view], starts[params.view].length).arrows ?? starts[params.view];

export const bounds = ({view}: ListenerParams) => ({point: [0, POINTS[view]]}) as const;

/** a and b after a step of training. */
interface TrainedPair {
  pair: ArrowPair;
  loss: number;
  /** How many inputs are read as their own group. */
  right: number;
}

/** What the run of the task depends on. */
interface ListenerRun {
  seed: number;
  /** Where a and b begin. */
  from: Arrows;
}

/** Trains a and b on the task. This is so fast that one snapshot holds every step; the clock says which is shown. */
export function* compute({seed, from}: ListenerRun): Generator<readonly TrainedPair[], void> {
  const points = inputs(seed, true);
  let pair = from[0]!;
  yield Array.from({length: DESCENT_STEPS + 1}, (_, step) => {
    if (step) pair = descend(pair, points);
    return {pair, loss: logisticLoss(pair, points), right: rightOf(pair, points)};
  });
}

/** One input on its way through the layer. */
export interface Passed extends Input {
  /** a·x of each pair. */
  heard: readonly number[];
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
  points: readonly Passed[];
  /** Every step of the task's run. */
  run: readonly TrainedPair[];
  /** In the task, how many inputs are read right: now, and with W₀ alone. */
  right: number;
  untouched: number;
  /** The smallest and largest a·x. */
  heard: readonly [number, number];
}

function passed(input: Input, arrows: Arrows, {view, update}: ListenerParams): Passed {
  const heard = arrows.map(({a}) => dotProduct(a, input.x));
  const active = update === "on" ? arrows : [];
  const push = active.reduce<Vector>((sum, {b}, i) => plus(sum, scaled(heard[i]!, b)), [0, 0]);
  const base = frozenOutput(view, input.x);
  const h = plus(base, push);
  return {...input, heard, base, push, h, isRight: isReadRight(h, input.group)};
}

/** The task's run, from the reader's arrows. It is also computed in the other views, ready for a change of view. */
export const runOf = ({seed, task}: ListenerParams): ListenerRun => ({
  seed,
  from: arrowsOf({view: "task", one: "", two: "", task}),
});

export function read(tape: Frames<readonly TrainedPair[]>, params: ListenerParams): ListenerResult {
  const {view, seed, step} = params;
  const run = tape[0]!;
  const arrows = view === "task" ? [run[step]!.pair] : arrowsOf(params);
  const points = inputs(seed, view === "task").map((input) => passed(input, arrows, params));
  const heard = points.flatMap((point) => point.heard);
  return {
    arrows,
    rank: arrowRank(arrows),
    points,
    run,
    right: points.filter(({isRight}) => isRight).length,
    untouched: points.filter(({base, group}) => isReadRight(base, group)).length,
    heard: [Math.min(...heard), Math.max(...heard)],
  };
}
