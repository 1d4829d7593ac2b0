import {panels} from "../../figures/chart.ts";
import {fixed, thousandths} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {heavy, type Table} from "../../shell/widget.ts";
import {bounds, controls, type ListenerParams} from "./controls.ts";
import {type Drawing, heardPanel, inputsPanel, outputsPanel, sum} from "./panels.ts";
import {type ListenerResult, runs, see} from "./readings.ts";
import {said, sentence, written} from "./sentences.ts";

/** The challenge wants as many read right by hand. */
const BY_HAND = 150;

const a = {symbol: "A", text: "a"};
const b = {symbol: "B", text: "b"};

function readouts({arrows, rank, right, run, untouched, points}: ListenerResult, {view, update, step}: ListenerParams) {
  const places = arrows.flatMap((pair, i) => {
    const n = arrows.length > 1 ? "₁₂"[i] : "";
    return [
      {label: [{...a, text: `a${n}`}], value: written(pair.a)},
      {label: [{...b, text: `b${n}`}], value: written(pair.b)},
    ];
  });
  if (view !== "task")
    return [
      ...places,
      {label: ["Rank of ", sign.dW], value: String(rank), note: update === "off" ? "switched off" : ""},
    ];
  const note = `${untouched} with W₀ alone`;
  return [
    {label: ["Read right"], value: `${right} of ${points.length}`, note},
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
  rows: run.map(({pair, loss, right}, step) => [step, written(pair.a), written(pair.b), thousandths(loss), right]),
});

/** One or two questions: every point on its way through the layer. */
const pointTable = ({points, arrows}: ListenerResult, {update}: ListenerParams): Table => ({
  caption: `Every point on its way through the layer, update ${update}`,
  columns: [
    ...["Point", "x across", "x up"],
    ...arrows.map((_, i) => (arrows.length > 1 ? `a${"₁₂"[i]}·x` : "a·x")),
    ...["W₀x across", "W₀x up", "h across", "h up"],
  ],
  rows: points.map(({x, heard, base, h}, i) => [
    i + 1,
    ...[...x, ...heard, ...base, ...h].map((value) => fixed(value, 2)),
  ]),
});

export default heavy<typeof controls, ListenerResult>({
  title: "One question, one answer: what can rank 1 do?",
  guide:
    "Drag the tips of a and b, or move them with the arrow keys; point at an input to follow it. The points are made up and the task was built to show one mechanism, so it is an example and no evidence about GPT-3.",
  sources: ["Hu et al. 2021, §4.1"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", pace: 8, runs, see},
  controls,
  bounds,
  main: ["view", "update"],
  draw(picture, result, params, act, room) {
    const drawing: Drawing = {picture, result, params, act, room};
    const isShort = room.size === "dock" || room.size === "slide";
    panels(picture, ["inputs", ...(isShort ? [] : ["hearing"]), "pushed"]);
    inputsPanel(drawing);
    if (!isShort) heardPanel(drawing);
    outputsPanel(drawing);
    if (!isShort) sum(drawing);
  },
  says: said,
  summary: sentence,
  readouts,
  table: (result, params) => (params.view === "task" ? stepTable(result) : pointTable(result, params)),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: `open the task and leave the step at 0. Drag a and b yourself until ${BY_HAND} points or more are read right.`,
    met: ({right}, {view, update, step}) => view === "task" && update === "on" && step === 0 && right >= BY_HAND,
  },
});
