/** The two drawings: the inputs with the arrows a, and the outputs with the arrows b. No mark of a chart can be an arrow or a band. */
import {attributes, children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {fixed, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import type {Act} from "../../figure/widget.ts";
import {drawArrow} from "./arrow.ts";
import {type ArrowPair, dotProduct, lengthOf, scaled, snapped, type Vector, within, writeArrows} from "./arrows.ts";
import {bandNumbers, responseBands} from "./bands.ts";
import {
  drawDots,
  drawPlane,
  lineTo,
  nearest,
  type Plane,
  type PlaneDot,
  pathIn,
  ring,
  type Spot,
} from "./drawing/plane.ts";
import {arrowsOf, type ListenerParams, type ListenerResult, type Passed} from "./model.ts";

export interface Shown {
  result: ListenerResult;
  params: ListenerParams;
  act: Act;
}

/** How far is seen on each side of zero: among the inputs, and among the outputs of each view. */
const INPUTS = 3;
const OUTPUTS = {one: 4.2, two: 4.2, task: 5.6} as const;
/** In the task the outputs lie close together while b is shorter than SHORT, so less far is seen then: NEAR at b = 0. */
const [NEAR, SHORT] = [2.4, 0.8];

const reachOf = ({arrows}: ListenerResult, {view}: ListenerParams): number =>
  view === "task" ? NEAR + (OUTPUTS.task - NEAR) * Math.min(lengthOf(arrows[0]!.b) / SHORT, 1) : OUTPUTS[view];

/** "a" alone, or "a₁" and "a₂". */
export const numbered = (name: string, i: number, isTwo: boolean): string => (isTwo ? `${name}${"₁₂"[i]}` : name);

/** The mark of an input or output. In the task it has its group's color, and an output that is read wrong is hollow. */
const dotAt = (spot: Spot, {group, isRight}: Passed, isOutput = false): PlaneDot => ({
  spot,
  name: group === undefined ? "dot" : `dot group-${group}${isOutput && !isRight ? " wrong" : ""}`,
  isDiamond: group === 0,
});

/** The radius of a point. On a phone larger ones would hide the arrows. */
const radiusIn = ({frame}: Sheet): number => (frame === "narrow" ? 2.4 : 3.4);

/** The input that is followed: the reader's, or with one arrow and no choice, the one with the largest a·x. */
function followed({result: {points}, params: {point, view}}: Shown): Passed | undefined {
  if (point > 0 || view !== "one") return points[point - 1];
  const a = arrowsOf({view, one: "", two: "", task: ""})[0]!.a;
  return points.reduce((most, one) => (dotProduct(a, one.x) > dotProduct(a, most.x) ? one : most));
}

/** The group below the arrows, which screen readers skip. */
function backOf(g: Element): Element {
  const back = layer(g, "g", "back");
  attributes(back, {"aria-hidden": "true"});
  return back;
}

/** Sets one arrow. In the task a run begins from the arrows as they are then. */
function move({result: {arrows}, params: {view}, act}: Shown, i: number, which: "a" | "b", to: Vector) {
  const other = arrows.length > 1 ? arrows[1 - i]![which] : undefined;
  const set = arrows.map((pair, n): ArrowPair => (n === i ? {...pair, [which]: snapped(to, other)} : pair));
  act.set({
    [view]: writeArrows(set.map(({a, b}) => ({a: within(a), b: within(b)}))),
    ...(view === "task" && {step: 0}),
  });
}

/** The arrows a or b, above everything else. */
function drawArrows(on: Plane, which: "a" | "b", shown: Shown) {
  const {arrows} = shown.result;
  const names = arrows.map((_, i) => numbered(which, i, arrows.length > 1));
  const groups = children(
    on.g,
    "g",
    names.map((name) => `vector of-${name}`),
  );
  for (const [i, pair] of arrows.entries())
    drawArrow(groups[i]!, on, pair[which], {
      name: names[i]!,
      symbol: which === "a" ? "A" : "B",
      isSecond: i > 0,
      onMove: (to) => move(shown, i, which, to),
    });
}

/** The followed input: a ring, its projection onto a, and a·x in words. */
function drawFollowed(back: Element, on: Plane, {x, heard}: Passed, {a}: ArrowPair) {
  const spot = on.at(x);
  const foot = lengthOf(a) > 0 ? on.at(scaled(heard[0]! / dotProduct(a, a), a)) : on.at([0, 0]);
  pathIn(back, "part", lineTo(on.at([0, 0]), foot));
  pathIn(back, "drop", lineTo(foot, spot));
  const isAtRight = spot[0] > on.width / 2;
  const place = {x: spot[0] + (isAtRight ? -14 : 14), y: spot[1] + 4, anchor: isAtRight ? "end" : "start"} as const;
  label(back, "heard", `a·x = ${fixed(heard[0]!, 1)}`, place);
}

/** The inputs, with the bands of a·x and the arrows a. */
export function drawInputs(g: Element, sheet: Sheet, shown: Shown) {
  const {result, params, act} = shown;
  const {arrows, points} = result;
  const isTwo = arrows.length > 1;
  const lit = followed(shown);
  const isTraced = !!lit && !isTwo;
  const back = backOf(g);
  const on = drawPlane(back, sheet, INPUTS);
  const [bands, traced, , numbers] = children(back, "g", ["listening", "traced", "dots", "numbers", "rings"]);
  const bandNames = arrows.map((_, i) => `bands of-${numbered("a", i, isTwo)}`);
  for (const box of [bands!, numbers!]) children(box, "g", bandNames);
  for (const [i, {a}] of arrows.entries()) {
    responseBands({...on, g: bands!}, a, numbered("a", i, isTwo), isTwo);
    bandNumbers({...on, g: numbers!}, a, numbered("a", i, isTwo), isTwo);
  }
  for (const box of children(traced!, "g", isTraced ? ["projection"] : [])) drawFollowed(box, on, lit!, arrows[0]!);
  const spots = points.map(({x}) => on.at(x));
  drawDots(
    back,
    "dots",
    points.map((point, i) => dotAt(spots[i]!, point)),
    radiusIn(sheet),
  );
  ring(back, lit && on.at(lit.x));
  nearest(on, spots, (i) => i + 1 !== params.point && act.set({point: i + 1}));
  drawArrows({...on, g: layer(g, "g", "arrows")}, "a", shown);
}

/** In the task: the upper half of the plane, which is read as group 1, the lower half, read as group 0, and how many are right. */
function drawTask(g: Element, {width, height}: Sheet, {right, points}: ListenerResult) {
  const middle = height / 2;
  for (const [i, name] of (["upper", "lower"] as const).entries())
    attributes(layer(g, "rect", name), {width, height: middle, y: i * middle});
  pathIn(g, "reads", `M0,${middle}H${width}`);
  const samples: PlaneDot[] = [
    {spot: [14, middle - 14], name: "dot group-1"},
    {spot: [14, middle + 15], name: "dot group-0", isDiamond: true},
  ];
  drawDots(g, "samples", samples, 4.5);
  label(g, "reading of-1", "read above", {x: 24, y: middle - 10});
  label(g, "reading of-0", "read below", {x: 24, y: middle + 19});
  const wrong = points.length - right;
  label(g, "count answer", whole(right), {x: 10, y: 32});
  label(g, "counted", `of ${points.length} right`, {x: 10, y: 50});
  // In a low plane the name of the upper half is there.
  label(g, "wrong", wrong && middle > 90 ? `${wrong} hollow: wrong` : "", {x: 10, y: 66});
}

/** The outputs: each W₀x with a trail along ΔWx to h, and the arrows b. */
export function drawOutputs(g: Element, sheet: Sheet, shown: Shown) {
  const {result, params, act} = shown;
  const {arrows, points} = result;
  const back = backOf(g);
  const on = drawPlane(back, sheet, reachOf(result, params));
  const groups = children(back, "g", params.view === "task" ? ["task", "marks"] : ["marks"]);
  const marks = groups.at(-1)!;
  if (params.view === "task") drawTask(groups[0]!, sheet, result);
  const b = arrows[0]!.b;
  const far = lengthOf(b) > 0 && arrows.length < 2 ? scaled((2 * OUTPUTS.task) / lengthOf(b), b) : undefined;
  pathIn(marks, "along", far && lineTo(on.at(far), on.at(scaled(-1, far))));
  const trail = ({base, h}: Passed) => lineTo(on.at(base), on.at(h));
  const isPushed = points.some(({push}) => lengthOf(push) > 0.02);
  // Trails of no length, so that they can grow.
  pathIn(marks, "trails", points.map(trail).join(""));
  const bases = isPushed ? points.map(({base}) => ({spot: on.at(base), name: "base"})) : [];
  drawDots(marks, "bases", bases, 2.4);
  const spots = points.map(({h}) => on.at(h));
  const lit = followed(shown);
  pathIn(marks, "lit-trail", lit && isPushed ? trail(lit) : "");
  drawDots(
    marks,
    "dots",
    points.map((point, i) => dotAt(spots[i]!, point, true)),
    radiusIn(sheet),
  );
  ring(marks, lit && on.at(lit.h));
  nearest(on, spots, (i) => i + 1 !== params.point && act.set({point: i + 1}));
  drawArrows({...on, g: layer(g, "g", "arrows")}, "b", shown);
}
