import {card} from "../../shell/widget.ts";
import {type ClinicParams, controls, diagnosisOf, guessOf, isRight, runs} from "./controls.ts";
import {drawCard} from "./panels.ts";
import {type ClinicResult, isMended, outcome, see} from "./readings.ts";
import {says} from "./sentences.ts";
import {STEPS} from "./setup.ts";

const isFound = (result: ClinicResult, params: ClinicParams): boolean => isRight(params) && isMended(result);

export default card<typeof controls, ClinicResult>({
  title: "What is wrong here?",
  guide:
    "Eight runs, each computed here, in one or two small frozen linear layers with one adapter, by plain gradient descent. Read the report and its symptoms; predict what one more run will do; then choose a cause. A wrong one says what would look different, the right one brings the control that mends it.",
  sources: ["Hu et al. 2021, §4.1–4.2", "Srivastava et al. 2014"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", runs, see},
  controls,
  main: ["case"],
  draw: drawCard,
  says,
  full: () => import("./full.ts"),
  predictions(result, params) {
    const guess = guessOf(params);
    // The test is compared with the whole broken run, which may still be running.
    const actual = result.broken.frames.length > STEPS && outcome(result);
    if (!guess || guess === "skip" || !actual) return [];
    return [{item: `case-${params.case}`, prediction: guess, actual, error: Number(guess !== actual)}];
  },
  answers(_, params) {
    const response = diagnosisOf(params);
    return response ? [{item: `case-${params.case}`, response, correct: isRight(params)}] : [];
  },
  asks: (isWanted, params): {guess?: string} => (isWanted || guessOf(params) ? {} : {guess: `${params.case}-skip`}),
  withheld: (params) => ({...params, diagnosis: ""}),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "diagnose a case and change what its control offers until the loss that is served ends below 5% of the loss before training. Then the next one.",
    met: isFound,
  },
});
