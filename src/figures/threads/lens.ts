/** The lens on the corner where B and A meet the square, and the flight to that corner when it is pressed. */
import {attributes, children, pressable} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {cone, roundBelow} from "../../figure/plot/lens.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {shapePath} from "../../figure/plot/shapes.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import type {Act} from "../../figure/widget.ts";
import {GAP, type Geometry} from "./drawing/geometry.ts";
import {matrixPieces} from "./drawing/pieces.ts";

/** Draws an empty lens with a cone from the place that it shows, and gives the group for what is inside. */
export function emptyLens(
  g: Element,
  [x, y]: readonly [x: number, y: number],
  [cx, cy]: readonly [x: number, y: number],
  radius: number,
): Element {
  const [beam, halo, inside, bezel] = ["beam", "halo", "inside", "bezel"].map((name) =>
    layer(g, name === "inside" ? "g" : "path", name),
  ) as [Element, Element, Element, Element];
  attributes(beam, {d: cone(rounded(x), rounded(y), cx, cy, radius)});
  attributes(halo, {d: shapePath("circle", [cx, cy], radius + 5)});
  attributes(bezel, {d: shapePath("circle", [cx, cy], radius)});
  return inside;
}

/** B and A of this thickness need no lens. */
const THICK = 18;
/** From the lens to the edges of the picture, and the lens's radius as a share of the picture. */
const [INSET, RADIUS_SHARE] = [23, 0.23];
const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** Draws the lens at the lower right of the square. It fades as B and A become thick enough to see, and where it would cover layers. */
export function threadLens(
  g: Element,
  {edge, unit, thick, corner}: Geometry,
  {d, r, zoom, onPress}: {d: number; r: number; zoom: number; onPress(): void},
) {
  const opacity = clamp(1 + 10 * zoom, 0, 1) * clamp(2 * (1 - thick / THICK), 0, 1);
  const [box] = children(g, "g", opacity > 0 ? ["glass"] : []);
  if (!box) return;
  attributes(box, {opacity: opacity < 1 ? rounded(opacity, 2) : null});
  const radius = rounded(RADIUS_SHARE * edge);
  const middle = rounded(edge - radius - INSET);
  // B and A fit into the upper left of the lens; the square fills the rest.
  const times = roundBelow((0.7 * radius) / thick);
  const inner = unit * times;
  pressable(box, `Corner × ${whole(times)}: fly there`, false, onPress);
  attributes(box, {"aria-pressed": null});
  const inside = emptyLens(box, [corner - 3, corner - 3], [middle, middle], radius);
  // The group is as large as the lens, so half of it is the lens's radius.
  attributes(inside, {"clip-path": "circle(50%)"});
  const [first, last] = [middle - radius, middle + radius];
  attributes(layer(inside, "path", "ground"), {d: `M${first} ${first}H${last}V${last}H${first}Z`});
  const start = first + Math.max(r * inner + GAP + 0.04 * radius, 0.6 * radius);
  const visible = {left: first, top: first, right: last, bottom: last};
  matrixPieces(inside, {corner: start, unit: inner, thick: r * inner, r, d, gap: GAP}, visible);
  const place = {x: rounded(middle + 0.3 * radius), anchor: "middle"} as const;
  label(box, "corner", "corner", {...place, y: rounded(middle + 0.34 * radius)});
  label(box, "power", `× ${whole(times)}`, {...place, y: rounded(middle + 0.34 * radius + 17)});
}

/** Milliseconds of flight for a factor of ten. */
const PACE = 650;

/** Zooms smoothly from one power of ten to another; at once for readers who asked for less motion. */
export function fly(picture: Element, from: number, to: number, act: Act) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return act.set({zoom: to});
  let began: number | undefined;
  const step = (now: number) => {
    began ??= now;
    const t = Math.min((now - began) / (PACE * Math.abs(to - from)), 1);
    act.set({zoom: Math.round(100 * (from + (to - from) * t * t * (3 - 2 * t))) / 100});
    if (t < 1 && picture.isConnected) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
