/** The plane of one A and one B: the loss as shades, the curve BA = 1, negative gradients as arrows, and runs. */
import {attributes, children, each} from "../../figure/plot/children.ts";
import {drags} from "../../figure/plot/drags.ts";
import {layer} from "../../figure/plot/layer.ts";
import {paint} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {type Place, shapePath} from "../../figure/plot/shapes.ts";
import {put} from "../../figure/plot/text/put.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import {symbol} from "../../figure/symbols.ts";
import type {GradientArrow, Start} from "./model.ts";

/** The names of the runs by their starts; the last start is where the reader puts it. */
export const planeNames: Readonly<Record<Start, string>> = {
  "b-zero": "B zero",
  "a-zero": "A zero",
  "both-zero": "both zero",
  "both-random": "drag it",
};

interface Pair {
  A: number;
  B: number;
}

interface Plane {
  /** The runs, as far as they are shown, from their starts on; the reader's is the last. */
  runs: readonly {name: Start; places: readonly Pair[]}[];
  arrows: readonly GradientArrow[];
  /** Called when the reader drags the start of the last run. */
  onDrag(A: number, B: number): void;
  onCancel(): void;
}

/** A run in units of the picture, up to where it leaves the plane. */
interface DrawnRun {
  name: Start;
  places: readonly Place[];
  hasLeft: boolean;
}

/** How far from zero A and B are shown at least. */
const [REACH_A, REACH_B] = [2.1, 1.65];
/** Room for the names of the axes. */
const [TOP, RIGHT] = [24, 22];
/** The length of the arrow for a gradient of 1. */
const ARROW_SCALE = 0.3;
/** The shade gets a step darker at each of these distances of BA from 1. */
const STEPS = [0.5, 1, 1.5, 2, 2.5, 3, 4];

export function drawPlane(g: Element, {runs, arrows, onDrag, onCancel}: Plane, {width, height}: Sheet) {
  const [planeWidth, planeHeight] = [width - RIGHT, height - TOP];
  const scale = Math.min(planeWidth / 2 / REACH_A, planeHeight / 2 / REACH_B);
  const ends: Place = [planeWidth / 2 / scale, planeHeight / 2 / scale];
  const at = (A: number, B: number): Place => [
    rounded(planeWidth / 2 + A * scale),
    rounded(TOP + planeHeight / 2 - B * scale),
  ];
  const isInside = ({A, B}: Pair) => Math.abs(A) < ends[0] && Math.abs(B) < ends[1];
  const box = layer(g, "g", "plane");
  attributes(layer(box, "path", "sheet"), {d: `M0 ${TOP}H${planeWidth}V${height}H0Z`});
  each(layer(box, "g", "ground"), "path", STEPS, (shade, distance) =>
    attributes(shade, {d: `${beyond(1 + distance, ends, at)}${below(1 - distance, ends, at)}`, "fill-rule": "evenodd"}),
  );
  const cross = layer(layer(box, "g", "mark-rule cross"), "path", "drawn");
  paint(cross, {tone: "w0", strength: "2"});
  attributes(cross, {d: `M0 ${at(0, 0)[1]}H${planeWidth}M${at(0, 0)[0]} ${TOP}V${height}`});
  const valley = layer(layer(box, "g", "mark-lineY valley"), "path", "drawn");
  paint(valley, {tone: "dw", strength: "3"});
  attributes(valley, {d: curve(1, 1, ends, at) + curve(1, -1, ends, at)});
  drawArrows(layer(box, "g", "mark-bar pulls"), arrows.filter(isInside), at);
  const drawnRuns = runs.map(({name, places}): DrawnRun => {
    const firstOutside = places.findIndex((place) => !isInside(place));
    const insidePlaces = firstOutside < 0 ? places : places.slice(0, firstOutside);
    return {name, places: insidePlaces.map(({A, B}) => at(A, B)), hasLeft: firstOutside >= 0};
  });
  each(layer(box, "g", "mark-lineY trails"), "path", drawnRuns, (path, {places}) => {
    paint(path, {tone: "ink", strength: "3"});
    attributes(path, {d: places.length > 1 ? `M${places.map((place) => place.join(" ")).join("L")}` : ""});
  });
  drawRuns(layer(box, "g", "mark-dot balls"), drawnRuns);
  drawNames(box, drawnRuns);
  drawLabels(box, at(0, 0), planeWidth, height);
  const yours = layer(box, "path", "field");
  attributes(yours, {d: shapePath("circle", drawnRuns.at(-1)!.places[0] ?? at(0, 0), 22)});
  drags(yours, box, {
    onDrag: (x, y) => onDrag((x - planeWidth / 2) / scale, (TOP + planeHeight / 2 - y) / scale),
    onCancel,
  });
}

type At = (A: number, B: number) => Place;

/** The curve BA = `product` > 0 where A and B are positive, from the upper edge to the right one. */
function branch(product: number, [maxA, maxB]: Place): readonly Place[] {
  const first = product / maxB;
  if (first >= maxA) return [];
  // Spaced evenly by ratio, because the curve bends most near the axes.
  return Array.from({length: 33}, (_, i): Place => {
    const A = first * (maxA / first) ** (i / 32);
    return [A, product / A];
  });
}
const line = (places: readonly Place[]) =>
  places.length ? `M${places.map((place) => place.join(" ")).join("L")}` : "";
const curve = (product: number, sign: number, ends: Place, at: At) =>
  line(branch(product, ends).map(([A, B]) => at(sign * A, sign * B)));

/** Two opposite corners beyond the curve: BA > `product` or, with `sign` −1, BA < −`product`. */
function corners(product: number, sign: number, ends: Place, at: At): string {
  const places = branch(product, ends);
  if (!places.length) return "";
  const corner = (side: number) => `${line([...places, ends].map(([A, B]) => at(side * sign * A, side * B)))}Z`;
  return corner(1) + corner(-1);
}

/** Where BA > `product` > 0. */
const beyond = (product: number, ends: Place, at: At) => corners(product, 1, ends, at);

/** Where BA < `product`. */
function below(product: number, ends: Place, at: At): string {
  if (product < 0) return corners(-product, -1, ends, at);
  const [maxA, maxB] = ends;
  const half = (A: number, B: number) => `${line([at(0, 0), at(A, 0), at(A, B), at(0, B)])}Z`;
  if (product === 0) return half(-maxA, maxB) + half(maxA, -maxB);
  // All of the plane but the two corners.
  const whole = `${line([at(-maxA, -maxB), at(maxA, -maxB), at(maxA, maxB), at(-maxA, maxB)])}Z`;
  return whole + corners(product, 1, ends, at);
}

/** Arrows on the cross: those on A point sideways, those on B up or down. */
function drawArrows(g: Element, arrows: readonly GradientArrow[], at: At) {
  each(g, "path", arrows, (arrow, {A, B, onA, onB}) => {
    const isOnA = onB === 0;
    const [x, y] = at(A, B);
    const [endX, endY] = at(A + ARROW_SCALE * onA, B + ARROW_SCALE * onB);
    const way = Math.sign(isOnA ? endX - x : endY - y);
    const length = Math.abs(isOnA ? endX - x : endY - y);
    const head = Math.min(7, 0.7 * length);
    // Along the arrow and across it.
    const shape: readonly Place[] = [
      [0, -0.5],
      [length - head, -0.5],
      [length - head, -head / 2],
      [length, 0],
      [length - head, head / 2],
      [length - head, 0.5],
      [0, 0.5],
    ];
    paint(arrow, {tone: isOnA ? "a" : "b"});
    attributes(arrow, {
      d: `${line(shape.map(([along, side]) => (isOnA ? [rounded(x + way * along), rounded(y + side)] : [rounded(x + side), rounded(y + way * along)])))}Z`,
    });
  });
}

/** A ring where a run began, and a dot where it is. */
function drawRuns(g: Element, runs: readonly DrawnRun[]) {
  const circles = runs.flatMap(({places, hasLeft}) => {
    const [from, now] = [places[0], places.at(-1)];
    if (!from || !now) return [];
    return [{at: from, r: 9, hollow: ""}, {at: from, r: 3.5}, ...(hasLeft ? [] : [{at: now, r: 5}])];
  });
  each(g, "path", circles, (circle, {at, r, hollow}: {at: Place; r: number; hollow?: string}) => {
    paint(circle, {tone: "ink", hollow});
    attributes(circle, {d: shapePath("circle", at, r)});
  });
}

/** Where the name of a run is from its start; beside the reader's ball it stays inside the plane. */
function nameOffset(name: Start, [x]: Place): readonly [dx: number, dy: number, anchor: "start" | "end"] {
  switch (name) {
    case "b-zero":
      return [18, 26, "start"];
    case "a-zero":
      return [-15, -6, "end"];
    case "both-zero":
      return [-12, 26, "end"];
    case "both-random":
      return x > 70 ? [-14, 4, "end"] : [14, 4, "start"];
  }
}

function drawNames(g: Element, runs: readonly DrawnRun[]) {
  const names = runs.flatMap(({name, places: [from]}): Text[] => {
    if (!from) return [];
    const [dx, dy, anchor] = nameOffset(name, from);
    return [{at: [from[0] + dx, from[1] + dy], text: planeNames[name], anchor}];
  });
  texts(layer(g, "g", "mark-text names"), names);
}

/** The names of the curve and of the axes. */
function drawLabels(g: Element, [middleX, middleY]: Place, planeWidth: number, height: number) {
  const [curveLabel] = children(layer(g, "g", "mark-text due"), "text", ["due"]);
  paint(curveLabel!, {tone: "dw"});
  attributes(curveLabel!, {x: 10, y: height - 12});
  put(curveLabel!, "BA = 1");
  const axes = [
    {name: symbol.A, x: planeWidth + 6, y: middleY + 6, anchor: null},
    {name: symbol.B, x: middleX, y: TOP - 7, anchor: "middle"},
  ];
  each(layer(g, "g", "axes"), "text", axes, (text, {name, x, y, anchor}) => {
    attributes(text, {x: rounded(x), y: rounded(y), "text-anchor": anchor});
    write(text, [name], "tspan");
  });
}
