/** Inputs and outputs of a layer in the plane, with the arrows a and b of an update of rank 1 or 2. */
import {figure} from "../../figure/declare.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Box, Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed, thousandths} from "../../figure/plot/text/format.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Table} from "../../figure/widget.ts";
import {lengthOf, type Vector} from "./drawing/vector.ts";
import {bounds, controls, type ListenerParams, type ListenerResult, read, runOf} from "./model.ts";
import {drawHeard, drawInputs, drawOutputs, numbered, type Shown} from "./planes.ts";

/** How many inputs the challenge wants read right. */
const BY_HAND = 150;

const x = {symbol: "x", text: "x"};
/** "a" alone, or one of "a₁" and "a₂", in its color. */
const ofA = (i: number, isTwo: boolean) => ({...symbol.A, text: numbered("a", i, isTwo)});
const ofB = (i: number, isTwo: boolean) => ({...symbol.B, text: numbered("b", i, isTwo)});
const vectorText = (v: Vector): string => `(${fixed(v[0], 2)}, ${fixed(v[1], 2)})`;

const plane = {
  height: {narrow: 166, mid: 215, wide: 320},
  isInteractive: true,
  isElastic: true,
} as const;

function inputsPart(shown: Shown): Drawing {
  const {arrows, points} = shown.result;
  const isTwo = arrows.length > 1;
  return {
    ...plane,
    name: "inputs",
    label: isTwo
      ? [ofA(0, true), " and ", ofA(1, true), ": how loud each ", x, " is"]
      : [ofA(0, false), ": how loud each ", x, " is"],
    alt: `${points.length} inputs x and ${isTwo ? "the arrows a₁ and a₂" : "the arrow a"}, with lines of equal a·x`,
    draw: (g, sheet) => drawInputs(g, sheet, shown),
  };
}

function outputsPart(shown: Shown): Drawing {
  const {arrows, points, right} = shown.result;
  const isTwo = arrows.length > 1;
  return {
    ...plane,
    name: "pushed",
    label: isTwo
      ? [ofB(0, true), " and ", ofB(1, true), ": pushes go everywhere"]
      : [ofB(0, false), ": every push is along it"],
    alt: `The outputs h: from W₀x each is pushed along ${isTwo ? "b₁ and b₂" : "b"}${shown.params.view === "task" ? `; ${right} of ${points.length} are on the side of their group` : ""}`,
    draw: (g, sheet) => drawOutputs(g, sheet, shown),
  };
}

function heardPart(shown: Shown): Drawing {
  const isTwo = shown.result.arrows.length > 1;
  return {
    name: "hearing",
    isWide: true,
    label: isTwo
      ? [ofA(0, true), "·", x, " above, ", ofA(1, true), "·", x, " below: all that is heard"]
      : [ofA(0, false), "·", x, ": all that is heard of each input"],
    height: 46,
    alt: `${isTwo ? "Both a·x" : "The a·x"} of each input, on a line from −5 to 5`,
    draw: (g, sheet) => drawHeard(g, sheet, shown),
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** h of the followed input as a sum, or its formula. The rounded terms are added, so that the printed sum is right. */
const sumPart = ({result: {arrows, points}, params: {point, update}}: Shown): Box => ({
  name: "output",
  isWide: true,
  html(box) {
    const line = layer(box, "p", "sumline");
    const lit = points[point - 1];
    const isTwo = arrows.length > 1;
    const pairs = update === "on" ? arrows : [];
    const h = {symbol: "h", text: "h"};
    if (!lit) {
      const terms = pairs.flatMap((_, i): Rich => [" + ", ofB(i, isTwo), " (", ofA(i, isTwo), "·", x, ")"]);
      return write(line, [h, " = ", symbol.W0, x, ...terms]);
    }
    const terms = pairs.map(({b}, i) => ({
      b: [hundredths(b[0]), hundredths(b[1])] as const,
      heard: hundredths(lit.heard[i]!),
    }));
    const from: Vector = [hundredths(lit.base[0]), hundredths(lit.base[1])];
    const total = terms.reduce<Vector>((at, {b, heard}) => [at[0] + heard * b[0], at[1] + heard * b[1]], from);
    write(line, [
      ...[h, " = ", {symbol: "W0", text: vectorText(from)}],
      ...terms.flatMap(
        ({b, heard}): Rich => [
          " + ",
          {symbol: "B", text: vectorText(b)},
          " × ",
          {symbol: "A", text: heard < 0 ? `(${fixed(heard, 2)})` : fixed(heard, 2)},
        ],
      ),
      " = ",
      {symbol: "h", text: vectorText(total)},
    ]);
  },
});

/** Sentences of the view with one arrow pair. */
function ofOne({arrows: [pair], heard, rank}: ListenerResult): readonly [string, string?] {
  if (lengthOf(pair!.a) === 0) return ["Since a is zero, it hears nothing of any input, and no output is pushed."];
  if (lengthOf(pair!.b) === 0) return ["Since b is zero, no output is pushed, whatever a hears: each output is W₀x."];
  return [
    `Each output is pushed along b by its own a·x, here from ${fixed(heard[0], 1)} to ${fixed(heard[1], 1)}.`,
    rank === 1 ? "An update of rank 1 hears one value from each input and can move its output along one line." : "",
  ];
}

function ofTwo({rank}: ListenerResult): string {
  if (rank === 2)
    return "Two questions and two pushes: outputs move in every direction of the plane. This update has rank 2.";
  if (rank === 1)
    return "Both push along one line, or ask one question, so all pushes are on one line again: r is 2, but this update has rank 1.";
  return "The two cancel or are zero, so nothing is pushed: this update has rank 0.";
}

function ofTask(
  {right, untouched, points, isOwn, arrows: [pair]}: ListenerResult,
  {step, update}: ListenerParams,
): readonly [string, string] {
  const count = `Of ${points.length} points, ${right} are read right`;
  const own = `a is ${vectorText(pair!.a)} and b is ${vectorText(pair!.b)}.`;
  if (update === "off")
    return [`${count} without the update: W₀ lets through little of what tells the groups apart.`, `Here ${own}`];
  if (step > 0)
    return [
      `${count} after ${counted(step, "step")} of training a and b, four parameters in all.`,
      `W₀ alone reads ${untouched} right; now ${own}`,
    ];
  return [
    isOwn && lengthOf(pair!.b) > 0
      ? `${count} with a and b where you put them; training would begin there.`
      : `${count}: the groups differ in x, but W₀ lets little of that through.`,
    `Here ${own}`,
  ];
}

function readouts({arrows, rank, right, run, untouched, points}: ListenerResult, {view, update, step}: ListenerParams) {
  const isTwo = arrows.length > 1;
  const places = arrows.flatMap((pair, i) => [
    {label: [ofA(i, isTwo)], value: vectorText(pair.a)},
    {label: [ofB(i, isTwo)], value: vectorText(pair.b)},
  ]);
  if (view !== "task")
    return [
      ...places,
      {label: ["Rank of ", symbol.dW], value: String(rank), note: update === "off" ? "switched off" : ""},
    ];
  return [
    {label: ["Read right"], value: `${right} of ${points.length}`, note: `${untouched} with W₀ alone`},
    {
      label: ["Loss"],
      value: thousandths(run[step]!.loss),
      note: update === "off" ? "with the update on" : `at step ${step}`,
    },
    ...places,
  ];
}

/** The task: how a and b move, step by step. */
const stepTable = ({run, points}: ListenerResult): Table => ({
  caption: `The task with the update on, after each step of training, over ${points.length} points`,
  columns: ["Step", "a", "b", "Loss", "Read right"],
  rows: run.map(({pair, loss, right}, step) => [
    step,
    vectorText(pair.a),
    vectorText(pair.b),
    thousandths(loss),
    right,
  ]),
});

/** One or two questions: every point on its way through the layer. */
const pointTable = ({points, arrows}: ListenerResult, {update}: ListenerParams): Table => ({
  caption: `Every point on its way through the layer, update ${update}`,
  columns: [
    ...["Point", "x across", "x up"],
    ...arrows.map((_, i) => `${numbered("a", i, arrows.length > 1)}·x`),
    ...["W₀x across", "W₀x up", "h across", "h up"],
  ],
  rows: points.map(({x, heard, base, h}, i) => [
    i + 1,
    ...[...x, ...heard, ...base, ...h].map((value) => fixed(value, 2)),
  ]),
});

export default figure<typeof controls, ListenerResult>({
  title: "One question, one push: what can rank 1 do?",
  guide:
    "Drag the tips of a and b, or move them with the arrow keys; point at an input to follow it. We made up points and task to show one mechanism; they say nothing about GPT-3.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  bounds,
  main: ["view", "update"],
  run: {clock: "step", pace: 8, by: runOf, starts: ({view}) => view === "task", read},
  picture(result, params, act, size) {
    const shown = {result, params, act};
    const isFull = size === "full";
    return {
      parts: [
        inputsPart(shown),
        outputsPart(shown),
        ...(isFull ? [heardPart(shown)] : []),
        // The task is about all points at once.
        ...(isFull || params.view !== "task" ? [sumPart(shown)] : []),
      ],
      columns: [1, 1],
      dock: "pushed",
    };
  },
  says(result, params) {
    const {view, update} = params;
    if (view === "task") return ofTask(result, params);
    if (update === "off")
      return [
        "The update is off, so every output is W₀x, as the frozen matrix gives it.",
        "Switch it on to see the pushes.",
      ];
    return view === "one" ? ofOne(result) : [ofTwo(result)];
  },
  readouts,
  table: (result, params) => (params.view === "task" ? stepTable(result) : pointTable(result, params)),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: `open the task and leave the step at 0. Drag a and b yourself until ${BY_HAND} points or more are read right.`,
    met: ({right}, {view, update, step}) => view === "task" && update === "on" && step === 0 && right >= BY_HAND,
  },
});
