import {card} from "../../figure/widget.ts";
import {controls, runs} from "./controls.ts";
import {drawCard} from "./panels.ts";
import {type AmplifyResult, isPrinted, type PrintedOnly, printedAlone, see} from "./readings.ts";
import {isMoreThanRandom, says} from "./sentences.ts";

export default card<typeof controls, AmplifyResult | PrintedOnly>({
  title: "Is ΔW just more of W₀?",
  guide:
    "The frozen weight is compared along the update’s own directions, along random ones and along its own strongest ones: with the norms of Table 7, or for an adapter that is trained here at two ranks.",
  sources: ["Hu et al. 2021, §7.3, Table 7 and §H.4", "Shuttleworth et al. 2024"],
  player: () => import("../../figure/runs/recorder.ts"),
  // Without `grows`, as at step 0 there is no ΔW to show.
  recording: {
    clock: "until",
    runs,
    see: (tapes, params) => (params.norms === "paper" ? printedAlone : see(tapes, params)),
  },
  controls,
  main: ["printed", "strength", "weight", "rank"],
  draw: drawCard,
  says,
  full: () => import("./full.ts"),
  provenance: ({norms, begin}) =>
    norms === "paper" ? {kind: "paper", text: "Table 7: GPT\u20113, layer 48"} : {kind: "live", text: `seed ${begin}`},
  challenge: {
    text: "find a matrix in which, at the lower rank, W₀ has more along ΔW’s directions than along random ones, as the paper found in GPT-3.",
    met: (result, params) => !isPrinted(result) && params.rank === "low" && isMoreThanRandom(result.low),
  },
});
