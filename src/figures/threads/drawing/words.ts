import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {counted, fixed, significant, whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {write} from "../../../figure/plot/text/symbol.ts";
import {GAP, type Geometry} from "./geometry.ts";

/** Pictures narrower than this have no words in the square besides its name. */
export const SMALL = 260;

/** A thickness in pixels as a reader may check it: "0.16", "4.2", "170". */
const pixels = (thick: number): string => (thick < 1 ? fixed(thick, 2) : thick < 10 ? fixed(thick, 1) : whole(thick));

/** The names of B and A along their threads, with what they measure. */
export function threadNames(
  g: Element,
  {edge, thick, side, corner}: Geometry,
  {d, r, isMeasured}: {d: number; r: number; isMeasured: boolean},
) {
  const size = isMeasured ? `${pixels(thick)} px` : `1/${significant(d / r, 4)} of the side`;
  const end = Math.min(corner + side, edge) - 4;
  const at = corner - GAP - Math.min(thick, corner) - 9;
  for (const [name, is, transform, place] of [
    ["name-B", "wide", `translate(${rounded(Math.max(at, 14))} ${rounded(end)}) rotate(-90)`, "start"],
    ["name-A", "high", `translate(${rounded(end)} ${rounded(Math.max(at, 14))})`, "end"],
  ] as const) {
    const text = layer(g, "text", name);
    select(text).attr("transform", transform).attr("text-anchor", place);
    const symbol = name === "name-B" ? "B" : "A";
    write(text, [{symbol, text: symbol}, ` is ${size} ${is}`], "tspan");
  }
}

/** The square's name, clear of the cone, while all of it is in sight; close up, what a pixel or a cell is. */
export function inside(
  g: Element,
  {edge, side, corner, unit}: Geometry,
  {d, zoom, hasLens}: {d: number; zoom: number; hasLens: boolean},
) {
  const isWhole = zoom < 0.3;
  const isNamed = isWhole && edge >= SMALL;
  // Half of the letters below it fit between it and the edge.
  const [x, y] = [Math.min(corner + 0.65 * side, edge - 74), corner + Math.max(0.21 * side, 0.13 * edge)];
  const name = layer(g, "text", "vast of-W0");
  select(name)
    .attr("transform", `translate(${rounded(x)} ${rounded(y)})`)
    .attr("text-anchor", "middle")
    .style("font-size", `${rounded(0.16 * edge)}px`);
  write(name, isWhole ? ["W", "q"] : [], "tspan");
  select(name).select("tspan:last-child").attr("dy", "0.25em");
  label(g, "shape", isNamed ? `${whole(d)} × ${whole(d)}, frozen` : "", {x, y: y + 0.05 * edge + 16, anchor: "middle"});
  const cell = unit < 1 ? `a pixel covers ${counted(Math.round(1 / unit ** 2), "weight")}` : "each cell is one weight";
  const isSaid = !hasLens && !isWhole && (unit < 1 || unit > 12);
  label(g, "cell", isSaid ? cell : "", {x: edge - 14, y: edge - 16, anchor: "end"});
}
