import {fixed, whole} from "../../figure/plot/text/format.ts";
import {card} from "../../figure/widget.ts";
import {listed} from "../shared/listed.ts";
import {objectiveSaid} from "./formulas.ts";
import {bounds, compute, controls, type FormulaResult} from "./model.ts";
import {drawCard} from "./panels.ts";
import {matrixText} from "./symbolValues.ts";

export default card<typeof controls, FormulaResult>({
  title: "What does each symbol mean, and which line computes it?",
  guide: "Point at a symbol, or move to it with the arrow keys: it is explained and lights up everywhere.",
  sources: ["Hu et al. 2021, eq. 1–4, §4.1 and §5.1"],
  controls,
  bounds,
  compute,
  // Of the last two each formula has one at most.
  main: ["which", "r", "j"],
  draw: drawCard,
  says(result, params) {
    if (result.kind === "forward") {
      const {base, update, h} = result;
      return `At r = ${params.r}, h = W₀x + ΔWx = ${matrixText(base)} + ${matrixText(update)} = ${matrixText(h)}.`;
    }
    if (result.kind === "count")
      return `LoRA on ${listed(result.names)} in ${result.layers} layers of ${result.model} trains ${whole(result.total)} parameters.`;
    if (result.kind === "similarity")
      return `At i = ${params.i} and j = ${params.j}, φ is ${fixed(result.phi, 3)}: the share of the smaller space that lies in the larger.`;
    return objectiveSaid[result.kind];
  },
  full: () => import("./full.ts"),
  provenance: () => ({kind: "live", text: "computed here"}),
  challenge: {
    text: "reach the goal of the example.",
    met(result, {matrices, r}) {
      if (result.kind === "forward") return r === 2 && result.scaling === r;
      // Half the rank on twice as many square matrices.
      if (result.kind === "count") return r === 2 && matrices === "qkvo";
      return result.kind === "similarity" && result.phi === Math.max(...result.grid.data);
    },
  },
});
