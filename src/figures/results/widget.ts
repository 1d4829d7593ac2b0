import {card} from "../../figure/widget.ts";
import {bounds, compute, controls, type ResultsResult} from "./model.ts";
import {resultsPanel} from "./panels.ts";
import {says} from "./sentences.ts";

export default card<typeof controls, ResultsResult>({
  title: "Which differences exceed the spread?",
  guide:
    "Each mark is a printed result and each whisker its ±; where two whiskers overlap or touch, the results tie. Press a row to compare the others with it: its whisker becomes the band.",
  sources: ["Hu et al. 2021, Tables 2, 3, 4, 15, 16 and 18"],
  controls,
  bounds,
  compute,
  main: ["from", "gpt3"],
  draw: resultsPanel,
  says,
  full: () => import("./full.ts"),
  predictions: ({guess, fewestNotWorse}) =>
    guess === undefined || fewestNotWorse?.trained === undefined
      ? []
      : [{item: "count", prediction: guess, actual: fewestNotWorse.trained, error: guess - fewestNotWorse.trained}],
  provenance: ({from}) => ({kind: "paper", text: `Table ${from}`}),
  challenge: {
    text: "find a task in Table 2 on which LoRA is clearly worse than full fine-tuning.",
    met: ({from, rows, reference}) =>
      from === "2" &&
      reference.kind === "full" &&
      rows.some(({method, verdict}) => method === "LoRA" && verdict === "worse"),
  },
});
