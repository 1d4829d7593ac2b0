/** Draws the two panels: the inputs with the arrows a, and the outputs with the arrows b. */
import {attributes, children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {fixed, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import type {Act} from "../../figure/widget.ts";
import {drawArrow} from "./arrow.ts";
import {type ArrowPair, dotProduct, lengthOf, limited, scaled, snapped, type Vector, writeArrows} from "./arrows.ts";
import {drawBandNumbers, drawBands} from "./bands.ts";
import {arrowsOf, type ListenerParams, type ListenerResult, type PassedInput} from "./model.ts";
import {
  drawDots,
  drawPath,
  drawPlane,
  drawRing,
  lineTo,
  listenForPointing,
  type Plane,
  type PlaneDot,
  type Spot,
} from "./plane.ts";

/** What a panel shows, and how it answers. */
export interface PanelContent {
  result: ListenerResult;
  params: ListenerParams;
  act: Act;
}

/** The distance from zero that is seen: among the inputs, and among the outputs of each view. */
const INPUT_REACH = 3;
const OUTPUT_REACH = {one: 4.2, two: 4.2, task: 5.6} as const;
/** In the task the outputs lie close together while b is short, so the reach then is less: the least at b = 0. */
const [MIN_REACH, SHORT_B] = [2.4, 0.8];

const reachOf = ({arrows}: ListenerResult, {view}: ListenerParams): number =>
  view === "task"
    ? MIN_REACH + (OUTPUT_REACH.task - MIN_REACH) * Math.min(lengthOf(arrows[0]!.b) / SHORT_B, 1)
    : OUTPUT_REACH[view];

/** "a" alone, or "a₁" and "a₂". */
export const arrowName = (name: string, i: number, isTwo: boolean): string => (isTwo ? `${name}${"₁₂"[i]}` : name);

/** The mark of an input or output. In the task it has its group's color, and an output that is read wrong is hollow. */
const dotAt = (spot: Spot, {group, isRight}: PassedInput, isOutput = false): PlaneDot => ({
  spot,
  name: group === undefined ? "dot" : `dot group-${group}${isOutput && !isRight ? " wrong" : ""}`,
  isDiamond: group === 0,
});

/** The radius of a point. On a phone larger ones would hide the arrows. */
const radiusIn = ({frame}: Sheet): number => (frame === "narrow" ? 2.4 : 3.4);

/**
 * The input that is followed: the reader's choice; without one, in the view of one question, the input that is loudest to the a with
 * which the view begins, so that it stays the same while a is dragged; else undefined.
 */
function followedInput({result: {points}, params: {point, view}}: PanelContent): PassedInput | undefined {
  if (point > 0 || view !== "one") return points[point - 1];
  const a = arrowsOf({view, one: "", two: "", task: ""})[0]!.a;
  return points.reduce((loudest, one) => (dotProduct(a, one.x) > dotProduct(a, loudest.x) ? one : loudest));
}

/** The group below the arrows, which screen readers skip. */
function backGroup(g: Element): Element {
  const back = layer(g, "g", "back");
  attributes(back, {"aria-hidden": "true"});
  return back;
}

/** Sets one arrow. In the task this sets the step to 0, because the run begins from these arrows. */
function setArrow({result: {arrows}, params: {view}, act}: PanelContent, i: number, which: "a" | "b", to: Vector) {
  const other = arrows.length > 1 ? arrows[1 - i]![which] : undefined;
  const changed = arrows.map((pair, n): ArrowPair => (n === i ? {...pair, [which]: snapped(to, other)} : pair));
  act.set({
    [view]: writeArrows(changed.map(({a, b}) => ({a: limited(a), b: limited(b)}))),
    ...(view === "task" && {step: 0}),
  });
}

/** Draws the arrows a or b, above everything else. */
function drawArrows(g: Element, plane: Plane, which: "a" | "b", content: PanelContent) {
  const {arrows} = content.result;
  const names = arrows.map((_, i) => arrowName(which, i, arrows.length > 1));
  const groups = children(
    g,
    "g",
    names.map((name) => `vector of-${name}`),
  );
  for (const [i, pair] of arrows.entries())
    drawArrow(groups[i]!, plane, pair[which], {
      name: names[i]!,
      symbol: which === "a" ? "A" : "B",
      isSecond: i > 0,
      onMove: (to) => setArrow(content, i, which, to),
    });
}

/** Draws the followed input's projection onto a, and a·x as text. */
function drawFollowed(back: Element, plane: Plane, {x, loudness}: PassedInput, {a}: ArrowPair) {
  const spot = plane.at(x);
  const foot = lengthOf(a) > 0 ? plane.at(scaled(loudness[0]! / dotProduct(a, a), a)) : plane.at([0, 0]);
  drawPath(back, "part", lineTo(plane.at([0, 0]), foot));
  drawPath(back, "drop", lineTo(foot, spot));
  const isAtRight = spot[0] > plane.width / 2;
  const place = {x: spot[0] + (isAtRight ? -14 : 14), y: spot[1] + 4, anchor: isAtRight ? "end" : "start"} as const;
  label(back, "heard", `a·x = ${fixed(loudness[0]!, 1)}`, place);
}

/** Draws the inputs, with the bands of a·x and the arrows a. */
export function drawInputs(g: Element, sheet: Sheet, content: PanelContent) {
  const {result, params, act} = content;
  const {arrows, points} = result;
  const isTwo = arrows.length > 1;
  const followed = followedInput(content);
  const isTraced = !!followed && !isTwo;
  const back = backGroup(g);
  const plane = drawPlane(back, sheet, INPUT_REACH);
  const [bands, traced, , numbers] = children(back, "g", ["listening", "traced", "dots", "numbers", "rings"]);
  const bandNames = arrows.map((_, i) => `bands of-${arrowName("a", i, isTwo)}`);
  for (const box of [bands!, numbers!]) children(box, "g", bandNames);
  for (const [i, {a}] of arrows.entries()) {
    drawBands(bands!, plane, a, arrowName("a", i, isTwo), isTwo);
    drawBandNumbers(numbers!, plane, a, arrowName("a", i, isTwo), isTwo);
  }
  for (const box of children(traced!, "g", isTraced ? ["projection"] : []))
    drawFollowed(box, plane, followed!, arrows[0]!);
  const spots = points.map(({x}) => plane.at(x));
  drawDots(
    back,
    "dots",
    points.map((point, i) => dotAt(spots[i]!, point)),
    radiusIn(sheet),
  );
  drawRing(back, followed && plane.at(followed.x));
  listenForPointing(plane, spots, (i) => i + 1 !== params.point && act.set({point: i + 1}));
  drawArrows(layer(g, "g", "arrows"), plane, "a", content);
}

/** Draws the task: the upper half of the plane, read as group 1, the lower half, read as group 0, and how many are right. */
function drawTask(g: Element, {width, height}: Sheet, {rightCount, points}: ListenerResult) {
  const middle = height / 2;
  for (const [i, name] of (["upper", "lower"] as const).entries())
    attributes(layer(g, "rect", name), {width, height: middle, y: i * middle});
  drawPath(g, "reads", `M0,${middle}H${width}`);
  const samples: PlaneDot[] = [
    {spot: [14, middle - 14], name: "dot group-1"},
    {spot: [14, middle + 15], name: "dot group-0", isDiamond: true},
  ];
  drawDots(g, "samples", samples, 4.5);
  label(g, "reading of-1", "read above", {x: 24, y: middle - 10});
  label(g, "reading of-0", "read below", {x: 24, y: middle + 19});
  const wrongCount = points.length - rightCount;
  label(g, "count answer", whole(rightCount), {x: 10, y: 32});
  label(g, "counted", `of ${points.length} right`, {x: 10, y: 50});
  // In a low plane there is no room above the name of the upper half.
  label(g, "wrong", wrongCount && middle > 90 ? `${wrongCount} hollow: wrong` : "", {x: 10, y: 66});
}

/** Draws the outputs: each W₀x with a trail along ΔWx to h, and the arrows b. */
export function drawOutputs(g: Element, sheet: Sheet, content: PanelContent) {
  const {result, params, act} = content;
  const {arrows, points} = result;
  const back = backGroup(g);
  const plane = drawPlane(back, sheet, reachOf(result, params));
  const groups = children(back, "g", params.view === "task" ? ["task", "marks"] : ["marks"]);
  const marks = groups.at(-1)!;
  if (params.view === "task") drawTask(groups[0]!, sheet, result);
  const b = arrows[0]!.b;
  // The line along which all outputs are pushed, longer than the panel.
  const lineEnd = lengthOf(b) > 0 && arrows.length < 2 ? scaled((2 * OUTPUT_REACH.task) / lengthOf(b), b) : undefined;
  drawPath(marks, "along", lineEnd ? lineTo(plane.at(lineEnd), plane.at(scaled(-1, lineEnd))) : "");
  const trail = ({base, h}: PassedInput) => lineTo(plane.at(base), plane.at(h));
  const isPushed = points.some(({push}) => lengthOf(push) > 0.02);
  // Also drawn while the trails have no length, so that they grow when the update is switched on.
  drawPath(marks, "trails", points.map(trail).join(""));
  const bases = isPushed ? points.map(({base}) => ({spot: plane.at(base), name: "base"})) : [];
  drawDots(marks, "bases", bases, 2.4);
  const spots = points.map(({h}) => plane.at(h));
  const followed = followedInput(content);
  drawPath(marks, "lit-trail", followed && isPushed ? trail(followed) : "");
  drawDots(
    marks,
    "dots",
    points.map((point, i) => dotAt(spots[i]!, point, true)),
    radiusIn(sheet),
  );
  drawRing(marks, followed && plane.at(followed.h));
  listenForPointing(plane, spots, (i) => i + 1 !== params.point && act.set({point: i + 1}));
  drawArrows(layer(g, "g", "arrows"), plane, "b", content);
}
