/** Why one of A and B starts at zero, and only one: runs from four starts. */
import {figure} from "../../figure/declare.ts";
import {
  dot,
  handle,
  knob,
  lineY,
  type PlotArea,
  ruleX,
  ruleY,
  type Strength,
  shape,
  type Tone,
  text,
} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed, thousandths} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {listText} from "../shared/listText.ts";
import {
  controls,
  type GradientArrow,
  INIT_STEPS,
  type InitParams,
  type InitResult,
  type Start,
  starts,
} from "./model.ts";

const startNames: Readonly<Record<Start, string>> = {
  "b-zero": "B at zero",
  "a-zero": "A at zero",
  "both-zero": "both at zero",
  "both-random": "both random",
};

/** A loss in a sentence; a run that diverged has none. */
const lossText = (point: {loss: number} | undefined): string =>
  point ? thousandths(point.loss).replace(">", "over") : "out of range";

/** Each start's name in the plane, and where the name is from the start: where no arrow is. */
const PLANE_NAMES: Readonly<Record<Start, {text: string; anchor: "start" | "middle" | "end"; dx: number; dy: number}>> =
  {
    "b-zero": {text: "B zero", anchor: "start", dx: 8, dy: 22},
    "a-zero": {text: "A zero", anchor: "end", dx: -14, dy: 4},
    "both-zero": {text: "both zero", anchor: "end", dx: -10, dy: -10},
    "both-random": {text: "drag it", anchor: "middle", dx: 0, dy: -14},
  };

/** How far from zero the plane shows A and B: a little farther than a start may be. */
const [SHOWN_A, SHOWN_B] = [2.1, 1.65];
/** The length of the arrow for a gradient of 1, and of the two sides of its head, in units. */
const [ARROW_SCALE, HEAD_LENGTH] = [0.3, 4];
/** The shade gets a step darker at each of these products BA, away from 1 on either side. */
const SHADE_EDGES = [0.5, 1.5, 0, 2, -1, 3, -2];

/** The path of the curve BA = `product`, not 0, where A > 0 (`side` 1) or A < 0 (`side` −1). */
function curvePath({x, y}: PlotArea, product: number, side: number): string {
  const first = Math.abs(product) / SHOWN_B;
  // Spaced evenly by ratio, because the curve bends most near the axes.
  const sizes = Array.from({length: 33}, (_, i) => first * (SHOWN_A / first) ** (i / 32));
  return `M${sizes.map((A) => `${rounded(x(side * A))} ${rounded(y((side * product) / A))}`).join("L")}`;
}

/** The path of all places that are farther from BA = 1 than the curve BA = `product`, on its side. */
function shadePath(area: PlotArea, product: number): string {
  const {width, height} = area;
  const [x0, y0] = [rounded(area.x(0)), rounded(area.y(0))];
  if (product === 0) return `M0 0H${x0}V${y0}H0ZM${x0} ${y0}H${width}V${height}H${x0}Z`;
  const corners = [1, -1].map(
    (side) => `${curvePath(area, product, side)}L${side > 0 ? width : 0} ${side * product > 0 ? 0 : height}Z`,
  );
  // Between 0 and 1 the corners are holes in the plane: they are drawn counterclockwise, the plane clockwise.
  return (product > 0 && product < 1 ? `M0 0H${width}V${height}H0Z` : "") + corners.join("");
}

/** The path of an arrow along A or along B. */
function arrowPath({x, y}: PlotArea, {A, B, onA, onB}: GradientArrow): string {
  const [startX, startY, endX, endY] = [x(A), y(B), x(A + ARROW_SCALE * onA), y(B + ARROW_SCALE * onB)].map((n) =>
    rounded(n),
  );
  const [toX, toY] = [Math.sign(endX! - startX!) * HEAD_LENGTH, Math.sign(endY! - startY!) * HEAD_LENGTH];
  const head = `M${endX! - toX - toY} ${endY! - toY - toX}L${endX} ${endY}L${endX! - toX + toY} ${endY! - toY + toX}`;
  return `M${startX} ${startY}L${endX} ${endY}${head}`;
}

const isShown = ({A, B}: {A: number; B: number}) => Math.abs(A) < SHOWN_A && Math.abs(B) < SHOWN_B;

/** One weight as a plane of A and B: its loss as shades, the curve BA = 1, gradients on the axes, where BA is zero, and four runs. */
function plane({trails, arrows}: InitResult, {step, a0, b0}: InitParams, act: Act): Chart {
  const runs = trails.map(({name, places}) => {
    const now = places[Math.min(step, places.length - 1)]!;
    const firstOutside = places.findIndex((place) => !isShown(place));
    const end = firstOutside < 0 ? step + 1 : Math.min(firstOutside, step + 1);
    return {name, start: places[0]!, now, shown: places.slice(0, end)};
  });
  const ended = runs.map(
    ({name, now}) => `${PLANE_NAMES[name].text}: at A = ${fixed(now.A, 2)}, B = ${fixed(now.B, 2)}`,
  );
  const ofA = ({A}: {A: number}) => A;
  const ofB = ({B}: {B: number}) => B;
  const fixedStarts = runs.slice(0, -1).map(({start}) => start);
  const nearest = (value: number, {min, max}: {min: number; max: number}) =>
    Math.round(10 * Math.min(Math.max(value, min), max)) / 10;
  return {
    name: "plane-of-two",
    alt: `A plane of A and B. Along the cross, where one of them is zero, the other is pulled, harder the farther out; in the middle nothing pulls. Now ${ended.join("; ")}.`,
    height: {narrow: 280, mid: 330, wide: 410},
    marginRight: 22,
    x: {domain: [-SHOWN_A, SHOWN_A], ticks: [-2, -1, 0, 1, 2]},
    y: {domain: [-SHOWN_B, SHOWN_B], ticks: [-1, 0, 1]},
    marks: [
      shape("area", SHADE_EDGES, shadePath, {tone: "edge"}),
      ruleX([0], {tone: "w0"}),
      ruleY([0], {tone: "w0"}),
      shape("lineY", [1, -1], (area, side) => curvePath(area, 1, side), {tone: "dw", strength: 3}),
      shape("lineY", arrows, arrowPath, {tone: ({onB}) => (onB === 0 ? "a" : "b")}),
      ...runs.map(({shown}) => lineY(shown, {x: ofA, y: ofB, tone: "ink"})),
      dot(fixedStarts, {x: ofA, y: ofB, r: 9, tone: "ink", hollow: true}),
      dot(fixedStarts, {x: ofA, y: ofB, r: 3.5, tone: "ink"}),
      handle([a0, b0], (A, B) => act.set({a0: nearest(A, controls.a0), b0: nearest(B, controls.b0)}), {
        called: "Start of A and B",
        said: `A = ${fixed(a0, 1)}, B = ${fixed(b0, 1)}`,
        step: [0.1, 0.1],
      }),
      dot(
        runs.filter(({now}) => isShown(now)).map(({now}) => now),
        {x: ofA, y: ofB, r: 5, tone: "ink"},
      ),
      ...runs.map(({name, start}) => text([start], {x: ofA, y: ofB, kind: "over", ...PLANE_NAMES[name]})),
      text(["BA = 1"], {
        x: -SHOWN_A,
        y: -SHOWN_B,
        dx: 10,
        dy: -12,
        anchor: "start",
        text: String,
        tone: "dw",
        kind: "over",
      }),
      text(["A"], {x: SHOWN_A, y: 0, dx: 12, dy: 4, text: String, tone: "a"}),
      text(["B"], {x: 0, text: String, tone: "b"}),
    ],
  };
}

/** The chart ends a little above the worst start; a loss that climbs past it is diverging. */
const topOf = ({runs}: InitResult): number => 1.15 * Math.max(...runs.map(({points}) => points[0]!.loss));
/** The scale begins a little below the floor, but not below this loss. */
const MIN_LOSS = 0.05;

/** How the layer's runs are drawn: the paper's start strongest. */
const LOOKS: Readonly<Record<Start, {tone: Tone; strength?: Strength}>> = {
  "b-zero": {tone: "dw", strength: 3},
  "a-zero": {tone: "dw", strength: 2},
  "both-random": {tone: "dw", strength: 1},
  "both-zero": {tone: "ink"},
};

/** The losses of a whole layer. On a linear scale the start at 10 would press all others together. */
function layerLosses(result: InitResult, {step, r}: InitParams, act: Act): Chart {
  const {runs, floor, lossOfW0} = result;
  const ends = [Math.max(0.7 * floor, MIN_LOSS), 1.3 * topOf(result)] as const;
  const now = runs.flatMap(({name, points}) => (points[step] ? [{name, loss: points[step].loss}] : []));
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
      dot(now, {
        x: step,
        y: ({loss}) => loss,
        tone: ({name}) => LOOKS[name].tone,
        title: ({name, loss}) => `${startNames[name]}: ${thousandths(loss)}`,
      }),
    ],
  };
}

/** Both gradients of the paper's start: ∂L/∂A is zero at first, because B is. */
function gradients({runs}: InitResult, {step}: InitParams): Chart {
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
      ? {parts: [plane(result, params, act)], note: LEGEND}
      : {
          parts: [
            {...plane(result, params, act), isWide: true},
            layerLosses(result, params, act),
            gradients(result, params),
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
