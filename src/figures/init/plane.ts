/** The plane of one A and one B: the loss as shades, the curve BA = 1, gradients as arrows, and four runs. */
import type {Range} from "../../figure/controls.ts";
import {dot, handle, lineY, type PlotArea, ruleX, ruleY, shape, text} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {controls, type GradientArrow, type InitParams, type InitResult, type Start} from "./model.ts";

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
/** The length of an arrow for a gradient of 1, in values of the axes; and of the sides of its head, in units. */
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

interface Pair {
  A: number;
  B: number;
}

/** Whether the plane shows this place. */
const isShown = ({A, B}: Pair) => Math.abs(A) < SHOWN_A && Math.abs(B) < SHOWN_B;

/** The nearest place that a start may have on its slider. */
const nearestTenth = (value: number, {min, max}: Range): number =>
  Math.round(10 * Math.min(Math.max(value, min), max)) / 10;

/** A run as far as the step: where it began and is now, and its places up to where it leaves the plane. */
function runAt({name, places}: InitResult["trails"][number], step: number) {
  const now = places[Math.min(step, places.length - 1)]!;
  const firstOutside = places.findIndex((place) => !isShown(place));
  const end = firstOutside < 0 ? step + 1 : Math.min(firstOutside, step + 1);
  return {name, start: places[0]!, now, shown: places.slice(0, end)};
}

/** One weight as a plane of A and B: its loss as shades, the curve BA = 1, gradients on the axes, where BA is zero, and four runs. */
export function planeChart({trails, arrows}: InitResult, {step, a0, b0}: InitParams, act: Act): Chart {
  const runs = trails.map((trail) => runAt(trail, step));
  const nowTexts = runs.map(
    ({name, now}) => `${PLANE_NAMES[name].text}: at A = ${fixed(now.A, 2)}, B = ${fixed(now.B, 2)}`,
  );
  const place = {x: ({A}: Pair) => A, y: ({B}: Pair) => B};
  // The last run starts at the handle.
  const fixedStarts = runs.slice(0, -1).map(({start}) => start);
  const nowShown = runs.map(({now}) => now).filter(isShown);
  const label = {text: String, kind: "over"};
  return {
    name: "plane-of-two",
    alt: `A plane of A and B. Along the cross, where one of them is zero, the other is pulled, harder the farther out; in the middle nothing pulls. Now ${nowTexts.join("; ")}.`,
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
      ...runs.map(({shown}) => lineY(shown, {...place, tone: "ink"})),
      dot(fixedStarts, {...place, r: 9, tone: "ink", hollow: true}),
      dot(fixedStarts, {...place, r: 3.5, tone: "ink"}),
      handle([a0, b0], (A, B) => act.set({a0: nearestTenth(A, controls.a0), b0: nearestTenth(B, controls.b0)}), {
        name: "Start of A and B",
        valueText: `A = ${fixed(a0, 1)}, B = ${fixed(b0, 1)}`,
        step: [0.1, 0.1],
      }),
      dot(nowShown, {...place, r: 5, tone: "ink"}),
      ...runs.map(({name, start}) => text([start], {...place, kind: "over", ...PLANE_NAMES[name]})),
      text(["BA = 1"], {...label, x: -SHOWN_A, y: -SHOWN_B, dx: 10, dy: -12, anchor: "start", tone: "dw"}),
      text(["A"], {...label, x: SHOWN_A, y: 0, dx: 12, dy: 4, tone: "a"}),
      text(["B"], {...label, x: 0, tone: "b"}),
    ],
  };
}
