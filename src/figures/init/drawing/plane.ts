/** The plane of one A and one B: the loss as shades, the curve BA = 1, negative gradients as arrows, and runs. */
import {attributes, children, each} from "../../../figure/plot/children.ts";
import {drags} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {paint} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {type Place, shapePath} from "../../../figure/plot/shapes.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {type Rich, write} from "../../../figure/plot/text/symbol.ts";
import {type Text, texts} from "../../../figure/plot/text/texts.ts";

interface Pair {
  A: number;
  B: number;
}

/** The negative gradient at a place: how A and B are pulled. */
export interface Pull extends Pair {
  onA: number;
  onB: number;
}

/** Runs by their starts. The first three begin on the cross, at places that never change; the last where a reader puts it. */
type Ball = "b-zero" | "a-zero" | "both-zero" | "yours";

/** A run as far as it is shown. */
interface PlaneRun {
  ball: Ball;
  /** Its name, and what is added to it if there is room. */
  label: readonly [name: string, more: string];
  /** From its start on. */
  places: readonly Pair[];
}

interface Plane {
  runs: readonly PlaneRun[];
  pulls: readonly Pull[];
  /** The names of the axes. */
  axes: readonly [A: Rich, B: Rich];
  /** The start of the last run, which is the reader's, is dragged. */
  onDrag(A: number, B: number): void;
  onCancel(): void;
}

/** How far from zero A and B are shown at least. */
const [REACH_A, REACH_B] = [2.1, 1.65];
/** Room for the names of the axes. */
const [TOP, RIGHT] = [24, 22];
/** Units for a length of 1: from ROOMY on names are written in full; below TIGHT they go to the sides of the balls. */
const [ROOMY, TIGHT] = [100, 62];
/** The length of the arrow of a pull of 1. */
const PULL = 0.3;
/** The ground gets a step darker at each of these distances of BA from 1. */
const STEPS = [0.5, 1, 1.5, 2, 2.5, 3, 4];

export function drawPlane(g: Element, {runs, pulls, axes, onDrag, onCancel}: Plane, {width, height}: Sheet) {
  const [across, high] = [width - RIGHT, height - TOP];
  const scale = Math.min(across / 2 / REACH_A, high / 2 / REACH_B);
  const ends: Place = [across / 2 / scale, high / 2 / scale];
  const at = (A: number, B: number): Place => [rounded(across / 2 + A * scale), rounded(TOP + high / 2 - B * scale)];
  const isInside = ({A, B}: Pair) => Math.abs(A) < ends[0] && Math.abs(B) < ends[1];
  const box = layer(g, "g", "plane");
  attributes(layer(box, "path", "sheet"), {d: `M0 ${TOP}H${across}V${height}H0Z`});
  each(layer(box, "g", "ground"), "path", STEPS, (step, far) =>
    attributes(step, {d: `${beyond(1 + far, ends, at)}${below(1 - far, ends, at)}`, "fill-rule": "evenodd"}),
  );
  const cross = layer(layer(box, "g", "mark-rule cross"), "path", "drawn");
  paint(cross, {tone: "w0", strength: "2"});
  attributes(cross, {d: `M0 ${at(0, 0)[1]}H${across}M${at(0, 0)[0]} ${TOP}V${height}`});
  const valley = layer(layer(box, "g", "mark-lineY valley"), "path", "drawn");
  paint(valley, {tone: "dw", strength: "3"});
  attributes(valley, {d: curve(1, 1, ends, at) + curve(1, -1, ends, at)});
  drawPulls(layer(box, "g", "mark-bar pulls"), pulls.filter(isInside), at);
  const shown = runs.map(({ball, label, places}) => {
    const lost = places.findIndex((place) => !isInside(place));
    const inside = lost < 0 ? places : places.slice(0, lost);
    const said = scale < ROOMY ? label[0] : label.join("");
    return {ball, label: said, places: inside.map(({A, B}) => at(A, B)), isLost: lost >= 0};
  });
  each(layer(box, "g", "mark-lineY trails"), "path", shown, (path, {places}) => {
    paint(path, {tone: "ink", strength: "3"});
    attributes(path, {d: places.length > 1 ? `M${places.map((place) => place.join(" ")).join("L")}` : ""});
  });
  drawBalls(layer(box, "g", "mark-dot balls"), shown);
  drawWords(box, shown, axes, {at, across, height, isTight: scale < TIGHT, isRoomy: scale >= ROOMY});
  const yours = layer(box, "path", "field");
  attributes(yours, {d: shapePath("circle", shown.at(-1)!.places[0] ?? at(0, 0), 22)});
  drags(yours, box, {onDrag: (x, y) => onDrag((x - across / 2) / scale, (TOP + high / 2 - y) / scale), onCancel});
}

type At = (A: number, B: number) => Place;

/** The curve BA = `product` > 0 where A and B are positive, from the upper edge to the right one. */
function branch(product: number, [far, high]: Place): readonly Place[] {
  const first = product / high;
  if (first >= far) return [];
  // Spaced evenly by ratio, because the curve bends most near the axes.
  return Array.from({length: 33}, (_, i): Place => {
    const A = first * (far / first) ** (i / 32);
    return [A, product / A];
  });
}
const line = (places: readonly Place[]) =>
  places.length ? `M${places.map((place) => place.join(" ")).join("L")}` : "";
const curve = (product: number, sign: number, ends: Place, at: At) =>
  line(branch(product, ends).map(([A, B]) => at(sign * A, sign * B)));

/** Two opposite corners beyond the curve: BA > `product` or, with `tilt` −1, BA < −`product`. */
function corners(product: number, tilt: number, ends: Place, at: At): string {
  const places = branch(product, ends);
  if (!places.length) return "";
  const corner = (sign: number) => `${line([...places, ends].map(([A, B]) => at(sign * tilt * A, sign * B)))}Z`;
  return corner(1) + corner(-1);
}

/** Where BA > `product` > 0. */
const beyond = (product: number, ends: Place, at: At) => corners(product, 1, ends, at);

/** Where BA < `product`. */
function below(product: number, ends: Place, at: At): string {
  if (product < 0) return corners(-product, -1, ends, at);
  const [far, high] = ends;
  const half = (A: number, B: number) => `${line([at(0, 0), at(A, 0), at(A, B), at(0, B)])}Z`;
  if (product === 0) return half(-far, high) + half(far, -high);
  // All of the plane but the two corners.
  const whole = `${line([at(-far, -high), at(far, -high), at(far, high), at(-far, high)])}Z`;
  return whole + corners(product, 1, ends, at);
}

/** Arrows on the cross: those on A point sideways, those on B up or down. */
function drawPulls(g: Element, pulls: readonly Pull[], at: At) {
  each(g, "path", pulls, (arrow, {A, B, onA, onB}) => {
    const isOnA = onB === 0;
    const [x, y] = at(A, B);
    const [endX, endY] = at(A + PULL * onA, B + PULL * onB);
    const way = Math.sign(isOnA ? endX - x : endY - y);
    const long = Math.abs(isOnA ? endX - x : endY - y);
    const head = Math.min(7, 0.7 * long);
    // Along the arrow and across it.
    const shape: readonly Place[] = [
      [0, -0.5],
      [long - head, -0.5],
      [long - head, -head / 2],
      [long, 0],
      [long - head, head / 2],
      [long - head, 0.5],
      [0, 0.5],
    ];
    paint(arrow, {tone: isOnA ? "a" : "b"});
    attributes(arrow, {
      d: `${line(shape.map(([along, side]) => (isOnA ? [rounded(x + way * along), rounded(y + side)] : [rounded(x + side), rounded(y + way * along)])))}Z`,
    });
  });
}

/** A ring where a run began, and a dot where it is. */
function drawBalls(g: Element, runs: readonly {places: readonly Place[]; isLost: boolean}[]) {
  const balls = runs.flatMap(({places, isLost}) => {
    const [from, now] = [places[0], places.at(-1)];
    if (!from || !now) return [];
    return [{at: from, r: 9, hollow: ""}, {at: from, r: 3.5}, ...(isLost ? [] : [{at: now, r: 5}])];
  });
  each(g, "path", balls, (ball, {at, r, hollow}: {at: Place; r: number; hollow?: string}) => {
    paint(ball, {tone: "ink", hollow});
    attributes(ball, {d: shapePath("circle", at, r)});
  });
}

type Beside = readonly [dx: number, dy: number, anchor: "start" | "middle" | "end"];
/** From a ball to its name. */
const BESIDE: Readonly<Record<Exclude<Ball, "yours">, Beside>> = {
  "b-zero": [18, 26, "start"],
  "a-zero": [-15, -6, "end"],
  "both-zero": [12, 26, "start"],
};

/** The name of the reader's ball is above it and inside the plane; in a tight plane it is at its side. */
function besideBall([x, y]: Place, across: number, isTight: boolean): Beside {
  if (isTight) return x > 70 ? [-14, 4, "end"] : [14, 4, "start"];
  const [dx, anchor] =
    x > 0.75 * across
      ? ([10, "end"] as const)
      : x < 0.25 * across
        ? ([-10, "start"] as const)
        : ([0, "middle"] as const);
  return [dx, y < TOP + 36 ? 28 : -16, anchor];
}

/** The names of the balls, of the curve and of the axes. */
function drawWords(
  g: Element,
  runs: readonly {ball: Ball; label: string; places: readonly Place[]}[],
  axes: readonly Rich[],
  {at, across, height, isTight, isRoomy}: {at: At; across: number; height: number; isTight: boolean; isRoomy: boolean},
) {
  const beside = (ball: Ball, from: Place): Beside => {
    if (ball === "yours") return besideBall(from, across, isTight);
    return isTight && ball === "both-zero" ? [-12, 26, "end"] : BESIDE[ball];
  };
  const named = runs.flatMap(({ball, label, places: [from]}): Text[] => {
    if (!from) return [];
    const [dx, dy, anchor] = beside(ball, from);
    return [{at: [from[0] + dx, from[1] + dy], text: label, anchor}];
  });
  texts(layer(g, "g", "mark-text names"), named);
  const [due] = children(layer(g, "g", "mark-text due"), "text", ["due"]);
  paint(due!, {tone: "dw"});
  attributes(due!, {x: 10, y: height - 12});
  put(due!, isRoomy ? "BA = 1, as it should be" : "BA = 1");
  const ends = [
    [across + 6, at(0, 0)[1] + 6],
    [at(0, 0)[0], TOP - 7],
  ] as const;
  each(layer(g, "g", "axes"), "text", axes, (text, name, i) => {
    attributes(text, {x: rounded(ends[i]![0]), y: rounded(ends[i]![1]), "text-anchor": i ? "middle" : null});
    write(text, name, "tspan");
  });
}
