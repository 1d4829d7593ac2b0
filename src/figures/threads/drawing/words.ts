/** The words in the square and along B and A. */
import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {significant, whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {write} from "../../../figure/plot/text/symbol.ts";
import {GAP, type Geometry} from "./geometry.ts";

/** Pictures narrower than this have no words in the square besides its name. */
export const SMALL = 280;

/** From this edge of a weight on, lines separate the weights, and the square has no name in it. */
const WEIGHTS_FROM = 3;

/** Whether the square is large enough for the words in it and along B and A. */
export const hasWords = ({edge, side}: Geometry): boolean => side > 0.6 * edge;

/** The names of B and A along their sides, with their thickness. */
export function factorNames(g: Element, geometry: Geometry, {d, r}: {d: number; r: number}) {
  const {edge, thick, side, corner} = geometry;
  const isLong = hasWords(geometry);
  const size = (is: string) => (isLong ? [` is 1/${significant(d / r, 4)} of the side ${is}`] : []);
  const end = Math.min(corner + side, edge) - 4;
  const beside = rounded(Math.max(corner - GAP - Math.min(thick, corner) - 9, 14));
  const [alongB, alongA] = isLong
    ? [`translate(${beside} ${rounded(end)}) rotate(-90)`, `translate(${rounded(end)} ${beside})`]
    : [`translate(${beside} ${rounded(end)})`, `translate(${rounded(corner)} ${beside})`];
  for (const [name, is, transform, anchor] of [
    ["name-B", "wide", alongB, isLong ? null : "end"],
    ["name-A", "high", alongA, isLong ? "end" : null],
  ] as const) {
    const text = layer(g, "text", name);
    attributes(text, {transform, "text-anchor": anchor});
    const symbol = name === "name-B" ? "B" : "A";
    write(text, [{symbol, text: symbol}, ...size(is)], "tspan");
  }
}

/** The square's name, clear of the lens's cone; close up, where it would cover cells, what a cell is. */
export function squareWords(g: Element, geometry: Geometry, {d, hasLens}: {d: number; hasLens: boolean}) {
  const {edge, side, corner, unit} = geometry;
  const isNamed = unit < WEIGHTS_FROM && hasWords(geometry);
  // 74 units is half the width of the words below the name.
  const [x, y] = [
    rounded(Math.min(corner + 0.65 * side, edge - 74)),
    rounded(corner + Math.max(0.21 * side, 0.13 * edge)),
  ];
  const name = layer(g, "text", "vast of-W0");
  attributes(name, {transform: `translate(${x} ${y})`, "text-anchor": "middle"});
  write(name, isNamed ? ["W", "q"] : [], "tspan");
  if (isNamed) attributes(name.lastElementChild!, {dy: "0.25em"});
  const shape = isNamed && edge >= SMALL ? `${whole(d)} × ${whole(d)}, frozen` : "";
  label(g, "shape", shape, {x, y: rounded(y + 0.05 * edge + 16), anchor: "middle"});
  const isSaid = !hasLens && unit > 12;
  label(g, "cell", isSaid ? "each cell is one weight" : "", {x: edge - 14, y: edge - 16, anchor: "end"});
}
