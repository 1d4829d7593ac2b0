import {percent, thousandths as shown, tiny} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {heavy} from "../../figure/widget.ts";
import {controls, READ} from "./controls.ts";
import {directions, lossesByOverlap} from "./panels.ts";
import {type ComposeResult, runs, see} from "./readings.ts";
import {says, summary, tasksKept, wayText} from "./sentences.ts";

export default heavy<typeof controls, ComposeResult>({
  title: "Can you add two adapters?",
  guide:
    "Two adapters are trained on one small layer, each for its own task, and then used at once. The inputs of a task take eight directions, drawn as points: drag the second task over the first so that they share some.",
  sources: ["Hu et al. 2021, §4.2", "Mangrulkar et al. 2022, add_weighted_adapter"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "shared", runs, see},
  controls,
  main: ["way", "agree"],
  draw(picture, result, params, act, room) {
    if (room.size === "card" || room.size === "full") directions(picture, params, act, room);
    lossesByOverlap(picture, result, params, act, room);
  },
  says,
  summary,
  readouts: (result, {shared, r}) => [
    {
      label: ["Overlap of the inputs"],
      value: percent(shared / READ),
      note: `φ of the two subspaces, ${shared} of ${READ}`,
    },
    {
      label: ["Tasks kept"],
      value: `${tasksKept(result)} of 2`,
      note: "losing less than a fifth of what its adapter won",
    },
    {
      label: ["[", symbol.B, "₁ ", symbol.B, "₂][", symbol.A, "₁; ", symbol.A, "₂] against the sum"],
      value: tiny(result.apart),
      note: `rank ${2 * r}: equal but for rounding`,
    },
  ],
  table: ({course, courseTogether}, params) => ({
    caption: `Loss of both tasks with ${wayText(params)}, by shared directions of ${READ}`,
    columns: ["Shared", "Task 1, own", "Task 2, own", "Task 1, both", "Task 2, both", "Task 1, none", "Task 2, none"],
    rows: course.map(({own, base}, i) => [i, ...[...own, ...courseTogether[i], ...base].map(shown)]),
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "let both tasks share all eight directions, then find answers and a way to combine the adapters that keep both tasks.",
    met: (result, {shared}) => shared === READ && tasksKept(result) === 2,
  },
});
