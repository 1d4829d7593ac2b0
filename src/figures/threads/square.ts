/** The square with B at its left and A above it: where they are, how they are drawn, and the words and the person beside them. */
import {attributes, children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {significant, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {SQUARE_SIDE} from "./model.ts";

/** Where the square, B and A are drawn, in units. */
export interface Geometry {
  /** Width and height of the picture. */
  edge: number;
  /** The edge of one weight, the thickness of B and A, and the side of the square. */
  unit: number;
  thickness: number;
  side: number;
  /** The square's upper left corner, across and down alike. */
  corner: number;
}

/** A rectangle of the picture, in units. */
export interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What two windows have in common. They have nothing in common if its right or bottom is before its left or top. */
export const intersection = (one: Window, other: Window): Window => ({
  left: Math.max(one.left, other.left),
  top: Math.max(one.top, other.top),
  right: Math.min(one.right, other.right),
  bottom: Math.min(one.bottom, other.bottom),
});

/** The margin at the left and at the top: room for the names of B and A and for the handle. */
const MARGIN = 32;
/** The gap between B or A and the square, not to scale: in units, and at most as this share of the square's side. */
export const GAP = 5;
const GAP_SHARE = 0.08;
/** The margin at the right and below. */
const FAR_MARGIN = 2;
/** Thick B and A push the corner into the picture: at most by this share of it. */
const MAX_CORNER_SHARE = 0.45;

/** The gap beside a square of this side. */
export const gapAt = (side: number): number => Math.min(GAP, GAP_SHARE * side);

/**
 * The square (d,d) with B (d,r) at its left and A (r,d) above it, to one scale. At `times` = 1 all of it fits into the picture;
 * enlarged, the corner stays in sight.
 */
export function geometryOf(edge: number, r: number, times: number): Geometry {
  const unit = ((edge - MARGIN - GAP - FAR_MARGIN) / (SQUARE_SIDE + r)) * times;
  const thickness = unit * r;
  const corner = MARGIN + GAP + Math.min(thickness, MAX_CORNER_SHARE * (edge - MARGIN));
  return {edge, unit, thickness, side: unit * SQUARE_SIDE, corner};
}

interface SquareOptions extends Pick<Geometry, "corner" | "unit" | "thickness"> {
  r: number;
  /** The gap beside the square, in units. */
  gap: number;
}

/** Lines separate weights, columns of B and rows of A, and entries of B and A if the edge of a weight is more than this. */
const WEIGHTS_FROM = 3;
const [COLUMNS_FROM, ENTRIES_FROM] = [4, 9];

/** The positions of lines between `count` cells of width `unit`, the first of which begins at `from`; only those from `low` to `high`. */
function dividers(from: number, unit: number, count: number, low: number, high: number): number[] {
  const first = Math.max(Math.ceil((low - from) / unit), 1);
  const last = Math.min(Math.floor((high - from) / unit), count - 1);
  return Array.from({length: Math.max(last - first + 1, 0)}, (_, i) => rounded(from + (first + i) * unit));
}

/** Draws what is visible of the square (d,d), of B (d,r) at its left and of A (r,d) above it; close up with lines between entries. */
export function drawMatrices(g: Element, {corner, unit, thickness, r, gap}: SquareOptions, visible: Window) {
  const end = corner + SQUARE_SIDE * unit;
  // B and A reach from `outer` to `inner`.
  const [outer, inner] = [corner - gap - thickness, corner - gap];
  const square = intersection({left: corner, top: corner, right: end, bottom: end}, visible);
  const B = intersection({left: outer, top: corner, right: inner, bottom: end}, visible);
  const A = intersection({left: corner, top: outer, right: end, bottom: inner}, visible);
  const rects = children(layer(g, "g", "blocks"), "rect", ["piece block-W0", "piece block-B", "piece block-A"]);
  for (const [i, {left, top, right, bottom}] of [square, B, A].entries())
    attributes(rects[i]!, {
      x: rounded(left, 3),
      y: rounded(top, 3),
      width: rounded(Math.max(right - left, 0), 3),
      height: rounded(Math.max(bottom - top, 0), 3),
    });
  // Upright and level lines in a part, between `count` cells that begin at `from`.
  const upright = ({left, right, top, bottom}: Window, from: number, count: number) =>
    dividers(from, unit, count, left, right).map((x) => `M${x} ${rounded(top)}V${rounded(bottom)}`);
  const level = ({left, right, top, bottom}: Window, from: number, count: number) =>
    dividers(from, unit, count, top, bottom).map((y) => `M${rounded(left)} ${y}H${rounded(right)}`);
  const drawLines = (name: string, minUnit: number, width: number, paths: () => string[]) =>
    attributes(layer(g, "path", name), {d: unit > minUnit ? paths().join("") : "", "stroke-width": rounded(width, 2)});
  drawLines("weights", WEIGHTS_FROM, Math.min(0.06 * unit, 2), () => [
    ...upright(square, corner, SQUARE_SIDE),
    ...level(square, corner, SQUARE_SIDE),
  ]);
  drawLines("places", ENTRIES_FROM, 1, () => [...level(B, corner, SQUARE_SIDE), ...upright(A, corner, SQUARE_SIDE)]);
  drawLines("columns", COLUMNS_FROM, Math.min(0.16 * unit, 5), () => [...upright(B, outer, r), ...level(A, outer, r)]);
}

/** Whether there is room for words in the square and along B and A. */
export const hasWords = ({edge, side}: Geometry): boolean => side > 0.6 * edge;

/** Draws the names of B and A along their sides, with their thickness. */
function drawFactorNames(g: Element, {edge, thickness, side, corner}: Geometry, r: number) {
  const end = rounded(Math.min(corner + side, edge) - 4);
  const beside = rounded(Math.max(corner - GAP - Math.min(thickness, corner) - 9, 14));
  const name = (symbol: "A" | "B", extent: string, transform: string, anchor: string | null) => {
    const text = layer(g, "text", `name-${symbol}`);
    attributes(text, {transform, "text-anchor": anchor});
    write(text, [{symbol, text: symbol}, ` is 1/${significant(SQUARE_SIDE / r, 4)} of the side ${extent}`], "tspan");
  };
  name("B", "wide", `translate(${beside} ${end}) rotate(-90)`, null);
  name("A", "high", `translate(${end} ${beside})`, "end");
}

/** Half the width of the words below the square's name, in units. */
const HALF_SHAPE_WIDTH = 74;

/** Draws the square's name and size where the lens's cone does not cover them. */
function drawSquareName(g: Element, {edge, side, corner}: Geometry) {
  const x = rounded(Math.min(corner + 0.65 * side, edge - HALF_SHAPE_WIDTH));
  const y = rounded(corner + Math.max(0.21 * side, 0.13 * edge));
  const name = layer(g, "text", "vast of-W0");
  attributes(name, {transform: `translate(${x} ${y})`, "text-anchor": "middle"});
  write(name, ["W", "q"], "tspan");
  attributes(name.lastElementChild!, {dy: "0.25em"});
  label(g, "shape", `${whole(SQUARE_SIDE)} × ${whole(SQUARE_SIDE)}, frozen`, {
    x,
    y: rounded(y + 0.05 * edge + 16),
    anchor: "middle",
  });
}

/** A person's height in millimeters, each of which is a weight here; and the height of the path of a person. */
const [PERSON_HEIGHT, BODY_HEIGHT] = [1700, 34];

/** The path of a head and a body, 10 wide and 34 high, standing at (0,0). */
const BODY =
  "M0-34a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 1 1 0-6.8zM-3.2-26h6.4q2.4 0 2.4 2.4v9.4q0 1.2-1.2 1.2t-1.2-1.2v-7.4h-.5V-1.3q0 1.3-1.3 1.3T.1-1.3v-11.4h-.2V-1.3q0 1.3-1.3 1.3t-1.3-1.3v-20.3h-.5v7.4q0 1.2-1.2 1.2t-1.2-1.2v-9.4q0-2.4 2.4-2.4z";

/** Draws a person at the foot of the square, to show its size at one weight per millimeter. */
function drawPerson(g: Element, {corner, side, unit}: Geometry) {
  const [x, foot] = [rounded(corner + 0.03 * side), corner + side];
  const scale = (PERSON_HEIGHT * unit) / BODY_HEIGHT;
  const transform = `translate(${rounded(x + 5 * scale)} ${rounded(foot)}) scale(${rounded(scale, 3)})`;
  attributes(layer(g, "path", "body"), {d: BODY, transform});
  const head = foot - PERSON_HEIGHT * unit;
  label(g, "size", "you, if a weight", {x, y: rounded(head - 24)});
  label(g, "by", "were 1 mm wide", {x, y: rounded(head - 8)});
}

/** From this edge of a weight on, words say what a cell is. */
const CELL_NAMED_FROM = 12;

/** Draws the words that have room: names, sizes and a person around the square; close up, what a cell is. */
export function drawSquareWords(g: Element, geometry: Geometry, r: number) {
  const {edge, unit, corner, side} = geometry;
  const isLarge = hasWords(geometry);
  const hasName = isLarge && unit < WEIGHTS_FROM;
  const hasPerson = isLarge && corner + side < 1.5 * edge;
  const names = [
    ...(isLarge ? ["factors"] : []),
    ...(hasName ? ["name"] : []),
    ...(hasPerson ? ["person"] : []),
    ...(unit > CELL_NAMED_FROM ? ["close"] : []),
  ];
  for (const [i, box] of children(g, "g", names).entries()) {
    if (names[i] === "factors") drawFactorNames(box, geometry, r);
    if (names[i] === "name") drawSquareName(box, geometry);
    if (names[i] === "person") drawPerson(box, geometry);
    if (names[i] === "close")
      label(box, "cell", "each cell is one weight", {x: edge - 14, y: edge - 16, anchor: "end"});
  }
}
