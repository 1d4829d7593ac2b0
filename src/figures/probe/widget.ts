import {bars} from "../../figure/plot/charts/bars.ts";
import {group, panel} from "../../figure/plot/panel.ts";
import {heavy} from "../../figure/widget.ts";
import {controls} from "./controls.ts";
import type {ProbeResult} from "./model.ts";

/** For tests of src/figure: a run with adjustable length, cost and failure. Only in builds made with PROBE=1. */
export default heavy<typeof controls, ProbeResult>({
  title: "Does a long run behave?",
  guide: "Press Play. Power iteration closes in on the largest singular value.",
  sources: ["von Mises and Pollaczek-Geiringer 1929"],
  player: () => import("../../figure/runs/playback.ts"),
  controls,
  draw(picture, {estimates}) {
    const svg = panel(picture, "estimates", {
      label: ["Estimate of σ₁, step by step"],
      width: 256,
      height: 120,
      alt: `${estimates.length} estimates of the largest singular value`,
    });
    bars(group(svg, "bars"), estimates, {width: 256, height: 120, kept: 0, name: (step) => `step ${step}`});
  },
  summary: ({step, steps, estimates}) => `After ${step} of ${steps} steps the estimate of σ₁ is ${estimates[step]}.`,
  readouts: ({step, steps, estimates}) => [
    {label: ["Step"], value: String(step), note: `of ${steps}`},
    {label: ["σ₁"], value: estimates[step]!.toFixed(6)},
  ],
  table: ({estimates}) => ({
    caption: "Estimates",
    columns: ["Step", "σ₁"],
    rows: Array.from(estimates, (estimate, step) => [step, estimate]),
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  progress: ({step, steps}) => [step, steps, "steps"],
  challenge: {text: "run it to the end.", met: ({step, steps}) => step === steps},
});
