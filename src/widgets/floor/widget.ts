import {linear} from "../../figures/axes/scales.ts";
import {group, panel} from "../../figures/panel.ts";
import {bars} from "../../figures/plots/bars.ts";
import {paths} from "../../figures/plots/paths.ts";
import {percent, thousandths as shown} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {heavy} from "../../shell/widget.ts";
import {controls, SIDE} from "./controls.ts";
import {type FloorResult, runs, see} from "./readings.ts";
import {sentence} from "./sentences.ts";

/** The challenge is met below this share of the loss at rank 0. */
const LEFT = 0.05;

export default heavy<typeof controls, FloorResult>({
  title: "When is r too small?",
  guide:
    "One layer and one ΔW*, trained at all sixteen ranks at once: each dot is a run, the line is the least loss its rank can have. Press Play to see the runs land; drag the knob to choose a rank.",
  sources: ["Eckart and Young 1936", "Izenman 1975", "Hu et al. 2021, §4.1 and §7.2"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", runs, see},
  controls,
  draw(picture, result, {r, step, inputs}, act) {
    const {floors, cuts, losses, seen} = result;
    const isUneven = inputs === "uneven";
    const y = linear([0, floors[0]], [216, 0]);
    const landing = panel(picture, "landing", {
      label: ["Loss by rank, step ", String(step)],
      width: 256,
      height: 254,
      alt: `Floors fall from ${shown(floors[0])} at rank 0 to ${shown(floors[r])} at r = ${r}, where the run is at ${shown(result.loss)}`,
    });
    paths(
      landing,
      [
        ...(isUneven ? [{name: "cut", label: "ΔW* cut", values: cuts}] : []),
        {name: "floor", label: "floor", values: Array.from(floors)},
      ],
      losses.map((value, i) => ({name: "run", at: i + 1, value, title: `r = ${i + 1}: ${shown(value)}`})),
      {
        width: 146,
        height: 216,
        y,
        ticks: y.ticks(4),
        format: String,
        last: SIDE,
        named: [0, 4, 8, 12, 16],
        place: String,
        at: r,
        onMove: (to) => act.set({r: Math.max(1, to)}),
      },
    );
    const spectrum = panel(picture, "tail", {
      label: [
        "Singular values of ",
        sign.dW,
        "*",
        isUneven ? " as the inputs weigh it" : "",
        `: filled, the first ${r}`,
      ],
      width: 256,
      height: 226,
      alt: `From ${shown(seen[0])} down to ${shown(seen[SIDE - 1])}; the floor is half the squares of those not filled`,
    });
    bars(group(spectrum, "bars"), seen, {width: 256, height: 216, kept: r, name: (i) => `σ${i + 1}`});
  },
  summary: sentence,
  readouts: ({loss, floor, floors, cut}, {step, inputs}) => [
    {label: ["Loss of the run with this ", sign.r], value: shown(loss), note: `step ${step}`},
    {label: ["Floor"], value: shown(floor), note: "half the squares of the bars not filled"},
    {label: ["Floor, of the loss at rank 0"], value: percent(floor / floors[0])},
    {
      label: [sign.dW, "*’s own SVD, cut at ", sign.r],
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
