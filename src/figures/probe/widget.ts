/** The probe: a figure for tests of src/figure, whose run has an adjustable length, cost and failure. Only in builds with PROBE=1. */
import {figure} from "../../figure/declare.ts";
import {barY} from "../../figure/plot/marks.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {controls} from "./controls.ts";
import type {ProbeResult} from "./model.ts";

export default figure<typeof controls, ProbeResult>({
  title: "Does a long run behave?",
  guide: "Press Play. Power iteration closes in on the largest singular value.",
  sources: ["von Mises and Pollaczek-Geiringer 1929"],
  controls,
  main: ["steps"],
  rerun: {progress: ({step, steps}) => [step, steps, "steps"]},
  picture: ({steps, estimates}) => ({
    parts: [
      {
        name: "estimates",
        label: ["Estimate of σ₁, step by step"],
        alt: `${estimates.length} estimates of the largest singular value`,
        height: 200,
        x: {domain: [-0.5, steps + 0.5]},
        y: {},
        marks: [barY(Array.from(estimates), {title: (estimate, step) => `step ${step}: ${fixed(estimate, 3)}`})],
      },
    ],
  }),
  says: ({step, steps, estimates}) => [`After ${step} of ${steps} steps the estimate of σ₁ is ${estimates[step]}.`],
  readouts: ({step, steps, estimates}) => [
    {label: ["Step"], value: String(step), note: `of ${steps}`},
    {label: ["σ₁"], value: estimates[step]!.toFixed(6)},
  ],
  table: ({estimates}) => ({
    caption: "Estimates",
    columns: ["Step", "σ₁"],
    rows: Array.from(estimates, (estimate, step) => [step, estimate]),
  }),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {text: "run it to the end.", met: ({step, steps}) => step === steps},
});
