import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {curves} from "../../figures/plots/curves.ts";
import {type Measure, type Measured, measures, type Piece} from "../../figures/plots/measures.ts";
import {thousandths as shown} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {heavy, type Tape} from "../../shell/widget.ts";
import {controls, STEPS, type Start, starts} from "./controls.ts";
import type {InitResult, Point, Run} from "./model.ts";
import {names, sentence} from "./sentences.ts";

const isZero = ({data}: {data: Float64Array}): boolean => data.every((x) => x === 0);

/** The chart ends a little above the worst start; a loss that climbs past it is diverging. */
const topOf = ({runs}: InitResult): number => 1.15 * Math.max(...runs.map(({points}) => points[0].loss));

const over: readonly Piece[] = [" = (", sign.alpha, "/", sign.r, ") "];
const x = {symbol: "x", text: "x"};

type Size = "delta" | "dA" | "dB";

/** ‖ΔW‖, ∂L/∂A = (α/r) Bᵀ g xᵀ or ∂L/∂B = (α/r) g (A x)ᵀ; a factor that is zero is marked as dead. */
function formulaOf(size: Size, deadA: boolean, deadB: boolean): readonly Piece[] {
  const A = {...sign.A, dead: deadA};
  if (size === "delta") return ["‖", sign.dW, "‖"];
  if (size === "dA") return ["∂L/∂", sign.A, ...over, {...sign.B, text: "Bᵀ", dead: deadB}, " g ", x, "ᵀ"];
  return ["∂L/∂", sign.B, ...over, "g (", A, " ", x, ")ᵀ"];
}

const titles: Readonly<Record<Start, readonly Piece[]>> = {
  "b-zero": [sign.A, " ~ N, ", sign.B, " = 0, the paper's start"],
  "a-zero": [sign.A, " = 0, ", sign.B, " ~ N"],
  "both-zero": [sign.A, " = 0, ", sign.B, " = 0"],
  "both-random": [sign.A, " ~ N, ", sign.B, " ~ N"],
};

/** A full bar is the largest value while the run is inside the chart. */
function limits({runs}: InitResult, top: number): Readonly<Record<Size, number>> {
  const inside = runs.flatMap(({points}) => points.filter(({loss}) => loss <= top));
  const most = (size: Size) => inside.reduce((largest, point) => Math.max(largest, point[size]), 0);
  return {delta: most("delta"), dA: most("dA"), dB: most("dB")};
}

function measured({name, points}: Run, step: number, limit: Readonly<Record<Size, number>>): Measured {
  const at: Point | undefined = points[step];
  const [deadA, deadB] = at ? [isZero(at.A), isZero(at.B)] : [false, false];
  const norm = at ? "in norm" : "";
  const why = {delta: "", dA: deadB ? "since B = 0" : norm, dB: deadA ? "since A = 0" : norm};
  const all = (["delta", "dA", "dB"] as const).map(
    (size): Measure => ({
      name: size,
      formula: formulaOf(size, deadA, deadB),
      value: at ? shown(at[size]) : "out of range",
      share: at && limit[size] ? Math.min(at[size] / limit[size], 1) : 0,
      note: why[size],
    }),
  );
  return {name, title: titles[name], aside: at ? `loss ${shown(at.loss)}` : "", measures: all};
}

/** Steps that always have rows in the table, next to the current one. */
const listedSteps = [0, 1, 2, 5, 10, 20, 40, STEPS];

export default heavy<typeof controls, InitResult>({
  title: "Which of A and B starts at zero?",
  guide:
    "Four runs from one seed differ only in where A and B start; N is normal, of variance 1/k for A and 1/r for B. Press Play, or drag the step or the knob in the chart: a factor that is exactly zero is boxed in the gradient it makes zero. The formulas are for one x, with g = ∂L/∂h; the norms are of their average over every x.",
  sources: ["Hu et al. 2021, §4.1"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", runs: ({step, ...race}) => [race], see: ([tape]: readonly Tape<InitResult>[]) => tape[0]},
  controls,
  draw(picture, result, {step, r}, act) {
    const top = topOf(result);
    const damaged = result.runs.at(-1)!.points[0].loss;
    const chart = panel(picture, "race", {
      label: ["Loss by step"],
      width: 256,
      height: 290,
      alt: `Both random starts at a loss of ${shown(damaged)}, the other three at ${shown(result.untouched)}; both at zero stays there. No update of rank ${r} gets below ${shown(result.floor)}.`,
    });
    curves(
      chart,
      result.runs.map(({name, points}) => ({name, label: names[name], values: points.map(({loss}) => loss)})),
      {label: "floor", value: result.floor},
      {width: 136, height: 256, steps: STEPS, top, step, onMove: (to) => act.set({step: to})},
    );
    const limit = limits(result, top);
    measures(
      layer(picture, "div", "starts"),
      result.runs.map((run) => measured(run, step, limit)),
    );
  },
  summary: (result, {step, rate}) => sentence(result, step, STEPS, controls.rate.options[rate]),
  readouts: ({floor, deltaStar, untouched}, {rate}) => [
    {label: ["Loss untouched"], value: shown(untouched), note: "ΔW = 0; mean of ½‖h − y‖²"},
    {label: ["Floor"], value: shown(floor), note: "no ΔW of this rank gets lower"},
    {label: ["η·α/", sign.r], value: controls.rate.options[rate], note: "α = r here"},
    {label: ["Looked for"], value: `${deltaStar.rows} × ${deltaStar.cols}`, note: "a planted ΔW*: y = (W₀ + ΔW*)x"},
  ],
  table: ({runs}, {step, r, rate}) => ({
    caption: `Loss and norms by step, with step ${step}; r = ${r}, η = ${controls.rate.options[rate]}`,
    columns: ["Step", "Start", "Loss", "‖ΔW‖", "‖∂L/∂A‖", "‖∂L/∂B‖"],
    rows: [...new Set([...listedSteps, step])]
      .sort((one, other) => one - other)
      .flatMap((at) =>
        runs.map(({name, points}) => {
          const point = points[at];
          const sizes = point
            ? [point.loss, point.delta, point.dA, point.dB].map(shown)
            : Array(4).fill("out of range");
          return [at, names[name], ...sizes];
        }),
      ),
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "with B at zero, ∂L/∂A is exactly 0 at step 0. Find the step at which it is largest before it falls again.",
    met({runs}, {step}) {
      const {points} = runs[starts.findIndex(({name}) => name === "b-zero")];
      if (points.length <= STEPS) return false;
      const most = shown(Math.max(...points.map(({dA}) => dA)));
      // If it still rises at the last step, the run does not contain its maximum.
      return shown(points[step].dA) === most && shown(points[STEPS].dA) !== most;
    },
  },
});
