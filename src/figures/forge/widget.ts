import {heavy} from "../../figure/widget.ts";
import {controls, orderOf} from "./controls.ts";
import {drawForge} from "./panels.ts";
import {type ForgeResult, see} from "./readings.ts";
import {readouts, says, summary, table} from "./sentences.ts";

export default heavy<typeof controls, ForgeResult>({
  title: "What does an adapter change?",
  guide:
    "With the adapter on, the large words are what the forge writes, with changed letters on tiles; those above come from the same random draws with it off. Press a word to see which letters it could have been.",
  sources: ["Hu et al. 2021, §4.1"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "letter", pace: 2, runs: (params) => [orderOf(params)], see},
  controls,
  main: ["adapter"],
  draw: drawForge,
  says,
  summary,
  readouts,
  table,
  provenance: ({draw}) => ({kind: "live", text: `draw ${draw}, stored weights`}),
  challenge: {
    text: "press New words until the adapter leaves one of the eight words unchanged.",
    met: ({slots, isWhole, order}) => order.adapter === "on" && isWhole && slots.some(({off, now}) => off === now),
  },
});
