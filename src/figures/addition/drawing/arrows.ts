/** The arrows along which numbers flow through the drawing. */
import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import type {Layout} from "./layout.ts";

/** The length of an arrow's tip, in units. */
const HEAD = 7;
type Direction = "up" | "down" | "left" | "right";

/** A triangle whose tip is at (x, y). */
function head(x: number, y: number, to: Direction): string {
  const [length, half] = [HEAD, 0.8 * HEAD];
  const tip = `M${rounded(x)} ${rounded(y)}`;
  if (to === "left" || to === "right") return `${tip}l${to === "left" ? length : -length} ${-half}v${2 * half}z`;
  return `${tip}l${-half} ${to === "up" ? length : -length}h${2 * half}z`;
}

/** An arrow: its line, its tip and its thickness. */
interface Arrow {
  d: string;
  tip: readonly [x: number, y: number, to: Direction];
  thick: number;
}

/** Draws an arrow. */
function draw(g: Element, name: string, {d, tip, thick}: Arrow) {
  const arrow = layer(g, "g", `way ${name}`);
  attributes(layer(arrow, "path", "shaft"), {d, "stroke-width": rounded(thick)});
  attributes(layer(arrow, "path", "head"), {d: head(...tip)});
}

/** Draws the ways of x: down into the square, and up to A, from which A·x goes on through B and under the square to the output. */
export function drawArrows(g: Element, layout: Layout, loud: number) {
  const {isWide, left, top, edge, strip, aTop, xTop, bLeft, zero} = layout;
  const middle = left + edge / 2;
  const [bMiddle, aMiddle, foot] = [bLeft + strip / 2, aTop + strip / 2, top + edge];
  // The larger A·x is, the thicker the arrow.
  const thick = Math.min(Math.max(0.75 * Math.abs(loud), 1), 8) * (isWide ? 1 : 0.75);
  const below = foot + (isWide ? 14 : 11);
  const asks = left - (isWide ? 12 : 8);
  draw(g, "to-A", {d: `M${middle} ${xTop - 2}V${aTop + strip + 8}`, tip: [middle, aTop + strip + 3, "up"], thick: 4});
  draw(g, "to-W0", {d: `M${middle} ${xTop + strip + 2}V${top - 8}`, tip: [middle, top - 3, "down"], thick: 4});
  draw(g, "to-loud", {d: `M${left - 3} ${aMiddle}H${asks + 4}`, tip: [asks, aMiddle, "left"], thick: 4});
  draw(g, "to-B", {d: `M${bMiddle} ${aMiddle + 20}V${top - 8}`, tip: [bMiddle, top - 3, "down"], thick});
  draw(g, "to-h", {
    d: `M${bMiddle} ${foot + 3}V${below}H${rounded(zero)}V${foot + 10}`,
    tip: [zero, foot + 3, "up"],
    thick,
  });
}
