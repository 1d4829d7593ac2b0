import {layer} from "../../figure/plot/layer.ts";
import {thousandths as shown} from "../../figure/plot/text/format.ts";
import {full} from "../../figure/widget.ts";
import type {controls} from "./controls.ts";
import {asking, outputs, readings} from "./fullPanels.ts";
import {summary} from "./fullSentence.ts";
import {drawCard, lossChart, report, runsOf, runTitle} from "./panels.ts";
import {type ClinicResult, frameAt, MENDED, outputsApart} from "./readings.ts";
import {lossOfRun, timesOf} from "./sentences.ts";
import {CLINIC_STEPS} from "./setup.ts";

/** Steps that are always in the table; the step of the clock is added. */
const listed = [0, 1, 5, 20, 60, CLINIC_STEPS];

export default full<typeof controls, ClinicResult>({
  draw(picture, result, params, act, room) {
    if (room.size !== "full") return drawCard(picture, result, params, act, room);
    report(picture, result, params);
    lossChart(picture, result, params, act, room);
    const beside = layer(picture, "div", "starts");
    readings(beside, result, params);
    outputs(beside, result, params);
    asking(picture, result, params, act);
  },
  summary,
  readouts(result, {step}) {
    const {broken, ground, mended} = result;
    const frame = frameAt(broken, step);
    return [
      {label: ["Loss before training"], value: shown(ground.untouched)},
      {label: ["Training loss"], value: lossOfRun(broken, step, "trained")},
      {label: ["Served loss"], value: lossOfRun(broken, step, "served")},
      {
        label: ["Two calls differ by"],
        value: frame ? shown(outputsApart(frame)) : "out of range",
        note: "same inputs, at most",
      },
      ...(mended
        ? [
            {
              label: ["Changed, at the end"],
              value: lossOfRun(mended, CLINIC_STEPS, "served"),
              note: `fixed below ${shown(MENDED * ground.untouched)}`,
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
      "Training loss",
      "Served loss",
      "‖ΔW‖",
      "‖ΔW‖ / ‖BA‖",
      "‖∂L/∂A‖",
      "‖∂L/∂B‖",
      "Two calls differ by",
    ],
    rows: runsOf(result).flatMap(({name, run}) =>
      [...new Set([...listed, step])]
        .sort((one, other) => one - other)
        .map((at) => {
          const frame = frameAt(run, at);
          const sizes = frame
            ? [frame.delta, frame.dA, frame.dB, outputsApart(frame)].map(shown)
            : Array(4).fill("out of range");
          const [delta, ...rest] = sizes as string[];
          return [
            runTitle(name),
            at,
            lossOfRun(run, at, "trained"),
            lossOfRun(run, at, "served"),
            delta!,
            frame ? timesOf(frame) : "out of range",
            ...rest,
          ];
        }),
    ),
  }),
});
