import {card} from "../../figure/widget.ts";
import {bounds, compute, controls} from "./model.ts";
import {drawCard} from "./panels.ts";
import {says} from "./sentences.ts";

export default card({
  title: "Where does x go?",
  guide:
    "Point at a number to see its sum, or at a name in the formula or the code (which counts from 0) to find it in the picture. Each step is SGD on one x with target y, so g = ∂L/∂h is h − y.",
  sources: ["Hu et al. 2021, §4.1 and eq. 3"],
  controls,
  bounds,
  compute,
  main: ["stage", "steps"],
  draw: drawCard,
  says,
  full: () => import("./full.ts"),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "at the start ∂L/∂A is exactly 0. Make it nonzero, and look at it in Backward.",
    met: ({norms}, {stage}) => stage === "backward" && norms.dA > 0,
  },
});
