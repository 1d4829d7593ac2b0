import {card} from "../../figure/widget.ts";
import {controls} from "./controls.ts";
import {says} from "./sentences.ts";
import {sixLanes} from "./sixLanes.ts";
import type {LatencyResult} from "./untimed.ts";

/** Multiply–adds that the unmerged pair adds, as a share of the merged matrix's. */
const pairAdds = ({adds}: LatencyResult): number => adds.unmerged / adds.merged - 1;

export default card<typeof controls, LatencyResult>({
  title: "Who is kept waiting at inference?",
  guide:
    "Each lane is one way to adapt a network; all passes run equally fast along it, and extra time is drawn where a pass is held up. Send a batch shows the three lanes of Table 1, two of which share a row, and This device times all six here, on one matrix and one core.",
  sources: ["Hu et al. 2021, §3 and Table 1", "Houlsby et al. 2019, §2.1"],
  player: () => import("./player.ts"),
  tools: {play: "Send a batch"},
  controls,
  main: ["times", "setting"],
  draw: sixLanes,
  says,
  full: () => import("./full.ts"),
  predictions: ({guess, single}, {compared}) => {
    if (guess === undefined) return [];
    const actual = single.adapters[compared].printed;
    return [
      {
        item: "latency",
        prediction: guess,
        actual,
        error: Number((guess - actual).toFixed(2)),
      },
    ];
  },
  provenance: ({times}) =>
    times === "paper" ? {kind: "paper", text: "Table 1"} : {kind: "live", text: "measured on this device"},
  challenge: {
    text: "choose This device and find a width at which unmerged LoRA adds a larger share of multiply–adds than AdapterH adds time at batch 1. Then press Measure: does the time follow?",
    met: (result) => pairAdds(result) > result.single.adapters.h.added,
  },
});
