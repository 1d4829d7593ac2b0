/** Why one of A and B starts at zero, and only one: runs from four starts. */
import {figure} from "../../figure/declare.ts";
import {dot, knob, lineY, ruleY, type Strength, type Tone} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {fixed, thousandths} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {listText} from "../shared/listText.ts";
import {controls, INIT_STEPS, type InitParams, type InitResult, type Start, starts} from "./model.ts";
import {planeChart} from "./plane.ts";

/** The layer's runs by their starts. */
const startNames: Readonly<Record<Start, string>> = {
  "b-zero": "B at zero",
  "a-zero": "A at zero",
  "both-zero": "both at zero",
  "both-random": "both random",
};

/** A loss in a sentence; "out of range" for a run that has diverged. */
const lossText = (point: {loss: number} | undefined): string =>
  point ? thousandths(point.loss).replace(">", "over") : "out of range";

/** The scale of losses ends at this multiple of the worst start: a loss that climbs past it is diverging. */
const TOP_RATIO = 1.5;
/** It begins a little below the floor, at this share of it, but not below MIN_LOSS. */
const [FLOOR_SHARE, MIN_LOSS] = [0.7, 0.05];

/** How the layer's runs are drawn: the paper's start strongest. */
const LOOKS: Readonly<Record<Start, {tone: Tone; strength?: Strength}>> = {
  "b-zero": {tone: "dw", strength: 3},
  "a-zero": {tone: "dw", strength: 2},
  "both-random": {tone: "dw", strength: 1},
  "both-zero": {tone: "ink"},
};

/** The losses of a whole layer. On a linear scale the start at 10 would press all others together. */
function lossChart({runs, floor, lossOfW0}: InitResult, {step, r}: InitParams, act: Act): Chart {
  const worstStart = Math.max(...runs.map(({points}) => points[0]!.loss));
  const ends = [Math.max(FLOOR_SHARE * floor, MIN_LOSS), TOP_RATIO * worstStart] as const;
  const lossesNow = runs.flatMap(({name, points}) => (points[step] ? [{name, loss: points[step].loss}] : []));
  return {
    name: "race",
    label: ["A layer of 6 × 8: loss by step, log"],
    alt: `Both random starts at a loss of ${thousandths(runs.at(-1)!.points[0]!.loss)}, the other three at ${thousandths(lossOfW0)}; both at zero stays there. No update of rank ${r} gets below ${thousandths(floor)}.`,
    height: {narrow: 240, mid: 260, wide: 280},
    x: {domain: [0, INIT_STEPS], ticks: [0, 20, 40, 60]},
    y: {
      type: "log",
      domain: ends,
      ticks: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20].filter((tick) => tick >= ends[0] && tick <= ends[1]),
      tickFormat: String,
    },
    marks: [
      ruleY(floor > ends[0] ? [floor] : [], {tone: "edge", dashed: true, title: "floor"}),
      ...runs.map(({name, points}) =>
        lineY([...points.map(({loss}) => loss), ...(points.length > INIT_STEPS ? [] : [Infinity])], {
          end: startNames[name],
          ...LOOKS[name],
        }),
      ),
      knob(step, (to) => act.set({step: Math.round(to)})),
      dot(lossesNow, {
        x: step,
        y: ({loss}) => loss,
        tone: ({name}) => LOOKS[name].tone,
        title: ({name, loss}) => `${startNames[name]}: ${thousandths(loss)}`,
      }),
    ],
  };
}

/** Both gradients of the paper's start: ∂L/∂A is zero at first, because B is. */
function gradientChart({runs}: InitResult, {step}: InitParams): Chart {
  const {points} = runs[0]!;
  const sizes = ["dA", "dB"] as const;
  const [ofA, ofB] = sizes.map((size) => points.map((point) => point[size]));
  const now = points[step];
  // The last gradients of a diverging run would press all others together.
  const inside = [...ofA!, ...ofB!].filter((x) => x < 100);
  return {
    name: "slopes",
    label: ["With ", symbol.B, " at zero: ‖∂L/∂A‖ and ‖∂L/∂B‖"],
    alt: `With B at zero ‖∂L/∂A‖ begins at ${thousandths(ofA![0]!)} and ‖∂L/∂B‖ at ${thousandths(ofB![0]!)}${now ? `; at step ${step} they are ${thousandths(now.dA)} and ${thousandths(now.dB)}` : ""}.`,
    height: {narrow: 200, mid: 260, wide: 280},
    x: {domain: [0, INIT_STEPS], ticks: [0, 20, 40, 60]},
    y: {domain: [0, Math.max(...inside, 1)]},
    marks: [
      lineY(ofA!, {end: "∂L/∂A", tone: "a"}),
      lineY(ofB!, {end: "∂L/∂B", tone: "b"}),
      dot(now ? sizes : [], {x: step, y: (size) => now![size], tone: (size) => (size === "dA" ? "a" : "b")}),
    ],
  };
}

/** A sentence on the layer's four runs. */
function layerSentence({runs}: InitResult, step: number): string {
  const losses = runs.map(({name, points}) => `${lossText(points[step])} with ${startNames[name]}`);
  return `In a whole layer the loss at step ${step} is ${listText(losses)}; with both at zero nothing moves, because both gradients are exactly 0.`;
}

/** Below the picture, at both sizes. */
const LEGEND = "One weight, whose ΔW = BA should be 1; the shade is its loss, and arrows are the pulls on A and B.";

/** Steps that always have rows in the table, next to the current one. */
const LISTED_STEPS = [0, 1, 2, 5, 10, 20, 40, INIT_STEPS];

export default figure<typeof controls, InitResult>({
  title: "Why may only one of A and B start at zero?",
  guide:
    "Each place is one A and one B of a single weight, and the curve is where ΔW = BA is right. Drag the ball that starts off the cross, or press Play; Explore adds the same four starts for a whole layer, where random entries are normal, with variance 1/k in A and 1/r in B.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  main: ["a0", "b0"],
  run: {
    clock: "step",
    by: ["a0", "b0", "r", "rate", "optimizer", "seed"],
    read: (frames: readonly InitResult[]) => frames[0]!,
  },
  picture: (result, params, act, size) =>
    size === "card"
      ? {parts: [planeChart(result, params, act)], note: LEGEND}
      : {
          parts: [
            {...planeChart(result, params, act), isWide: true},
            lossChart(result, params, act),
            gradientChart(result, params),
          ],
          columns: [1, 1],
          note: LEGEND,
        },
  says: (result, {step, a0, b0}) => [
    `On the cross you start as the old model, and in its middle nothing pulls; from A\u00a0=\u00a0${fixed(a0, 1)}, B\u00a0=\u00a0${fixed(b0, 1)} the loss at step ${step} is ${lossText(result.trails.at(-1)!.places[step])}.`,
    layerSentence(result, step),
  ],
  readouts: ({floor, deltaStar, lossOfW0}, {rate}) => [
    {label: ["Loss of W₀ alone"], value: thousandths(lossOfW0), note: "ΔW = 0; mean of ½‖h − y‖²"},
    {label: ["Floor"], value: thousandths(floor), note: "no ΔW of this rank gets lower"},
    {
      label: ["η·α/", symbol.r],
      value: controls.rate.options[rate],
      note: "α = r here",
    },
    {label: ["Change to find"], value: `${deltaStar.rows} × ${deltaStar.cols}`, note: "a planted ΔW*: y = (W₀ + ΔW*)x"},
  ],
  table: ({runs}, {step, r, rate}) => ({
    caption: `Loss and norms by step (gradients averaged over every x), with step ${step}; r = ${r}, η = ${controls.rate.options[rate]}`,
    columns: ["Step", "Start", "Loss", "‖ΔW‖", "‖∂L/∂A‖", "‖∂L/∂B‖"],
    rows: [...new Set([...LISTED_STEPS, step])]
      .sort((one, other) => one - other)
      .flatMap((at) =>
        runs.map(({name, points}) => {
          const point = points[at];
          const sizes = point
            ? [point.loss, point.delta, point.dA, point.dB].map(thousandths)
            : Array(4).fill("out of range");
          return [at, startNames[name], ...sizes];
        }),
      ),
  }),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "with B at zero, ∂L/∂A is exactly 0 at step 0. Find the step at which it is largest before it falls again.",
    met({runs}, {step}) {
      const {points} = runs[starts.findIndex(({name}) => name === "b-zero")]!;
      if (points.length <= INIT_STEPS) return false;
      const largest = thousandths(Math.max(...points.map(({dA}) => dA)));
      // If it still rises at the last step, the run does not contain its maximum.
      return thousandths(points[step]!.dA) === largest && thousandths(points[INIT_STEPS]!.dA) !== largest;
    },
  },
});
