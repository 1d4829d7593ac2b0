import {card} from "../../figure/widget.ts";
import {bounds, controls} from "./controls.ts";
import {drawCard} from "./panels.ts";
import {runs, see, type TrainResult} from "./readings.ts";
import {diverged, NEAR, says} from "./sentences.ts";

/** The challenge wants LoRA's floor reached by this step. */
const SOON = 30;
export default card<typeof controls, TrainResult>({
  title: "Can two thin matrices find ΔW*?",
  guide:
    "One layer is trained twice from one seed: LoRA moves A and B, full fine-tuning all of ΔW. Press Play or drag the knob in the chart to a step; point at an entry of ΔW to see its sum.",
  sources: ["Hu et al. 2021, §4.1", "Eckart and Young 1936", "Izenman 1975"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "step", runs, see},
  controls,
  bounds,
  main: ["r", "optimizer"],
  draw: drawCard,
  says,
  full: () => import("./full.ts"),
  diverged,
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: `with r = 3, move the step back to ${SOON} and bring LoRA's loss within 5% of its floor there: change the optimizer, then η.`,
    met: ({lora}, {r, planted, step}) =>
      r === 3 && planted > r && step <= SOON && lora.losses[step] <= NEAR * lora.floor,
  },
});
