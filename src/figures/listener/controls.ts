import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {type Arrows, readArrows} from "./arrows.ts";

/** Steps of gradient descent: enough for the task, and few enough that the points stay inside the picture. */
export const DESCENT_STEPS = 22;
/** Points of the task; without one there are fewer, so that their trails can be told apart. */
export const POINTS = {one: 90, two: 90, task: 160} as const;

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
