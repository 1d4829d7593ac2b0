import {card} from "../../figure/widget.ts";
import {type ClinicParams, clinicGuess, controls, diagnosisOf, isRight, runs} from "./controls.ts";
import {drawCard} from "./panels.ts";
import {type ClinicResult, isMended, see, testOutcome} from "./readings.ts";
import {says} from "./sentences.ts";
import {CLINIC_STEPS} from "./setup.ts";

const isFound = (result: ClinicResult, params: ClinicParams): boolean => isRight(params) && isMended(result);

export default card<typeof controls, ClinicResult>({
  title: "What is wrong here?",
  guide:
    "Each case is a run that went wrong, computed here by plain gradient descent on one or two small layers with one adapter. Read the report, predict what one more run will do, then choose a cause: a wrong one tells you what would look different, the right one brings the control that fixes it.",
  sources: ["Hu et al. 2021, §4.1–4.2", "Srivastava et al. 2014"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {clock: "step", runs, see},
  controls,
  main: ["case"],
  draw: drawCard,
  says,
  full: () => import("./full.ts"),
  predictions(result, params) {
    const guess = clinicGuess(params);
    // The test is compared with the whole broken run, which may still be running.
    const actual = result.broken.frames.length > CLINIC_STEPS && testOutcome(result);
    if (!guess || guess === "skip" || !actual) return [];
    return [{item: `case-${params.case}`, prediction: guess, actual, error: Number(guess !== actual)}];
  },
  answers(_, params) {
    const response = diagnosisOf(params);
    return response ? [{item: `case-${params.case}`, response, correct: isRight(params)}] : [];
  },
  asks: (isWanted, params): {guess?: string} => (isWanted || clinicGuess(params) ? {} : {guess: `${params.case}-skip`}),
  withheld: (params) => ({...params, diagnosis: ""}),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "diagnose a case, then use its control to bring the served loss below 5% of the loss before training.",
    met: isFound,
  },
});
