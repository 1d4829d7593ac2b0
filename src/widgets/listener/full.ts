import {fixed, thousandths} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {full} from "../../shell/widget.ts";
import type {controls, ListenerParams} from "./controls.ts";
import {sentence, written} from "./fullSentence.ts";
import type {ListenerResult} from "./readings.ts";

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

export default full<typeof controls, ListenerResult>({
  summary: sentence,
  readouts,
  table: ({points, arrows}, {view, update, step}) => ({
    caption: `Every point on its way through the layer, update ${update}${view === "task" ? `, step ${step}` : ""}`,
    columns: [
      ...["Point", "x across", "x up"],
      ...arrows.map((_, i) => (arrows.length > 1 ? `a${"₁₂"[i]}·x` : "a·x")),
      ...["W₀x across", "W₀x up", "h across", "h up"],
      ...(view === "task" ? ["Group", "Read"] : []),
    ],
    rows: points.map(({x, heard, base, h, group, isRight}, i) => [
      i + 1,
      ...[...x, ...heard, ...base, ...h].map((value) => fixed(value, 2)),
      ...(view === "task" ? [group ? "round, above" : "diamond, below", isRight ? "right" : "wrong"] : []),
    ]),
  }),
});
