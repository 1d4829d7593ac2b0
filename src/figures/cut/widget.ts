import {fixed, percent} from "../../figure/plot/text/format.ts";
import {heavy} from "../../figure/widget.ts";
import {type CutParams, controls, PIECES, runs} from "./controls.ts";
import {drawCut} from "./panels.ts";
import {ALL, BASE, type CutResult, doubtsByPieces, energies, gained, see} from "./readings.ts";

const things: Readonly<Record<CutParams["of"], string>> = {change: "every change", weights: "every weight matrix"};
const doubt = ({of, r}: CutResult): string => fixed(doubtsByPieces[of][r]!, 1);
const kept = ({of, r}: CutResult): string => `${r} of ${PIECES} pieces of ${things[of]}`;

function verdict(result: CutResult): string {
  const share = gained(result);
  if (result.of === "weights")
    return share < -0.01 ? "worse than the base; the base has" : "as good as the base; the base has";
  return `which keeps ${percent(share)} of what all pieces gain; the base has`;
}

export default heavy<typeof controls, CutResult>({
  title: "How many pieces does a new skill need?",
  guide:
    "The whole word forge was fine-tuned on names. Drag the knob to keep only the strongest pieces of what changed in each of its twelve matrices, or of the base’s matrices themselves.",
  sources: ["Hu et al. 2021, §4.1"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "r", pace: 4, runs, see},
  controls,
  main: ["of"],
  draw: (picture, result, _, act, room) => drawCut(picture, result, act, room),
  says: (result) =>
    `With ${kept(result)}, the forge has ${doubt(result)} letters in doubt. The base has ${fixed(BASE, 1)}.`,
  summary(result) {
    const [least, most] = energies(result);
    return `With ${kept(result)}, the forge has ${doubt(result)} letters in doubt, ${verdict(result)} ${fixed(BASE, 1)} and all pieces of the change ${fixed(ALL, 1)}. These pieces hold ${percent(least)} to ${percent(most)} of the energy of their matrix.`;
  },
  readouts: (result) => [
    {label: ["Letters in doubt"], value: doubt(result), note: `base ${fixed(BASE, 1)}, all pieces ${fixed(ALL, 1)}`},
    {label: ["Share of the gain"], value: percent(gained(result)), note: "of what all 32 pieces gain, in nats"},
    {label: ["Energy kept"], value: energies(result).map(percent).join(" to "), note: "of the twelve matrices"},
    {label: ["Words"], value: result.words.map((word) => word || "–").join(", ")},
  ],
  table: () => ({
    caption: "Letters in doubt on held-out names, by the number of pieces kept",
    columns: ["Pieces", "Of the change", "Of the weights"],
    rows: doubtsByPieces.change.map((value, r) => [r, fixed(value, 1), fixed(doubtsByPieces.weights[r]!, 1)]),
  }),
  provenance: ({draw}) => ({kind: "live", text: `stored training; words of seed ${draw}`}),
  challenge: {
    text: "find the fewest pieces of the change that keep nine tenths of the gain.",
    met: (result) => result.of === "change" && gained(result) >= 0.9 && gained({...result, r: result.r - 1}) < 0.9,
  },
});
