import {setAttributes} from "../../figure/live/form.ts";
import {isNarrow} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Room} from "../../figure/plot/room.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {type ArrowPair, snapped, within, writeArrows} from "./arrows.ts";
import {arrowsOf, type ListenerParams} from "./controls.ts";
import {arrow} from "./drawing/arrow.ts";
import {responseBands} from "./drawing/bands.ts";
import {dots, type PlaneDot} from "./drawing/dots.ts";
import {pathIn, rings, scaleNumbers, without} from "./drawing/marks.ts";
import {nearest, type Plane, plane, planeGround} from "./drawing/plane.ts";
import {pushes} from "./drawing/pushes.ts";
import {dotProduct, lengthOf, scaled, type Vector} from "./drawing/vector.ts";
import type {ListenerResult, Passed} from "./readings.ts";

export interface ListenerDrawing {
  picture: Element;
  result: ListenerResult;
  params: ListenerParams;
  act: Act;
  room: Room;
}

/** What is seen of the inputs, and of the outputs, on each side of zero. */
const INPUTS = 3;
const OUTPUTS = {one: 4.2, two: 4.2, task: 5.6} as const;
/** In the task the outputs are near each other as long as b is short: more is seen of them, the shorter it is below SHORT. */
const [NEAR, SHORT] = [2.4, 0.8];

const reachOf = ({arrows}: ListenerResult, {view}: ListenerParams): number =>
  view === "task" ? NEAR + (OUTPUTS.task - NEAR) * Math.min(lengthOf(arrows[0]!.b) / SHORT, 1) : OUTPUTS[view];

const x = {symbol: "x", text: "x"};
/** "a" alone, or "a₁" and "a₂". */
const numbered = (name: string, i: number, isTwo: boolean): string => (isTwo ? `${name}${"₁₂"[i]}` : name);

/** Sets one arrow. In the task a run begins from the arrows as they are then. */
function move({result: {arrows}, params: {view}, act}: ListenerDrawing, i: number, which: "a" | "b", to: Vector) {
  const other = arrows.length > 1 ? arrows[1 - i]![which] : undefined;
  const place = within(snapped(to, other));
  const set = arrows.map((pair, n): ArrowPair => (n === i ? {...pair, [which]: place} : pair));
  act.set({
    [view]: writeArrows(set.map(({a, b}) => ({a: within(a), b: within(b)}))),
    ...(view === "task" && {step: 0}),
  });
}

/** The class of a point: its color, and in the task whether it is read wrong. */
const nameOf = ({group, isRight}: Passed, isOutput: boolean): string =>
  group === undefined ? "dot" : `dot group-${group}${isOutput && !isRight ? " wrong" : ""}`;

const dotAt = (at: readonly [number, number], name: string, {group}: Passed): PlaneDot => ({
  x: at[0],
  y: at[1],
  name,
  isDiamond: group === 0,
});

/** Radius of a point in a plane: on a phone the arrows would be lost among larger ones. */
const radiusIn = (room: Room): number => (isNarrow(room) ? 2.4 : 3.4);

/** Height of a plane by its width: a square beside the other, and flatter over it. */
const edgeOf = (room: Room) => (width: number) => (isNarrow(room) && room.size !== "dock" ? 0.7 * width : width);

/** The input that is followed: the reader's, or with one question and until they choose one, that in which there is most of the first a. */
function followed({result: {points}, params: {point, view}}: ListenerDrawing): Passed | undefined {
  if (point > 0 || view !== "one") return points[point - 1];
  const a = arrowsOf({view, one: "", two: "", task: ""})[0]!.a;
  return points.reduce((most, one) => (dotProduct(a, one.x) > dotProduct(a, most.x) ? one : most));
}

/** How much of a is in the lit point: from zero along a to below the point. */
function heardOf(g: Element, on: Plane, {arrows}: ListenerResult, lit: Passed | undefined) {
  const a = arrows[0]!.a;
  const isShown = lit && arrows.length === 1 && lengthOf(a) > 0;
  const foot = isShown ? on.at(scaled(lit.heard[0]! / (lengthOf(a) * lengthOf(a)), a)) : undefined;
  pathIn(g, "part", foot && `M${on.at([0, 0]).join()}L${foot.join()}`);
  pathIn(g, "drop", foot && `M${foot.join()}L${on.at(lit!.x).join()}`);
}

/** The inputs, and how much of a is in each. */
export function inputsPanel(drawing: ListenerDrawing) {
  const {picture, result, params, act, room} = drawing;
  const {arrows, points} = result;
  const isTwo = arrows.length > 1;
  const lit = followed(drawing);
  const names = arrows.map((_, i) => numbered("a", i, isTwo));
  const {g, width, height} = chart(picture, "inputs", room, {
    label: isTwo
      ? [{...symbol.A, text: "a₁"}, " and ", {...symbol.A, text: "a₂"}, " listen to ", x]
      : [{...symbol.A, text: "a"}, " listens: how much of it is in ", x, "?"],
    nominal: 300,
    height: edgeOf(room),
    alt: `${points.length} inputs x and ${isTwo ? "the arrows a₁ and a₂" : "the arrow a"}, with lines of equal a·x`,
    interactive: true,
  });
  const on = plane(g, width, height, INPUTS);
  const back = group(g, "back");
  back.setAttribute("aria-hidden", "true");
  const there = {...on, g: back};
  planeGround(there);
  // All of the other view's bands go.
  const listening = group(back, "listening");
  without(listening, isTwo ? ".tinted" : ".plain");
  for (const [i, {a}] of arrows.entries()) responseBands({...on, g: listening}, a, names[i]!, isTwo);
  const traced = group(back, "traced");
  heardOf(traced, on, result, lit);
  const places = points.map((point) => on.at(point.x));
  dots(
    group(back, "dots"),
    points.map((point, i) => dotAt(places[i]!, nameOf(point, false), point)),
    radiusIn(room),
  );
  rings(group(back, "rings"), lit ? [on.at(lit.x)] : []);
  const [x0, y0] = lit ? on.at(lit.x) : [0, 0];
  const said = lit && !isTwo && room.size !== "dock" ? `a·x = ${fixed(lit.heard[0]!, 1)}` : "";
  const isRight = x0 > width / 2;
  label(back, "heard", said, {
    x: x0 + (isRight ? -2 : 2),
    y: y0 + (y0 < 40 ? 24 : -14),
    anchor: isRight ? "end" : "start",
  });
  nearest(there, places, (i) => i + 1 !== params.point && act.set({point: i + 1}));
  arrowsIn({...on, g: group(g, "arrows")}, "a", drawing);
}

/** The arrows a or b of every pair, on top of all else. */
function arrowsIn(on: Plane, which: "a" | "b", drawing: ListenerDrawing) {
  const {arrows} = drawing.result;
  const names = arrows.map((_, i) => numbered(which, i, arrows.length > 1));
  for (const old of [...on.g.children]) if (!names.some((name) => old.classList.contains(`of-${name}`))) old.remove();
  for (const [i, pair] of arrows.entries())
    arrow(on, pair[which], {
      name: names[i]!,
      symbol: which === "a" ? "A" : "B",
      isSecond: i > 0,
      onMove: (to) => move(drawing, i, which, to),
    });
}

/** The height of the strip, with its scale. */
const STRIP = 46;
const FAR = 5;

/** What is heard of each input: one number, on one line; with two arrows two. */
export function heardPanel(drawing: ListenerDrawing) {
  const {
    picture,
    result: {arrows, points},
    room,
  } = drawing;
  const isTwo = arrows.length > 1;
  const {g, width} = chart(picture, "hearing", room, {
    label: isTwo
      ? [{...symbol.A, text: "a₁"}, "·", x, " above, ", {...symbol.A, text: "a₂"}, "·", x, " below: all that is heard"]
      : [{...symbol.A, text: "a"}, "·", x, ": all that is heard of each input"],
    nominal: 300,
    height: STRIP,
    alt: `${isTwo ? "Both a·x" : "The a·x"} of each input, on a line from −${FAR} to ${FAR}`,
  });
  const across = (value: number) =>
    rounded(width / 2 + (Math.max(Math.min(value, FAR), -FAR) / FAR) * (width / 2 - 12));
  const rows = (point: Passed): number[] =>
    isTwo ? [7, 22] : point.group === undefined ? [15] : [point.group ? 8 : 21];
  const line = STRIP - 16;
  pathIn(g, "scale", `M6,${line}H${width - 6}${[-4, -2, 0, 2, 4].map((at) => `M${across(at)},${line}v4`).join("")}`);
  scaleNumbers(group(g, "named"), [-4, -2, 0, 2, 4], across, STRIP - 1);
  dots(
    group(g, "dots"),
    points.flatMap((point) =>
      point.heard.map((value, i) => dotAt([across(value), rows(point)[i]!], nameOf(point, false), point)),
    ),
    3.4,
  );
  const lit = followed(drawing);
  rings(group(g, "rings"), lit ? lit.heard.map((value, i) => [across(value), rows(lit)[i]!] as const) : []);
}

/** The two halves that the frozen layers read, and the line between them. */
function halves(g: Element, {width, height}: Plane) {
  for (const [i, name] of (["upper", "lower"] as const).entries())
    setAttributes(layer(g, "rect", name), {width, height: height / 2, y: i * (height / 2)});
  pathIn(g, "reads", `M0,${height / 2}H${width}`);
}

/** Beside the reading line: which group is read on each side of it. */
function readAs(g: Element, {height}: Plane, count: string) {
  const middle = height / 2;
  dots(
    group(g, "samples"),
    [
      {x: 14, y: middle - 14, name: "dot group-1", isDiamond: false},
      {x: 14, y: middle + 15, name: "dot group-0", isDiamond: true},
    ],
    4.5,
  );
  label(g, "above", "read above", {x: 24, y: middle - 14, dy: "0.32em"});
  label(g, "below", "read below", {x: 24, y: middle + 15, dy: "0.32em"});
  label(g, "count vast", count, {x: 10, y: 30});
}

/** The outputs: W₀x, and from there the push along b. */
export function outputsPanel(drawing: ListenerDrawing) {
  const {picture, result, params, act, room} = drawing;
  const {arrows, points, right} = result;
  const {view} = params;
  const isTwo = arrows.length > 1;
  const {g, width, height} = chart(picture, "pushed", room, {
    label: isTwo
      ? [{...symbol.B, text: "b₁"}, " and ", {...symbol.B, text: "b₂"}, " speak: pushes in every direction"]
      : [{...symbol.B, text: "b"}, " speaks: every push is along it"],
    nominal: 300,
    height: edgeOf(room),
    alt: `The outputs h: from W₀x each is pushed along ${isTwo ? "b₁ and b₂" : "b"}${view === "task" ? `; ${right} of ${points.length} are on the side of their group` : ""}`,
    interactive: true,
  });
  const on = plane(g, width, height, reachOf(result, params));
  const back = group(g, "back");
  back.setAttribute("aria-hidden", "true");
  planeGround({...on, g: back});
  back.toggleAttribute("data-many", view === "task");
  const task = group(back, "task");
  if (view === "task") halves(task, on);
  else task.replaceChildren();
  const b = arrows[0]!.b;
  const far = lengthOf(b) && scaled((2 * OUTPUTS[view]) / lengthOf(b), b);
  pathIn(back, "along", far && !isTwo ? `M${on.at(far).join()}L${on.at(scaled(-1, far)).join()}` : "");
  const trail = ({base, h}: Passed) => `M${on.at(base).join()}L${on.at(h).join()}`;
  const isPushed = points.some(({push}) => lengthOf(push) > 0.02);
  pathIn(back, "trails", isPushed ? points.map(trail).join("") : "");
  dots(group(back, "bases"), isPushed ? points.map((point) => dotAt(on.at(point.base), "base", point)) : [], 2.4);
  const places = points.map(({h}) => on.at(h));
  const lit = followed(drawing);
  pathIn(back, "lit-trail", lit && isPushed ? trail(lit) : "");
  dots(
    group(back, "dots"),
    points.map((point, i) => dotAt(places[i]!, nameOf(point, true), point)),
    radiusIn(room),
  );
  rings(group(back, "rings"), lit ? [on.at(lit.h)] : []);
  const over = group(back, "over");
  const isWindow = view !== "task" && room.size !== "dock";
  if (over.getAttribute("data-view") !== view) over.replaceChildren();
  over.setAttribute("data-view", view);
  if (isWindow)
    pushes(
      over,
      on,
      points.map(({push}) => push),
    );
  if (view === "task") readAs(over, on, `${right} of ${points.length} right`);
  nearest({...on, g: back}, places, (i) => i + 1 !== params.point && act.set({point: i + 1}));
  arrowsIn({...on, g: group(g, "arrows")}, "b", drawing);
}

const pairText = (v: Vector): string => `(${fixed(v[0], 2)}, ${fixed(v[1], 2)})`;
const cut = (value: number): number => Math.round(value * 100) / 100;

/** h of the lit point as a sum, or its formula. The printed terms are added, so that the printed sum is right. */
export function outputSum({picture, result: {arrows, points}, params: {point, update}}: ListenerDrawing) {
  const line = layer(picture, "p", "sumline");
  const lit = points[point - 1];
  const isOn = update === "on";
  const isTwo = arrows.length > 1;
  const h = {symbol: "h", text: "h"};
  const formula: Rich = [
    h,
    " = ",
    symbol.W0,
    x,
    ...(isOn ? arrows : []).flatMap(
      (_, i): Rich => [
        " + ",
        {...symbol.B, text: numbered("b", i, isTwo)},
        " (",
        {...symbol.A, text: numbered("a", i, isTwo)},
        "·",
        x,
        ")",
      ],
    ),
  ];
  if (!lit) return write(line, formula);
  const terms = isOn ? arrows.map(({b}, i) => ({b: [cut(b[0]), cut(b[1])] as const, heard: cut(lit.heard[i]!)})) : [];
  const from: Vector = [cut(lit.base[0]), cut(lit.base[1])];
  const total = terms.reduce<Vector>((at, {b, heard}) => [at[0] + heard * b[0], at[1] + heard * b[1]], from);
  write(line, [
    h,
    " = ",
    {symbol: "W0", text: pairText(from)},
    ...terms.flatMap(
      ({b, heard}): Rich => [
        ` + `,
        {symbol: "B", text: pairText(b)},
        " × ",
        {symbol: "A", text: heard < 0 ? `(${fixed(heard, 2)})` : fixed(heard, 2)},
      ],
    ),
    " = ",
    {symbol: "h", text: pairText(total)},
  ]);
}
