/** Draws the lens on the corner where B and A meet the square, and zooms to that corner when it is pressed. */
import {attributes, children, makePressable} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {cone, roundBelow} from "../../figure/plot/lens.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {shapePath} from "../../figure/plot/shapes.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import type {Act} from "../../figure/widget.ts";
import {drawMatrices, GAP, type Geometry} from "./square.ts";

/** Draws an empty lens with a cone from the place that it shows, and returns the group for what is inside. */
export function drawEmptyLens(
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

/** B and A of this thickness, in units, need no lens. */
const NO_LENS_FROM = 18;
/** From the lens to the edges of the picture, and the lens's radius as a share of the picture. */
const [INSET, RADIUS_SHARE] = [23, 0.23];
const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** Draws the lens at the lower right of the square. It fades as B and A become thick enough to see, and where it would cover layers. */
export function drawThreadLens(
  g: Element,
  {edge, unit, thickness, corner}: Geometry,
  {r, zoom, onPress}: {r: number; zoom: number; onPress(): void},
) {
  const opacity = clamp(1 + 10 * zoom, 0, 1) * clamp(2 * (1 - thickness / NO_LENS_FROM), 0, 1);
  const [box] = children(g, "g", opacity > 0 ? ["glass"] : []);
  if (!box) return;
  attributes(box, {opacity: opacity < 1 ? rounded(opacity, 2) : null});
  const radius = rounded(RADIUS_SHARE * edge);
  const middle = rounded(edge - radius - INSET);
  // B and A fit into the upper left of the lens; the square fills the rest.
  const times = roundBelow((0.7 * radius) / thickness);
  const lensUnit = unit * times;
  makePressable(box, `Corner × ${whole(times)}: fly there`, false, onPress);
  attributes(box, {"aria-pressed": null});
  const inside = drawEmptyLens(box, [corner - 3, corner - 3], [middle, middle], radius);
  // The group is as large as the lens, so half of it is the lens's radius.
  attributes(inside, {"clip-path": "circle(50%)"});
  const [lensStart, lensEnd] = [middle - radius, middle + radius];
  attributes(layer(inside, "path", "ground"), {d: `M${lensStart} ${lensStart}H${lensEnd}V${lensEnd}H${lensStart}Z`});
  const start = lensStart + Math.max(r * lensUnit + GAP + 0.04 * radius, 0.6 * radius);
  const visible = {left: lensStart, top: lensStart, right: lensEnd, bottom: lensEnd};
  drawMatrices(inside, {corner: start, unit: lensUnit, thickness: r * lensUnit, r, gap: GAP}, visible);
  const place = {x: rounded(middle + 0.3 * radius), anchor: "middle"} as const;
  label(box, "corner", "corner", {...place, y: rounded(middle + 0.34 * radius)});
  label(box, "power", `× ${whole(times)}`, {...place, y: rounded(middle + 0.34 * radius + 17)});
}

/** Milliseconds of flight for a factor of ten. */
const MS_PER_POWER = 650;

/** Zooms smoothly from one power of ten to another, or at once if the reader prefers reduced motion. */
export function animateZoom(picture: Element, from: number, to: number, act: Act) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return act.set({zoom: to});
  let began: number | undefined;
  const step = (now: number) => {
    began ??= now;
    const t = Math.min((now - began) / (MS_PER_POWER * Math.abs(to - from)), 1);
    act.set({zoom: Math.round(100 * (from + (to - from) * t * t * (3 - 2 * t))) / 100});
    if (t < 1 && picture.isConnected) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
