/** Draws the words in the square and along B and A, and a person beside the square. */
import {attributes, children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {significant, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {GAP, type Geometry} from "./geometry.ts";
import {WEIGHTS_FROM} from "./matrices.ts";

/** Whether the square is large enough for the words in it and along B and A. */
export const hasWords = ({edge, side}: Geometry): boolean => side > 0.6 * edge;

/** Draws the names of B and A along their sides, with their thickness. */
function drawFactorNames(g: Element, {edge, thickness, side, corner}: Geometry, {d, r}: {d: number; r: number}) {
  const end = rounded(Math.min(corner + side, edge) - 4);
  const beside = rounded(Math.max(corner - GAP - Math.min(thickness, corner) - 9, 14));
  const name = (symbol: "A" | "B", extent: string, transform: string, anchor: string | null) => {
    const text = layer(g, "text", `name-${symbol}`);
    attributes(text, {transform, "text-anchor": anchor});
    write(text, [{symbol, text: symbol}, ` is 1/${significant(d / r, 4)} of the side ${extent}`], "tspan");
  };
  name("B", "wide", `translate(${beside} ${end}) rotate(-90)`, null);
  name("A", "high", `translate(${end} ${beside})`, "end");
}

/** Half the width of the words below the square's name, in units. */
const HALF_SHAPE_WIDTH = 74;

/** Draws the square's name and size where the lens's cone does not cover them. */
function drawSquareName(g: Element, {edge, side, corner}: Geometry, d: number) {
  const x = rounded(Math.min(corner + 0.65 * side, edge - HALF_SHAPE_WIDTH));
  const y = rounded(corner + Math.max(0.21 * side, 0.13 * edge));
  const name = layer(g, "text", "vast of-W0");
  attributes(name, {transform: `translate(${x} ${y})`, "text-anchor": "middle"});
  write(name, ["W", "q"], "tspan");
  attributes(name.lastElementChild!, {dy: "0.25em"});
  label(g, "shape", `${whole(d)} × ${whole(d)}, frozen`, {x, y: rounded(y + 0.05 * edge + 16), anchor: "middle"});
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
export function drawSquareWords(g: Element, geometry: Geometry, size: {d: number; r: number}) {
  const {edge, unit, corner, side} = geometry;
  const isLarge = hasWords(geometry);
  const hasName = isLarge && unit < WEIGHTS_FROM;
  const hasPerson = isLarge && size.d > 2 * PERSON_HEIGHT && corner + side < 1.5 * edge;
  const names = [
    ...(isLarge ? ["factors"] : []),
    ...(hasName ? ["name"] : []),
    ...(hasPerson ? ["person"] : []),
    ...(unit > CELL_NAMED_FROM ? ["close"] : []),
  ];
  for (const [i, box] of children(g, "g", names).entries()) {
    if (names[i] === "factors") drawFactorNames(box, geometry, size);
    if (names[i] === "name") drawSquareName(box, geometry, size.d);
    if (names[i] === "person") drawPerson(box, geometry);
    if (names[i] === "close")
      label(box, "cell", "each cell is one weight", {x: edge - 14, y: edge - 16, anchor: "end"});
  }
}
