/** The three drawings: inputs, outputs, and the line of all a·x. */
import {attributes, children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import type {Act} from "../../figure/widget.ts";
import {type ArrowPair, snapped, within, writeArrows} from "./arrows.ts";
import {drawArrow} from "./drawing/arrow.ts";
import {bandNumbers, responseBands} from "./drawing/bands.ts";
import {dots, type PlaneDot, pathIn, rings} from "./drawing/marks.ts";
import {nearest, type Plane, plane, planeGround} from "./drawing/plane.ts";
import {drawPushes} from "./drawing/pushes.ts";
import {dotProduct, lengthOf, scaled, type Vector} from "./drawing/vector.ts";
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

/** Sets one arrow. In the task a run begins from the arrows as they are then. */
function move({result: {arrows}, params: {view}, act}: Shown, i: number, which: "a" | "b", to: Vector) {
  const other = arrows.length > 1 ? arrows[1 - i]![which] : undefined;
  const place = within(snapped(to, other));
  const set = arrows.map((pair, n): ArrowPair => (n === i ? {...pair, [which]: place} : pair));
  act.set({
    [view]: writeArrows(set.map(({a, b}) => ({a: within(a), b: within(b)}))),
    ...(view === "task" && {step: 0}),
  });
}

/** The mark of an input or output. In the task it has its group's color, and an output that is read wrong is hollow. */
const dotAt = (at: readonly [number, number], {group, isRight}: Passed, isOutput = false): PlaneDot => ({
  x: at[0],
  y: at[1],
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

/** The projection of the followed input onto a. */
function drawProjection(g: Element, on: Plane, {arrows}: ListenerResult, lit: Passed | undefined) {
  const a = arrows[0]!.a;
  const isShown = lit && arrows.length === 1 && lengthOf(a) > 0;
  const foot = isShown ? on.at(scaled(lit.heard[0]! / (lengthOf(a) * lengthOf(a)), a)) : undefined;
  pathIn(g, "part", foot && `M${on.at([0, 0]).join()}L${foot.join()}`);
  pathIn(g, "drop", foot && `M${foot.join()}L${on.at(lit!.x).join()}`);
}

/** The group below the arrows, which screen readers skip. */
function backOf(g: Element): Element {
  const back = layer(g, "g", "back");
  attributes(back, {"aria-hidden": "true"});
  return back;
}

/** The inputs, with the bands of a·x and the arrows a. */
export function drawInputs(g: Element, sheet: Sheet, shown: Shown) {
  const {width, height} = sheet;
  const {result, params, act} = shown;
  const {arrows, points} = result;
  const isTwo = arrows.length > 1;
  const lit = followed(shown);
  const back = backOf(g);
  const on = plane(back, width, height, INPUTS);
  planeGround(on);
  const listening = layer(back, "g", "listening");
  // Removes the bands of another view.
  children(
    listening,
    "g",
    arrows.map((_, i) => `bands of-${numbered("a", i, isTwo)}`),
  );
  for (const [i, {a}] of arrows.entries()) responseBands({...on, g: listening}, a, numbered("a", i, isTwo), isTwo);
  drawProjection(layer(back, "g", "traced"), on, result, lit);
  const places = points.map((point) => on.at(point.x));
  dots(
    layer(back, "g", "dots"),
    points.map((point, i) => dotAt(places[i]!, point)),
    radiusIn(sheet),
  );
  const numbers = layer(back, "g", "numbers");
  children(
    numbers,
    "g",
    arrows.map((_, i) => `bands of-${numbered("a", i, isTwo)}`),
  );
  for (const [i, {a}] of arrows.entries()) bandNumbers({...on, g: numbers}, a, numbered("a", i, isTwo), isTwo);
  rings(layer(back, "g", "rings"), lit ? [on.at(lit.x)] : []);
  const [x0, y0] = lit ? on.at(lit.x) : [0, 0];
  const isRight = x0 > width / 2;
  const said = lit && !isTwo ? `a·x = ${fixed(lit.heard[0]!, 1)}` : "";
  // Near the upper edge the words are beside the point.
  const [dx, dy] = y0 < 48 ? [14, 4] : [2, -14];
  label(back, "heard", said, {x: x0 + (isRight ? -dx : dx), y: y0 + dy, anchor: isRight ? "end" : "start"});
  nearest(on, places, (i) => i + 1 !== params.point && act.set({point: i + 1}));
  drawArrows({...on, g: layer(g, "g", "arrows")}, "a", shown);
}

/** The arrows a or b, above everything else. */
function drawArrows(on: Plane, which: "a" | "b", shown: Shown) {
  const {arrows} = shown.result;
  const names = arrows.map((_, i) => numbered(which, i, arrows.length > 1));
  children(
    on.g,
    "g",
    names.map((name) => `vector of-${name}`),
  );
  for (const [i, pair] of arrows.entries())
    drawArrow(on, pair[which], {
      name: names[i]!,
      symbol: which === "a" ? "A" : "B",
      isSecond: i > 0,
      onMove: (to) => move(shown, i, which, to),
    });
}

/** The line of a·x ends at ± this. */
const FAR = 5;
const TICKS = [-4, -2, 0, 2, 4];

/** The a·x of each input on a line; two arrows have a row each, and in the task each group has one. */
export function drawHeard(g: Element, {width, height}: Sheet, shown: Shown) {
  const {arrows, points} = shown.result;
  const across = (value: number) =>
    rounded(width / 2 + (Math.max(Math.min(value, FAR), -FAR) / FAR) * (width / 2 - 12));
  const rows = ({group}: Passed): number[] =>
    arrows.length > 1 ? [7, 22] : [group === undefined ? 15 : group ? 8 : 21];
  const line = height - 16;
  pathIn(g, "scale", `M6,${line}H${width - 6}${TICKS.map((at) => `M${across(at)},${line}v4`).join("")}`);
  texts(
    layer(g, "g", "named"),
    TICKS.map((at) => ({at: [across(at), height - 1] as const, text: whole(at), anchor: "middle" as const})),
  );
  dots(
    layer(g, "g", "dots"),
    points.flatMap((point) => point.heard.map((value, i) => dotAt([across(value), rows(point)[i]!], point))),
    3.4,
  );
  const lit = followed(shown);
  rings(layer(g, "g", "rings"), lit ? lit.heard.map((value, i) => [across(value), rows(lit)[i]!] as const) : []);
}

/** In the task: the upper half of the plane, which is read as group 1, the lower half, read as group 0, and how many are right. */
function drawTask(g: Element, {width, height}: Sheet, {right, points}: ListenerResult) {
  const middle = height / 2;
  for (const [i, name] of (["upper", "lower"] as const).entries())
    attributes(layer(g, "rect", name), {width, height: middle, y: i * middle});
  pathIn(g, "reads", `M0,${middle}H${width}`);
  dots(
    layer(g, "g", "samples"),
    [
      {x: 14, y: middle - 14, name: "dot group-1"},
      {x: 14, y: middle + 15, name: "dot group-0", isDiamond: true},
    ],
    4.5,
  );
  label(g, "reading of-1", "read above", {x: 24, y: middle - 10});
  label(g, "reading of-0", "read below", {x: 24, y: middle + 19});
  const wrong = points.length - right;
  label(g, "count answer", whole(right), {x: 10, y: 32});
  label(g, "counted", `of ${points.length} right`, {x: 10, y: 50});
  label(g, "wrong", wrong ? `${wrong} hollow: wrong` : "", {x: 10, y: 66});
}

/** The outputs: each W₀x with a trail along ΔWx to h, and the arrows b. */
export function drawOutputs(g: Element, sheet: Sheet, shown: Shown) {
  const {width, height} = sheet;
  const {result, params, act} = shown;
  const {arrows, points} = result;
  const {view} = params;
  const back = backOf(g);
  const on = plane(back, width, height, reachOf(result, params));
  planeGround(on);
  const isTask = view === "task";
  const [task] = children(back, "g", [
    "ground",
    ...(isTask ? ["task"] : []),
    "marks",
    ...(isTask ? [] : ["window"]),
  ]).slice(1);
  if (isTask) drawTask(task!, sheet, result);
  const marks = layer(back, "g", "marks");
  const b = arrows[0]!.b;
  const far = lengthOf(b) && scaled((2 * OUTPUTS[view]) / lengthOf(b), b);
  pathIn(marks, "along", far && arrows.length < 2 ? `M${on.at(far).join()}L${on.at(scaled(-1, far)).join()}` : "");
  const trail = ({base, h}: Passed) => `M${on.at(base).join()}L${on.at(h).join()}`;
  const isPushed = points.some(({push}) => lengthOf(push) > 0.02);
  // Trails of no length, so that they can grow.
  pathIn(marks, "trails", points.map(trail).join(""));
  const bases = isPushed ? points : [];
  dots(
    layer(marks, "g", "bases"),
    bases.map((point) => ({...dotAt(on.at(point.base), point), name: "base"})),
    2.4,
  );
  const places = points.map(({h}) => on.at(h));
  const lit = followed(shown);
  pathIn(marks, "lit-trail", lit && isPushed ? trail(lit) : "");
  dots(
    layer(marks, "g", "dots"),
    points.map((point, i) => dotAt(places[i]!, point, true)),
    radiusIn(sheet),
  );
  rings(layer(marks, "g", "rings"), lit ? [on.at(lit.h)] : []);
  if (!isTask)
    drawPushes(
      back,
      on,
      points.map(({push}) => push),
    );
  nearest(on, places, (i) => i + 1 !== params.point && act.set({point: i + 1}));
  drawArrows({...on, g: layer(g, "g", "arrows")}, "b", shown);
}
