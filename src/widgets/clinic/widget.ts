import {layer} from "../../figures/layer.ts";
import {thousandths as shown} from "../../figures/text/format.ts";
import {heavy} from "../../shell/widget.ts";
import {type ClinicParams, controls, diagnosisOf, guessOf, isRight, runs} from "./controls.ts";
import {asking, askingNext, clues, losses, outputs, readings, report, runsOf, titleOf} from "./panels.ts";
import {apart, type ClinicResult, frameAt, isMended, MENDED, outcome, see} from "./readings.ts";
import {lossAt, says, sentence, timesOf} from "./sentences.ts";
import {STEPS} from "./setup.ts";

/** Steps that are always in the table; the step of the clock is added. */
const listed = [0, 1, 5, 20, 60, STEPS];

const isFound = (result: ClinicResult, params: ClinicParams): boolean => isRight(params) && isMended(result);

export default heavy<typeof controls, ClinicResult>({
  title: "What is wrong here?",
  guide:
    "Eight runs, each computed here, in one or two small frozen linear layers with one adapter, by plain gradient descent. Read the report and its symptoms; predict what one more run will do; then choose a cause. A wrong one says what would look different, the right one brings the control that mends it.",
  sources: ["Hu et al. 2021, §4.1–4.2", "Srivastava et al. 2014"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", runs, see},
  controls,
  main: ["case"],
  draw(picture, result, params, act, room) {
    if (room.size !== "dock") report(picture, result, params);
    losses(picture, result, params, act, room);
    if (room.size === "dock") return;
    if (room.size !== "full") {
      clues(picture, result, params);
      askingNext(picture, result, params, act);
      return;
    }
    const beside = layer(picture, "div", "starts");
    readings(beside, result, params);
    outputs(beside, result, params);
    asking(picture, result, params, act);
  },
  says,
  summary: sentence,
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
  readouts(result, {step}) {
    const {broken, ground, mended} = result;
    const frame = frameAt(broken, step);
    return [
      {label: ["Loss before training"], value: shown(ground.untouched)},
      {label: ["Training logs"], value: lossAt(broken, step, "trained")},
      {label: ["As served"], value: lossAt(broken, step, "served")},
      {label: ["Same inputs twice"], value: frame ? shown(apart(frame)) : "out of range", note: "largest difference"},
      ...(mended
        ? [
            {
              label: ["Changed, at the end"],
              value: lossAt(mended, STEPS, "served"),
              note: `mended below ${shown(MENDED * ground.untouched)}`,
            },
          ]
        : []),
    ];
  },
  table: (result, {case: number, step}) => ({
    caption: `Case ${number} by step, with step ${step}`,
    columns: [
      "Run",
      "Step",
      "Training logs",
      "As served",
      "‖ΔW‖",
      "‖ΔW‖ / ‖BA‖",
      "‖∂L/∂A‖",
      "‖∂L/∂B‖",
      "Same inputs twice",
    ],
    rows: runsOf(result).flatMap(({name, run}) =>
      [...new Set([...listed, step])]
        .sort((one, other) => one - other)
        .map((at) => {
          const frame = frameAt(run, at);
          const sizes = frame
            ? [frame.delta, frame.dA, frame.dB, apart(frame)].map(shown)
            : Array(4).fill("out of range");
          const [delta, ...rest] = sizes as string[];
          return [
            titleOf(name),
            at,
            lossAt(run, at, "trained"),
            lossAt(run, at, "served"),
            delta!,
            frame ? timesOf(frame) : "out of range",
            ...rest,
          ];
        }),
    ),
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "diagnose a case and change what its control offers until the loss that is served ends below 5% of the loss before training. Then the next one.",
    met: isFound,
  },
});
