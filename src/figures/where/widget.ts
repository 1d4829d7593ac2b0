import {card} from "../../figure/widget.ts";
import {compute, controls, type WhereResult} from "./model.ts";
import {drawWhere} from "./panels.ts";
import {bestScores, matricesListed, scoresText} from "./sentences.ts";

/** What each of the other methods adds. */
const others = {
  biases: "Biases: only the vector b that each matrix adds is trained; nothing is new on the road.",
  adapters: "Adapter layers: two new stops on the road, which every input has to pass.",
  prefix: "Prefix: trained places before the text, so the attention has more rows and columns.",
} as const;

export default card<typeof controls, WhereResult>({
  title: "Which matrices of a block get a B and an A?",
  guide:
    "Press a matrix to adapt it: the budget stays, so the rank falls as you choose more; or choose another method, and what it adds is violet. The drawing leaves out the normalization before attention and before the MLP.",
  sources: ["Hu et al. 2021, §4.2, §5.1, §7.1 and Tables 4 and 5"],
  controls,
  compute,
  main: ["method", "phase"],
  draw: drawWhere,
  says(result, {method, on, phase}) {
    if (method !== "lora") return others[method];
    if (!on) return "Nothing is adapted: this is the frozen model. Press a matrix.";
    if (phase === "merged")
      return `Merged: ${matricesListed(on)} ${on.length > 1 ? "have" : "has"} taken in B and A, and nothing else is left on the path.`;
    return `${matricesListed(on)} at rank ${result.rank}: ${scoresText(result)}.`;
  },
  full: () => import("./full.ts"),
  provenance: ({method}) => ({
    kind: "paper",
    text: method === "lora" ? "Table 5" : "Table 4",
  }),
  challenge: {
    text: "find the choice that ties for the best WikiSQL score and has the best MultiNLI score.",
    met: ({scores, rival}) =>
      !rival && scores?.wikisql === bestScores.wikisql && scores.multinli === bestScores.multinli,
  },
});
