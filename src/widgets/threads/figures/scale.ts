import {select} from "d3";
import {chart} from "../../../figures/chart.ts";
import {layer} from "../../../figures/layer.ts";
import type {Room} from "../../../figures/room.ts";
import {rounded} from "../../../figures/rounded.ts";
import {counted, fixed, significant, whole} from "../../../figures/text/format.ts";
import {label} from "../../../figures/text/label.ts";
import {write} from "../../../figures/text/symbol.ts";
import {sign} from "../../../shell/signs.ts";
import type {Act} from "../../../shell/widget.ts";
import type {ThreadsParams, ThreadsResult} from "../model.ts";
import {approach} from "./approach.ts";
import {GAP, type Geometry, geometry} from "./geometry.ts";
import {handle} from "./handle.ts";
import {lens, presence} from "./lens.ts";
import {person, TALL} from "./person.ts";
import {pieces} from "./pieces.ts";

/** Pictures narrower than this have no words in the square besides its name. */
const SMALL = 260;

/** A thickness in pixels as a reader may check it: "0.16", "4.2", "170". */
const pixels = (thick: number): string => (thick < 1 ? fixed(thick, 2) : thick < 10 ? fixed(thick, 1) : whole(thick));

/** The names of B and A along their threads, with what they measure. */
function names(
  g: Element,
  {edge, thick, side, corner}: Geometry,
  {d, r, isMeasured}: {d: number; r: number; isMeasured: boolean},
) {
  const size = isMeasured ? `${pixels(thick)} px` : `1/${significant(d / r, 4)} of the side`;
  const end = Math.min(corner + side, edge) - 4;
  const at = corner - GAP - Math.min(thick, corner) - 9;
  for (const [name, is, transform, place] of [
    ["of-B", "wide", `translate(${rounded(Math.max(at, 14))} ${rounded(end)}) rotate(-90)`, "start"],
    ["of-A", "high", `translate(${rounded(end)} ${rounded(Math.max(at, 14))})`, "end"],
  ] as const) {
    const text = layer(g, "text", name);
    select(text).attr("transform", transform).attr("text-anchor", place);
    write(text, [name === "of-B" ? sign.B : sign.A, ` is ${size} ${is}`], "tspan");
  }
}

/** The square's name, clear of the cone, while all of it is in sight; close up, what a pixel or a cell is. */
function inside(
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
    .attr("style", `font-size:${rounded(0.16 * edge)}px`);
  write(name, isWhole ? ["W", "q"] : [], "tspan");
  select(name).select("tspan:last-child").attr("dy", "0.25em");
  label(g, "shape", isNamed ? `${whole(d)} × ${whole(d)}, frozen` : "", {x, y: y + 0.05 * edge + 16, anchor: "middle"});
  const cell = unit < 1 ? `a pixel holds ${counted(Math.round(1 / unit ** 2), "weight")}` : "each cell is one weight";
  const isSaid = !hasLens && !isWhole && (unit < 1 || unit > 12);
  label(g, "cell", isSaid ? cell : "", {x: edge - 14, y: edge - 16, anchor: "end"});
}

/** The square and its threads to scale, the lens on their corner, and the handle. */
export function scale(picture: Element, result: ThreadsResult, params: ThreadsParams, act: Act, room: Room) {
  const {d, breakEven, closest} = result;
  const {r, zoom} = params;
  const {g, width} = chart(picture, "threads", room, {
    nominal: 400,
    height: (width) => width,
    alt: `A square of ${whole(d)} by ${whole(d)} frozen weights with B at its left edge and A at its top edge, to scale: each is 1/${significant(d / r, 4)} of the side thick. Plus and minus zoom`,
    interactive: true,
  });
  const at = geometry(width, d, r, 10 ** zoom);
  const svg = g.parentElement!;
  select(svg).attr("tabindex", 0);
  pieces(
    layer(g, "g", "plane"),
    {x: at.corner, y: at.corner, unit: at.unit, r, d, gap: GAP},
    {left: 0, top: 0, right: width, bottom: width},
  );
  const words = layer(g, "g", "words");
  words.setAttribute("aria-hidden", "true");
  inside(words, at, {d, zoom, hasLens: presence(zoom, at.thick) > 0});
  names(words, at, {d, r, isMeasured: room.widthOf(svg.parentElement!) !== undefined});
  const foot = at.corner + at.side;
  const isSeen = d > 2 * TALL && foot < 1.5 * width && width >= SMALL;
  person(words, {x: at.corner + 0.03 * at.side, foot, unit: at.unit, isSeen});
  lens(words, at, {d, r, zoom});
  handle(g, at, params, breakEven, act);
  approach(svg, zoom, closest, act);
}
