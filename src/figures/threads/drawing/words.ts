import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {significant, whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {write} from "../../../figure/plot/text/symbol.ts";
import {GAP, type Geometry} from "./geometry.ts";

/** Pictures narrower than this have no words in the square besides its name. */
export const SMALL = 280;

/** The names of B and A along their threads, with what they measure. */
export function threadNames(g: Element, {edge, thick, side, corner}: Geometry, {d, r}: {d: number; r: number}) {
  const size = `1/${significant(d / r, 4)} of the side`;
  const end = Math.min(corner + side, edge) - 4;
  const at = corner - GAP - Math.min(thick, corner) - 9;
  for (const [name, is, transform, anchor] of [
    ["name-B", "wide", `translate(${rounded(Math.max(at, 14))} ${rounded(end)}) rotate(-90)`, null],
    ["name-A", "high", `translate(${rounded(end)} ${rounded(Math.max(at, 14))})`, "end"],
  ] as const) {
    const text = layer(g, "text", name);
    attributes(text, {transform, "text-anchor": anchor});
    const symbol = name === "name-B" ? "B" : "A";
    write(text, [{symbol, text: symbol}, ` is ${size} ${is}`], "tspan");
  }
}

/** The square's name, clear of the cone, while all of it is in sight; close up, what a cell is. */
export function inside(
  g: Element,
  {edge, side, corner, unit}: Geometry,
  {d, zoom, hasLens}: {d: number; zoom: number; hasLens: boolean},
) {
  const isWhole = zoom < 0.3;
  // Half of the letters below it fit between it and the edge.
  const [x, y] = [
    rounded(Math.min(corner + 0.65 * side, edge - 74)),
    rounded(corner + Math.max(0.21 * side, 0.13 * edge)),
  ];
  const name = layer(g, "text", "vast of-W0");
  attributes(name, {transform: `translate(${x} ${y})`, "text-anchor": "middle"});
  write(name, isWhole ? ["W", "q"] : [], "tspan");
  if (isWhole) attributes(name.lastElementChild!, {dy: "0.25em"});
  const shape = isWhole && edge >= SMALL ? `${whole(d)} × ${whole(d)}, frozen` : "";
  label(g, "shape", shape, {x, y: rounded(y + 0.05 * edge + 16), anchor: "middle"});
  const isSaid = !hasLens && !isWhole && unit > 12;
  label(g, "cell", isSaid ? "each cell is one weight" : "", {x: edge - 14, y: edge - 16, anchor: "end"});
}
