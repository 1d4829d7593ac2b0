/** The lens on the corner where B and A meet the square. */
import {attributes, children, pressable} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {cone, roundBelow} from "../../../figure/plot/lens.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {shapePath} from "../../../figure/plot/shapes.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {GAP, type Geometry} from "./geometry.ts";
import {matrixPieces} from "./pieces.ts";

/** B and A of this thickness need no lens. */
const THICK = 18;
/** From the lens to the edges of the picture. */
const INSET = 23;
const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** The opacity of the lens, from 0 to 1: it fades as B and A become thick enough to see, and where it would cover other matrices. */
export const lensOpacity = (zoom: number, thick: number): number =>
  clamp(1 + 10 * zoom, 0, 1) * clamp(2 * (1 - thick / THICK), 0, 1);

/** Draws the lens at the lower right of the square, with a cone from the corner that it shows. Pressing it calls `onPress`. */
export function threadLens(
  g: Element,
  {edge, unit, thick, corner}: Geometry,
  {d, r, zoom, onPress}: {d: number; r: number; zoom: number; onPress(): void},
) {
  const opacity = lensOpacity(zoom, thick);
  const [box] = children(g, "g", opacity > 0 ? ["glass"] : []);
  if (!box) return;
  attributes(box, {opacity: opacity < 1 ? rounded(opacity, 2) : null});
  const radius = rounded(clamp((edge < 400 ? 0.215 : 0.235) * edge, 40, 150));
  const middle = rounded(edge - radius - INSET);
  // B and A fit into the upper left of the lens; the square fills the rest.
  const times = roundBelow((0.7 * radius) / thick);
  const inner = unit * times;
  pressable(box, `Corner × ${whole(times)}: fly there`, false, onPress);
  attributes(box, {"aria-pressed": null});
  const circle = (name: string, more: number) =>
    attributes(layer(box, "path", name), {d: shapePath("circle", [middle, middle], radius + more)});
  attributes(layer(box, "path", "beam"), {d: cone(rounded(corner - 3), rounded(corner - 3), middle, middle, radius)});
  circle("halo", 5);
  const inside = layer(box, "g", "inside");
  // The group is as large as the lens, so half of it is the lens's radius.
  attributes(inside, {"clip-path": "circle(50%)"});
  const [first, last] = [middle - radius, middle + radius];
  attributes(layer(inside, "path", "ground"), {d: `M${first} ${first}H${last}V${last}H${first}Z`});
  const start = first + Math.max(r * inner + GAP + 0.04 * radius, 0.6 * radius);
  const at = {left: first, top: first, right: last, bottom: last};
  matrixPieces(inside, {x: start, y: start, unit: inner, thick: r * inner, r, d, gap: GAP}, at);
  circle("bezel", 0);
  const place = {x: rounded(middle + 0.3 * radius), anchor: "middle"} as const;
  label(box, "corner", "corner", {...place, y: rounded(middle + 0.34 * radius)});
  label(box, "power", `× ${whole(times)}`, {...place, y: rounded(middle + 0.34 * radius + 17)});
}
