/** Inputs and outputs of a layer in the plane, with the arrows a and b of an update of rank 1 or 2. */
import {figure} from "../../figure/declare.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Box, Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed, thousandths} from "../../figure/plot/text/format.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Table} from "../../figure/widget.ts";
import {lengthOf, scaled, sumOf, type Vector} from "./arrows.ts";
import {bounds, controls, type ListenerParams, type ListenerResult, readListener, runOf} from "./model.ts";
import {arrowName, drawInputs, drawOutputs, type PanelContent} from "./panels.ts";

/** How many inputs the challenge wants read right. */
const GOAL = 150;

const [x, h] = [
  {symbol: "x", text: "x"},
  {symbol: "h", text: "h"},
];
/** "a" alone, or one of "a₁" and "a₂", in its color. */
const symbolA = (i: number, isTwo: boolean) => ({...symbol.A, text: arrowName("a", i, isTwo)});
const symbolB = (i: number, isTwo: boolean) => ({...symbol.B, text: arrowName("b", i, isTwo)});
const vectorText = (v: Vector): string => `(${fixed(v[0], 2)}, ${fixed(v[1], 2)})`;

/** What both drawings have in common. */
const planeOptions = {
  height: {narrow: 166, mid: 215, wide: 320},
  isInteractive: true,
  isElastic: true,
} as const;

function inputsPart(content: PanelContent): Drawing {
  const {arrows, points} = content.result;
  const isTwo = arrows.length > 1;
  return {
    ...planeOptions,
    name: "inputs",
    label: [symbolA(0, isTwo), ...(isTwo ? [" and ", symbolA(1, isTwo)] : []), ": how loud each ", x, " is"],
    alt: `${points.length} inputs x and ${isTwo ? "the arrows a₁ and a₂" : "the arrow a"}, with lines of equal a·x`,
    draw: (g, sheet) => drawInputs(g, sheet, content),
  };
}

function outputsPart(content: PanelContent): Drawing {
  const {arrows, points, rightCount} = content.result;
  const isTwo = arrows.length > 1;
  const count =
    content.params.view === "task" ? `; ${rightCount} of ${points.length} are on the side of their group` : "";
  return {
    ...planeOptions,
    name: "pushed",
    label: isTwo
      ? [symbolB(0, true), " and ", symbolB(1, true), ": pushes anywhere"]
      : [symbolB(0, false), ": every push is along it"],
    alt: `The outputs h: from W₀x each is pushed along ${isTwo ? "b₁ and b₂" : "b"}${count}`,
    draw: (g, sheet) => drawOutputs(g, sheet, content),
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** h of the followed input as a sum. The rounded terms are added, so that the printed sum is right. */
function sumText({base, loudness}: ListenerResult["points"][number], bs: readonly Vector[]): Rich {
  const rounded = (v: Vector): Vector => [hundredths(v[0]), hundredths(v[1])];
  const terms = bs.map((b, i) => ({b: rounded(b), loud: hundredths(loudness[i]!)}));
  const total = terms.reduce((sum, {b, loud}) => sumOf(sum, scaled(loud, b)), rounded(base));
  const products = terms.flatMap(({b, loud}): Rich => {
    const factor = loud < 0 ? `(${fixed(loud, 2)})` : fixed(loud, 2);
    return [" + ", {symbol: "B", text: vectorText(b)}, " × ", {symbol: "A", text: factor}];
  });
  const baseText = {symbol: "W0", text: vectorText(base)};
  return [h, " = ", baseText, ...products, " = ", {symbol: "h", text: vectorText(total)}];
}

/** The line below the panels: h of the followed input as a sum of numbers, or the formula of h. */
const sumPart = ({result: {arrows, points}, params: {point, update}}: PanelContent): Box => ({
  name: "output",
  isWide: true,
  html(box) {
    const active = update === "on" ? arrows : [];
    const isTwo = arrows.length > 1;
    const terms = active.flatMap((_, i): Rich => [" + ", symbolB(i, isTwo), " (", symbolA(i, isTwo), "·", x, ")"]);
    const followed = points[point - 1];
    const bs = active.map(({b}) => b);
    write(layer(box, "p", "sumline"), followed ? sumText(followed, bs) : [h, " = ", symbol.W0, x, ...terms]);
  },
});

/** The sentence on one question and push. */
function oneSentence({loudnessRange: [smallest, largest], rank}: ListenerResult): string {
  if (!rank) return "Since a or b is zero, no output is pushed: each is W₀x.";
  return `Each output is pushed along b by its own a·x, here from ${fixed(smallest, 1)} to ${fixed(largest, 1)}.`;
}

/** The sentence on two questions and pushes. */
function twoSentence({rank}: ListenerResult): string {
  if (rank === 2)
    return "Two questions and two pushes: outputs move in every direction of the plane. This update has rank 2.";
  if (rank === 1)
    return "Both push along one line, or ask one question, so all pushes are on one line again: r is 2, but this update has rank 1.";
  return "The two cancel or are zero, so nothing is pushed: this update has rank 0.";
}

/** The sentences on the task. */
function taskSentences(
  {rightCount, rightCountOfW0, points, arrows}: ListenerResult,
  {step, update}: ListenerParams,
): readonly [string, string] {
  const {a, b} = arrows[0]!;
  const count = `Of ${points.length} points, ${rightCount} are read right`;
  const isPushed = update === "on" && lengthOf(b) > 0;
  const why = !isPushed
    ? ": the groups differ in x, but W₀ lets little of that through."
    : step
      ? ` after ${counted(step, "step")} of training a and b, four parameters in all.`
      : " with a and b where you put them; training would begin there.";
  return [count + why, `W₀ alone reads ${rightCountOfW0} right; a is ${vectorText(a)} and b is ${vectorText(b)}.`];
}

function readouts(
  {arrows, rank, rightCount, run, rightCountOfW0, points}: ListenerResult,
  {view, update, step}: ListenerParams,
) {
  const isTwo = arrows.length > 1;
  const places = arrows.flatMap((pair, i) => [
    {label: [symbolA(i, isTwo)], value: vectorText(pair.a)},
    {label: [symbolB(i, isTwo)], value: vectorText(pair.b)},
  ]);
  if (view !== "task")
    return [
      ...places,
      {label: ["Rank of ", symbol.dW], value: String(rank), note: update === "off" ? "switched off" : ""},
    ];
  return [
    {label: ["Read right"], value: `${rightCount} of ${points.length}`, note: `${rightCountOfW0} with W₀ alone`},
    {
      label: ["Loss"],
      value: thousandths(run[step]!.loss),
      note: update === "off" ? "with the update on" : `at step ${step}`,
    },
    ...places,
  ];
}

/** The table of the task: a and b after each step. */
const stepTable = ({run, points}: ListenerResult): Table => ({
  caption: `The task with the update on, after each step of training, over ${points.length} points`,
  columns: ["Step", "a", "b", "Loss", "Read right"],
  rows: run.map(({pair, loss, rightCount}, step) => [
    step,
    vectorText(pair.a),
    vectorText(pair.b),
    thousandths(loss),
    rightCount,
  ]),
});

/** The table of the other views: every point on its way through the layer. */
const pointTable = ({points, arrows}: ListenerResult, {update}: ListenerParams): Table => ({
  caption: `Every point on its way through the layer, update ${update}`,
  columns: [
    "Point",
    "x across",
    "x up",
    ...arrows.map((_, i) => `${arrowName("a", i, arrows.length > 1)}·x`),
    "W₀x across",
    "W₀x up",
    "h across",
    "h up",
  ],
  rows: points.map(({x, loudness, base, h}, i) => [
    i + 1,
    ...[...x, ...loudness, ...base, ...h].map((value) => fixed(value, 2)),
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
  run: {clock: "step", pace: 8, by: runOf, read: readListener},
  picture(result, params, act, size) {
    const content = {result, params, act};
    return {
      parts: [
        inputsPart(content),
        outputsPart(content),
        // The task is about all points at once.
        ...(size === "full" || params.view !== "task" ? [sumPart(content)] : []),
      ],
      columns: [1, 1],
      dock: "pushed",
    };
  },
  says(result, params) {
    const {view, update} = params;
    if (view === "task") return taskSentences(result, params);
    if (update === "off") return ["The update is off, so every output is W₀x, as the frozen matrix gives it."];
    return [view === "one" ? oneSentence(result) : twoSentence(result)];
  },
  readouts,
  table: (result, params) => (params.view === "task" ? stepTable(result) : pointTable(result, params)),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: `open the task and leave the step at 0. Drag a and b yourself until ${GOAL} points or more are read right.`,
    met: ({rightCount}, {view, update, step}) => view === "task" && update === "on" && step === 0 && rightCount >= GOAL,
  },
});
