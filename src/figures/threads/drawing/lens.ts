import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {cone, roundBelow} from "../../../figure/plot/magnified.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {GAP, type Geometry} from "./geometry.ts";
import {matrixPieces} from "./pieces.ts";

/** Threads of so many pixels are seen without a lens; from the zoom × 7 on there is none. */
const THICK = 18;
/** From the lens to the end of the picture: its ring is inside the square. */
const INSIDE = 23;
const within = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** How strongly the lens is drawn: it goes as the threads become thick enough to see. */
export const presence = (zoom: number, thick: number): number =>
  within(1.35 - 1.6 * zoom, 0, 1) * within(2 * (1 - thick / THICK), 0, 1);

/** A lens at the lower right of the square, on the corner where B and A meet the square, and a pale cone that leads to it. */
export function threadLens(
  g: Element,
  {edge, unit, thick, corner}: Geometry,
  {d, r, zoom}: {d: number; r: number; zoom: number},
) {
  const box = layer(g, "g", "glass");
  const seen = presence(zoom, thick);
  select(box).attr("opacity", seen > 0 && seen < 1 ? rounded(seen, 2) : null);
  if (seen === 0) return box.replaceChildren();
  const radius = rounded(within(0.235 * edge, 60, 150));
  const middle = rounded(edge - radius - INSIDE);
  // All of the threads at the lens's upper left, and the square's own weights in the rest of it.
  const times = roundBelow((0.7 * radius) / thick);
  const inner = unit * times;
  select(layer(box, "path", "beam")).attr("d", cone(rounded(corner - 3), rounded(corner - 3), middle, middle, radius));
  const [first, last] = [middle - radius, middle + radius];
  const at = {left: first, top: first, right: last, bottom: last};
  select(layer(box, "circle", "halo"))
    .attr("cx", middle)
    .attr("cy", middle)
    .attr("r", radius + 5);
  const inside = layer(box, "g", "inside");
  // The group is as large as the lens, so half of it is the lens's radius.
  select(inside).attr("clip-path", "circle(50%)");
  select(layer(inside, "rect", "ground"))
    .attr("x", at.left)
    .attr("y", at.top)
    .attr("width", 2 * radius)
    .attr("height", 2 * radius);
  const start = middle - radius + Math.max(r * inner + GAP + 0.04 * radius, 0.6 * radius);
  matrixPieces(inside, {x: start, y: start, unit: inner, r, d, gap: GAP}, at);
  select(layer(box, "circle", "bezel"))
    .attr("cx", middle)
    .attr("cy", middle)
    .attr("r", radius);
  const place = {x: middle + 0.3 * radius, anchor: "middle"} as const;
  label(box, "corner", "corner", {...place, y: middle + 0.34 * radius});
  label(box, "power", `× ${whole(times)}`, {...place, y: middle + 0.34 * radius + 17});
}
