import {logarithmic} from "../../figure/plot/axes/scales.ts";
import {chart} from "../../figure/plot/chart.ts";
import {type Measure, type MeasuredRow, type MeasurePiece, measures} from "../../figure/plot/charts/measures.ts";
import {LEFT, paths} from "../../figure/plot/charts/paths.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {thousandths as shown} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {type Act, heavy, type Tape} from "../../figure/widget.ts";
import {controls, INIT_STEPS, type InitParams, type Start, starts} from "./controls.ts";
import type {InitPoint, InitResult, InitRun} from "./model.ts";
import {says, startNames, summary} from "./sentences.ts";

const isZero = ({data}: {data: Float64Array}): boolean => data.every((x) => x === 0);

/** The chart ends a little above the worst start; a loss that climbs past it is diverging. */
const topOf = ({runs}: InitResult): number => 1.15 * Math.max(...runs.map(({points}) => points[0].loss));

/** The scale ends a little below the floor, or at this loss where the floor is lower. */
const LEAST = 0.05;
const ticks = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];
/** Room for the scale at the left, the names at the right, the knob above and the steps below. */
const [NAMES, TOP, BOTTOM] = [92, 14, 24];

/** Narrower, a chart leaves the names of its lines to the list of the starts, which shows a piece of each. */
const NAMED = 260;
/** On a phone the chart is as high as the style sheet says. */
const PHONE = 400;
const LOW = 208;

const heightIn = ({size, width: whole}: Room, width: number): number =>
  size === "dock" ? 0.52 * width : size === "slide" ? 0.72 * width : whole < PHONE ? LOW : 1.26 * width;

/** The losses on a logarithmic scale: on a linear one the start at 10 would press all others together. */
function race(picture: Element, result: InitResult, {step, r}: InitParams, act: Act, room: Room) {
  const damaged = result.runs.at(-1)!.points[0].loss;
  const {g, width, height} = chart(picture, "race", room, {
    label: ["Loss by step, logarithmic"],
    nominal: 320,
    height: (width) => heightIn(room, width),
    alt: `Both random starts at a loss of ${shown(damaged)}, the other three at ${shown(result.untouched)}; both at zero stays there. No update of rank ${r} gets below ${shown(result.floor)}.`,
  });
  // Above the worst start there is room for the knob.
  const ends = [Math.max(0.7 * result.floor, LEAST), 1.3 * topOf(result)] as const;
  const high = height - TOP - BOTTOM;
  const whole = (points: InitRun["points"]) => [
    ...points.map(({loss}) => loss),
    ...(points.length > INIT_STEPS ? [] : [Infinity]),
  ];
  const isNamed = width >= NAMED;
  const lines = result.runs.map(({name, points}) => ({
    name,
    label: isNamed ? startNames[name] : "",
    values: whole(points),
  }));
  const floor = {name: "level", label: "floor", values: Array(INIT_STEPS + 1).fill(result.floor || LEAST / 10)};
  const now = result.runs.flatMap(({name, points}) =>
    points[step]
      ? [{name, at: step, value: points[step].loss, title: `${startNames[name]}: ${shown(points[step].loss)}`}]
      : [],
  );
  paths(g, [...lines, floor], now, {
    width: width - LEFT - (isNamed ? NAMES : 52),
    height: high,
    y: logarithmic(ends, [high, 0]),
    ticks: ticks.filter((tick) => tick >= ends[0] && tick <= ends[1]),
    format: String,
    last: INIT_STEPS,
    named: [0, 20, 40, 60],
    place: String,
    at: step,
    onMove: (to) => act.set({step: to}),
  });
}

const over: readonly MeasurePiece[] = [" = (", symbol.alpha, "/", symbol.r, ") "];
const x = {symbol: "x", text: "x"};

type Size = "delta" | "dA" | "dB";

/**
 * ‖ΔW‖, ∂L/∂A = (α/r) Bᵀ g xᵀ or ∂L/∂B = (α/r) g (A x)ᵀ; a factor that is zero is marked as dead. Short, they are without α/r,
 * which is 1 here.
 */
function formulaOf(size: Size, deadA: boolean, deadB: boolean, isShort: boolean): readonly MeasurePiece[] {
  const A = {...symbol.A, dead: deadA};
  const is = isShort ? [" = "] : over;
  if (size === "delta") return ["‖", symbol.dW, "‖"];
  if (size === "dA") return ["∂L/∂", symbol.A, ...is, {...symbol.B, text: "Bᵀ", dead: deadB}, " g ", x, "ᵀ"];
  return ["∂L/∂", symbol.B, ...is, "g (", A, " ", x, ")ᵀ"];
}

const titles: Readonly<Record<Start, readonly MeasurePiece[]>> = {
  "b-zero": [symbol.A, " ~ N, ", symbol.B, " = 0, the paper's start"],
  "a-zero": [symbol.A, " = 0, ", symbol.B, " ~ N"],
  "both-zero": [symbol.A, " = 0, ", symbol.B, " = 0"],
  "both-random": [symbol.A, " ~ N, ", symbol.B, " ~ N"],
};

/** In words, for readers who have not met N. */
const shortTitles: Readonly<Record<Start, readonly MeasurePiece[]>> = {
  "b-zero": [symbol.A, " random, ", symbol.B, " zero (the paper)"],
  "a-zero": [symbol.A, " zero, ", symbol.B, " random"],
  "both-zero": [symbol.A, " zero, ", symbol.B, " zero"],
  "both-random": [symbol.A, " random, ", symbol.B, " random"],
};

/** A full bar is the largest value while the run is inside the chart. */
function limits({runs}: InitResult, top: number): Readonly<Record<Size, number>> {
  const inside = runs.flatMap(({points}) => points.filter(({loss}) => loss <= top));
  const most = (size: Size) => inside.reduce((largest, point) => Math.max(largest, point[size]), 0);
  return {delta: most("delta"), dA: most("dA"), dB: most("dB")};
}

function measured(
  {name, points}: InitRun,
  step: number,
  limit: Readonly<Record<Size, number>>,
  isShort: boolean,
): MeasuredRow {
  const at: InitPoint | undefined = points[step];
  const [deadA, deadB] = at ? [isZero(at.A), isZero(at.B)] : [false, false];
  const norm = at ? "in norm" : "";
  const why = {delta: "", dA: deadB ? "since B = 0" : norm, dB: deadA ? "since A = 0" : norm};
  const sizes: readonly Size[] = isShort ? ["dA", "dB"] : ["delta", "dA", "dB"];
  const all = sizes.map(
    (size): Measure => ({
      name: size,
      formula: formulaOf(size, deadA, deadB, isShort),
      value: at ? shown(at[size]) : "out of range",
      share: at && limit[size] ? Math.min(at[size] / limit[size], 1) : 0,
      note: why[size],
    }),
  );
  const aside = at && !isShort ? `loss ${shown(at.loss)}` : "";
  return {name, title: (isShort ? shortTitles : titles)[name], aside, measures: all};
}

/** Steps that always have rows in the table, next to the current one. */
const listedSteps = [0, 1, 2, 5, 10, 20, 40, INIT_STEPS];

export default heavy<typeof controls, InitResult>({
  title: "Which of A and B starts at zero?",
  guide:
    "Four runs from one seed differ only in where A and B start: at zero, or at random (normal, of variance 1/k for A and 1/r for B). Press Play or drag the knob; a box marks the zero factor that makes a gradient zero.",
  sources: ["Hu et al. 2021, §4.1"],
  player: () => import("../../figure/runs/recorder.ts"),
  recording: {
    clock: "step",
    runs: ({step, ...settings}) => [settings],
    see: ([tape]: readonly Tape<InitResult>[]) => tape[0],
  },
  controls,
  main: ["r", "rate"],
  draw(picture, result, params, act, room) {
    race(picture, result, params, act, room);
    if (room.size === "dock") return;
    const limit = limits(result, topOf(result));
    measures(
      layer(picture, "div", "starts"),
      result.runs.map((run) => measured(run, params.step, limit, room.size !== "full")),
    );
  },
  says: (result, {step}) => says(result, step),
  summary: (result, {step, rate}) => summary(result, step, INIT_STEPS, controls.rate.options[rate]),
  readouts: ({floor, deltaStar, untouched}, {rate}) => [
    {label: ["Loss of W₀ alone"], value: shown(untouched), note: "ΔW = 0; mean of ½‖h − y‖²"},
    {label: ["Floor"], value: shown(floor), note: "no ΔW of this rank gets lower"},
    {label: ["η·α/", symbol.r], value: controls.rate.options[rate], note: "α = r here"},
    {label: ["Change to find"], value: `${deltaStar.rows} × ${deltaStar.cols}`, note: "a planted ΔW*: y = (W₀ + ΔW*)x"},
  ],
  table: ({runs}, {step, r, rate}) => ({
    caption: `Loss and norms by step (gradients averaged over every x), with step ${step}; r = ${r}, η = ${controls.rate.options[rate]}`,
    columns: ["Step", "Start", "Loss", "‖ΔW‖", "‖∂L/∂A‖", "‖∂L/∂B‖"],
    rows: [...new Set([...listedSteps, step])]
      .sort((one, other) => one - other)
      .flatMap((at) =>
        runs.map(({name, points}) => {
          const point = points[at];
          const sizes = point
            ? [point.loss, point.delta, point.dA, point.dB].map(shown)
            : Array(4).fill("out of range");
          return [at, startNames[name], ...sizes];
        }),
      ),
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "with B at zero, ∂L/∂A is exactly 0 at step 0. Find the step at which it is largest before it falls again.",
    met({runs}, {step}) {
      const {points} = runs[starts.findIndex(({name}) => name === "b-zero")];
      if (points.length <= INIT_STEPS) return false;
      const most = shown(Math.max(...points.map(({dA}) => dA)));
      // If it still rises at the last step, the run does not contain its maximum.
      return shown(points[step].dA) === most && shown(points[INIT_STEPS].dA) !== most;
    },
  },
});
