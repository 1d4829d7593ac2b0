import {fixed, thousandths} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {full, type Table} from "../../figure/widget.ts";
import type {controls, ListenerParams} from "./controls.ts";
import {summary, vectorText} from "./fullSentence.ts";
import type {ListenerResult} from "./readings.ts";

const a = {symbol: "A", text: "a"};
const b = {symbol: "B", text: "b"};

function readouts({arrows, rank, right, run, untouched, points}: ListenerResult, {view, update, step}: ListenerParams) {
  const places = arrows.flatMap((pair, i) => {
    const n = arrows.length > 1 ? "₁₂"[i] : "";
    return [
      {label: [{...a, text: `a${n}`}], value: vectorText(pair.a)},
      {label: [{...b, text: `b${n}`}], value: vectorText(pair.b)},
    ];
  });
  if (view !== "task")
    return [
      ...places,
      {label: ["Rank of ", symbol.dW], value: String(rank), note: update === "off" ? "switched off" : ""},
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
    ...arrows.map((_, i) => (arrows.length > 1 ? `a${"₁₂"[i]}·x` : "a·x")),
    ...["W₀x across", "W₀x up", "h across", "h up"],
  ],
  rows: points.map(({x, heard, base, h}, i) => [
    i + 1,
    ...[...x, ...heard, ...base, ...h].map((value) => fixed(value, 2)),
  ]),
});

export default full<typeof controls, ListenerResult>({
  summary,
  readouts,
  table: (result, params) => (params.view === "task" ? stepTable(result) : pointTable(result, params)),
});
