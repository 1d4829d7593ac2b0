import {card, type Tape} from "../../figure/widget.ts";
import {controls, type FamilyParams} from "./controls.ts";
import {drawCard} from "./panels.ts";
import {bestOf, type FamilyResult} from "./race.ts";
import {says} from "./short.ts";

export default card<typeof controls, FamilyResult>({
  title: "What did each successor change?",
  guide:
    "Pick a work: the parts of the layer that it changes light up. A filled dot means that one small layer can show it, so it runs here beside LoRA from the same seed and the same W₀, and with the same first A unless it starts A in its own way.",
  sources: ["Hu et al. 2021, §4.1", "the works named in the figure"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {
    clock: "step",
    // Rate, step and moment only choose what is shown, so they start no new runs.
    runs: ({step, rate, moment, ...rest}) => [rest],
    see: ([tape]: readonly Tape<FamilyResult>[]) => tape[0],
  },
  controls,
  main: ["moment"],
  draw: drawCard,
  says,
  full: () => import("./full.ts"),
  provenance: ({seed}) => ({kind: "live", text: `runs of seed ${seed}; the diagram is a sketch`}),
  challenge: {
    text: "find a change to learn and a rank at which DoRA, at its best rate, gets below a tenth of LoRA’s best loss.",
    met: ({runs}, {work, step}: FamilyParams) => {
      const [one, two] = [bestOf(runs[0]!, step), bestOf(runs.at(-1)!, step)];
      return work === "dora" && step > 0 && !!one && !!two && two.loss < one.loss / 10;
    },
  },
});
