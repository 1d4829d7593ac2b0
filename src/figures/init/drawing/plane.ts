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

/** The negative gradient at a point. */
export interface GradientArrow extends Pair {
  onA: number;
  onB: number;
}

/** Runs by their starts. The first three begin on the cross, at places that never change; the last where a reader puts it. */
type RunStart = "b-zero" | "a-zero" | "both-zero" | "yours";

/** A run as far as it is shown. */
interface PlaneRun {
  start: RunStart;
  /** Its name, and what is added to it if there is room. */
  label: readonly [name: string, more: string];
  /** Its points, from its start on. */
  places: readonly Pair[];
}

interface Plane {
  runs: readonly PlaneRun[];
  arrows: readonly GradientArrow[];
  /** The names of the axes. */
  axes: readonly [A: Rich, B: Rich];
  /** Called when the reader drags the start of the last run. */
  onDrag(A: number, B: number): void;
  onCancel(): void;
}

/** How far from zero A and B are shown at least. */
const [REACH_A, REACH_B] = [2.1, 1.65];
/** Room for the names of the axes. */
const [TOP, RIGHT] = [24, 22];
/** Units for a length of 1: from LONG_NAMES_FROM on names are written in full; below SIDE_NAMES_BELOW they go to the sides of the starts. */
const [LONG_NAMES_FROM, SIDE_NAMES_BELOW] = [100, 62];
/** The length of the arrow for a gradient of 1. */
const ARROW_SCALE = 0.3;
/** The shade gets a step darker at each of these distances of BA from 1. */
const STEPS = [0.5, 1, 1.5, 2, 2.5, 3, 4];

export function drawPlane(g: Element, {runs, arrows, axes, onDrag, onCancel}: Plane, {width, height}: Sheet) {
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
  const drawnRuns = runs.map(({start, label, places}) => {
    const firstOutside = places.findIndex((place) => !isInside(place));
    const insidePlaces = firstOutside < 0 ? places : places.slice(0, firstOutside);
    const text = scale < LONG_NAMES_FROM ? label[0] : label.join("");
    return {start, label: text, places: insidePlaces.map(({A, B}) => at(A, B)), hasLeft: firstOutside >= 0};
  });
  each(layer(box, "g", "mark-lineY trails"), "path", drawnRuns, (path, {places}) => {
    paint(path, {tone: "ink", strength: "3"});
    attributes(path, {d: places.length > 1 ? `M${places.map((place) => place.join(" ")).join("L")}` : ""});
  });
  drawRuns(layer(box, "g", "mark-dot balls"), drawnRuns);
  drawWords(box, drawnRuns, axes, {
    at,
    planeWidth,
    height,
    isTight: scale < SIDE_NAMES_BELOW,
    isRoomy: scale >= LONG_NAMES_FROM,
  });
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
function drawRuns(g: Element, runs: readonly {places: readonly Place[]; hasLeft: boolean}[]) {
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

/** Offset of a run's name from its start. */
type NameOffset = readonly [dx: number, dy: number, anchor: "start" | "middle" | "end"];
const NAME_OFFSETS: Readonly<Record<Exclude<RunStart, "yours">, NameOffset>> = {
  "b-zero": [18, 26, "start"],
  "a-zero": [-15, -6, "end"],
  "both-zero": [12, 26, "start"],
};

/** The name of the reader's run is above its start and inside the plane; in a small plane it is at its side. */
function readerNameOffset([x, y]: Place, planeWidth: number, isTight: boolean): NameOffset {
  if (isTight) return x > 70 ? [-14, 4, "end"] : [14, 4, "start"];
  const [dx, anchor] =
    x > 0.75 * planeWidth
      ? ([10, "end"] as const)
      : x < 0.25 * planeWidth
        ? ([-10, "start"] as const)
        : ([0, "middle"] as const);
  return [dx, y < TOP + 36 ? 28 : -16, anchor];
}

/** The names of the runs, of the curve and of the axes. */
function drawWords(
  g: Element,
  runs: readonly {start: RunStart; label: string; places: readonly Place[]}[],
  axes: readonly Rich[],
  {
    at,
    planeWidth,
    height,
    isTight,
    isRoomy,
  }: {at: At; planeWidth: number; height: number; isTight: boolean; isRoomy: boolean},
) {
  const offsetOf = (start: RunStart, from: Place): NameOffset => {
    if (start === "yours") return readerNameOffset(from, planeWidth, isTight);
    return isTight && start === "both-zero" ? [-12, 26, "end"] : NAME_OFFSETS[start];
  };
  const nameTexts = runs.flatMap(({start, label, places: [from]}): Text[] => {
    if (!from) return [];
    const [dx, dy, anchor] = offsetOf(start, from);
    return [{at: [from[0] + dx, from[1] + dy], text: label, anchor}];
  });
  texts(layer(g, "g", "mark-text names"), nameTexts);
  const [curveLabel] = children(layer(g, "g", "mark-text due"), "text", ["due"]);
  paint(curveLabel!, {tone: "dw"});
  attributes(curveLabel!, {x: 10, y: height - 12});
  put(curveLabel!, isRoomy ? "BA = 1, as it should be" : "BA = 1");
  const ends = [
    [planeWidth + 6, at(0, 0)[1] + 6],
    [at(0, 0)[0], TOP - 7],
  ] as const;
  each(layer(g, "g", "axes"), "text", axes, (text, name, i) => {
    attributes(text, {x: rounded(ends[i]![0]), y: rounded(ends[i]![1]), "text-anchor": i ? "middle" : null});
    write(text, name, "tspan");
  });
}
