/** Draws the square with B and A, in the picture and in its lens. */
import {attributes, children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {intersection, type Window} from "./geometry.ts";

interface SquareOptions {
  /** The square's upper left corner, across and down alike. */
  corner: number;
  /** The edge of one weight and the thickness of B and A, in units; rank, and side of the square, in weights. */
  unit: number;
  thickness: number;
  r: number;
  d: number;
  gap: number;
}

/** Lines separate weights, columns of B and rows of A, and entries of B and A if the edge of a weight is more than this. */
export const WEIGHTS_FROM = 3;
const [COLUMNS_FROM, ENTRIES_FROM] = [4, 9];

/** The positions of lines between `count` cells of width `unit`, the first of which begins at `from`; only those from `low` to `high`. */
function dividers(from: number, unit: number, count: number, low: number, high: number): number[] {
  const first = Math.max(Math.ceil((low - from) / unit), 1);
  const last = Math.min(Math.floor((high - from) / unit), count - 1);
  return Array.from({length: Math.max(last - first + 1, 0)}, (_, i) => rounded(from + (first + i) * unit));
}

/** Draws what is visible of the square (d,d), of B (d,r) at its left and of A (r,d) above it; close up with lines between entries. */
export function drawMatrices(g: Element, {corner, unit, thickness, r, d, gap}: SquareOptions, visible: Window) {
  const end = corner + d * unit;
  // B and A reach from `outer` to `inner`.
  const [outer, inner] = [corner - gap - thickness, corner - gap];
  const square = intersection({left: corner, top: corner, right: end, bottom: end}, visible);
  const B = intersection({left: outer, top: corner, right: inner, bottom: end}, visible);
  const A = intersection({left: corner, top: outer, right: end, bottom: inner}, visible);
  const rects = children(layer(g, "g", "blocks"), "rect", ["piece block-W0", "piece block-B", "piece block-A"]);
  for (const [i, {left, top, right, bottom}] of [square, B, A].entries())
    attributes(rects[i]!, {
      x: rounded(left, 3),
      y: rounded(top, 3),
      width: rounded(Math.max(right - left, 0), 3),
      height: rounded(Math.max(bottom - top, 0), 3),
    });
  // Upright and level lines in a part, between `count` cells that begin at `from`.
  const upright = ({left, right, top, bottom}: Window, from: number, count: number) =>
    dividers(from, unit, count, left, right).map((x) => `M${x} ${rounded(top)}V${rounded(bottom)}`);
  const level = ({left, right, top, bottom}: Window, from: number, count: number) =>
    dividers(from, unit, count, top, bottom).map((y) => `M${rounded(left)} ${y}H${rounded(right)}`);
  const drawLines = (name: string, minUnit: number, width: number, paths: () => string[]) =>
    attributes(layer(g, "path", name), {d: unit > minUnit ? paths().join("") : "", "stroke-width": rounded(width, 2)});
  drawLines("weights", WEIGHTS_FROM, Math.min(0.06 * unit, 2), () => [
    ...upright(square, corner, d),
    ...level(square, corner, d),
  ]);
  drawLines("places", ENTRIES_FROM, 1, () => [...level(B, corner, d), ...upright(A, corner, d)]);
  drawLines("columns", COLUMNS_FROM, Math.min(0.16 * unit, 5), () => [...upright(B, outer, r), ...level(A, outer, r)]);
}
