import {linear} from "../../figures/axes/scales.ts";
import {panel} from "../../figures/panel.ts";
import {paths} from "../../figures/plots/paths.ts";
import {whiskers, whiskersHeight} from "../../figures/plots/whiskers.ts";
import {percent, thousandths as shown, tiny} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {heavy} from "../../shell/widget.ts";
import {controls, READ} from "./controls.ts";
import {type ComposeResult, runs, see} from "./readings.ts";
import {kept, sentence, wayText} from "./sentences.ts";

const tasks = [0, 1] as const;

export default heavy<typeof controls, ComposeResult>({
  title: "Add two adapters?",
  guide:
    "Two tasks on one small layer, an adapter trained for each alone, then both in use at once. Drag the knob to set how many of the eight directions in which a task has its inputs are also the other task’s.",
  sources: ["Hu et al. 2021, §4.2", "Mangrulkar et al. 2022, add_weighted_adapter"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "shared", runs, see},
  controls,
  draw(picture, result, params, act) {
    const {shared} = params;
    const {own, base, together, course, courseTogether} = result;
    const y = linear([0, 2 * Math.max(...base)], [216, 0]);
    const chart = panel(picture, "course", {
      label: ["Loss of each task with ", wayText(params), ", by shared directions"],
      width: 256,
      height: 254,
      alt: `At ${shared} of ${READ} shared: task 1 at ${shown(together[0])}, task 2 at ${shown(together[1])}`,
    });
    paths(
      chart,
      [
        {name: "base", label: "task 1, none", values: course.map(({base}) => base[0])},
        ...tasks.map((t) => ({
          name: `task-${t + 1}`,
          label: `task ${t + 1}`,
          values: courseTogether.map((losses) => losses[t]),
        })),
        {name: "alone", label: "task 1, own", values: course.map(({own}) => own[0])},
      ],
      tasks.map((t) => ({
        name: `task-${t + 1}`,
        at: shared,
        value: together[t],
        title: `Task ${t + 1}: ${shown(together[t])}`,
      })),
      {
        width: 138,
        height: 216,
        y,
        ticks: y.ticks(4),
        format: String,
        last: READ,
        named: [0, 2, 4, 6, 8],
        place: String,
        at: shared,
        onMove: (to) => act.set({shared: to}),
      },
    );
    const rows = tasks.flatMap((t) => [
      {tone: "none", name: `Task ${t + 1}, no adapter`, total: shown(base[t]), value: base[t]},
      {tone: "alone", name: `Task ${t + 1}, its own`, total: shown(own[t]), value: own[t]},
      {tone: "both", name: `Task ${t + 1}, both`, total: shown(together[t]), value: together[t]},
    ]);
    whiskers(
      panel(picture, "parts", {
        label: ["Loss, with ", String(shared), ` of ${READ} directions shared`],
        width: 256,
        height: whiskersHeight(rows.length),
        alt: rows.map(({name, total}) => `${name}: ${total}`).join("; "),
      }),
      rows,
      {width: 256},
    );
  },
  summary: sentence,
  readouts: (result, {shared, r}) => [
    {
      label: ["Overlap of the inputs"],
      value: percent(shared / READ),
      note: `φ of the two subspaces, ${shared} of ${READ}`,
    },
    {label: ["Tasks kept"], value: `${kept(result)} of 2`, note: "losing at most a fifth of what its adapter won"},
    {
      label: ["[", sign.B, "₁ ", sign.B, "₂][", sign.A, "₁; ", sign.A, "₂] against the sum"],
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
    text: "let both tasks read all eight directions, and find answers and a way to put the adapters together that keep both tasks.",
    met: (result, {shared}) => shared === READ && kept(result) === 2,
  },
});
