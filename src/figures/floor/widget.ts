import {percent, thousandths as shown} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {heavy} from "../../figure/widget.ts";
import {controls} from "./controls.ts";
import {landing, spectrum} from "./panels.ts";
import {type FloorResult, runs, see} from "./readings.ts";
import {says, summary} from "./sentences.ts";

/** The challenge is met below this share of the loss at rank 0. */
const LEFT = 0.05;

export default heavy<typeof controls, FloorResult>({
  title: "When is r too small?",
  guide:
    "One layer and one ΔW*, trained at all sixteen ranks at once: each dot is a run, the line is the least loss its rank can have. Press Play to see the runs land; drag the knob to choose a rank.",
  sources: ["Eckart and Young 1936", "Izenman 1975", "Hu et al. 2021, §4.1 and §7.2"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "step", runs, see},
  controls,
  main: ["r", "spectrum"],
  draw(picture, result, params, act, room) {
    landing(picture, result, params, act, room);
    if (room.size === "card" || room.size === "full") spectrum(picture, result, params, room);
  },
  says,
  summary,
  readouts: ({loss, floor, floors, cut}, {step, inputs}) => [
    {label: ["Loss of the run with this ", symbol.r], value: shown(loss), note: `step ${step}`},
    {label: ["Floor"], value: shown(floor), note: "the gray bars, added up"},
    {label: ["Floor, share of the loss at rank 0"], value: percent(floor / floors[0])},
    {
      label: [symbol.dW, "*’s own SVD, cut at ", symbol.r],
      value: shown(cut),
      note: inputs === "even" ? "the floor: all directions count alike" : "not the best of its rank on these inputs",
    },
  ],
  table: ({losses, floors, cuts, seen}, {step}) => ({
    caption: `Every rank at step ${step}`,
    columns: ["r", "σ", "Floor", "Run", "SVD of ΔW* cut at r"],
    rows: losses.map((loss, i) => [i + 1, shown(seen[i]), shown(floors[i + 1]), shown(loss), shown(cuts[i + 1])]),
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "choose the stepped spectrum, and find the smallest rank whose floor is below 5% of the loss at rank 0.",
    met: ({floors}, {spectrum, r}) =>
      spectrum === "step" && floors[r] < LEFT * floors[0] && floors[r - 1] >= LEFT * floors[0],
  },
});
