/** The square with B and A, as the picture and its lens show them. */
import {attributes, children} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {cut, type Window} from "./geometry.ts";

interface Pieces {
  /** The square's upper left corner, across and down alike. */
  corner: number;
  /** The edge of one weight and the thickness of B and A, in units; rank, and side of the square, in weights. */
  unit: number;
  thick: number;
  r: number;
  d: number;
  gap: number;
}

/** The edge of a weight from which on lines separate weights, columns of B with rows of A, and entries of B and A. */
export const WEIGHTS_FROM = 3;
const [COLUMNS_FROM, ENTRIES_FROM] = [4, 9];

/** Positions between `low` and `high` of the lines that divide `count` cells of width `unit`, the first of which begins at `from`. */
function dividers(from: number, unit: number, count: number, low: number, high: number): number[] {
  const first = Math.max(Math.ceil((low - from) / unit), 1);
  const last = Math.min(Math.floor((high - from) / unit), count - 1);
  return Array.from({length: Math.max(last - first + 1, 0)}, (_, i) => rounded(from + (first + i) * unit));
}

/** Draws the square (d,d), B (d,r) at its left and A (r,d) above it, as far as they are visible; close up with their entries as cells. */
export function matrixPieces(g: Element, {corner, unit, thick, r, d, gap}: Pieces, visible: Window) {
  const end = corner + d * unit;
  const [near, far] = [corner - gap - thick, corner - gap];
  const square = cut({left: corner, top: corner, right: end, bottom: end}, visible);
  const B = cut({left: near, top: corner, right: far, bottom: end}, visible);
  const A = cut({left: corner, top: near, right: end, bottom: far}, visible);
  const rects = children(layer(g, "g", "blocks"), "rect", ["piece block-W0", "piece block-B", "piece block-A"]);
  for (const [i, {left, top, right, bottom}] of [square, B, A].entries())
    attributes(rects[i]!, {
      x: rounded(left, 3),
      y: rounded(top, 3),
      width: rounded(Math.max(right - left, 0), 3),
      height: rounded(Math.max(bottom - top, 0), 3),
    });
  // Lines across or down a part, between `count` cells that begin at `from`.
  const upright = ({left, right, top, bottom}: Window, from: number, count: number) =>
    dividers(from, unit, count, left, right).map((x) => `M${x} ${rounded(top)}V${rounded(bottom)}`);
  const level = ({left, right, top, bottom}: Window, from: number, count: number) =>
    dividers(from, unit, count, top, bottom).map((y) => `M${rounded(left)} ${y}H${rounded(right)}`);
  const lines = (name: string, from: number, width: number, paths: () => string[]) =>
    attributes(layer(g, "path", name), {d: unit > from ? paths().join("") : "", "stroke-width": rounded(width, 2)});
  lines("weights", WEIGHTS_FROM, Math.min(0.06 * unit, 2), () => [
    ...upright(square, corner, d),
    ...level(square, corner, d),
  ]);
  lines("places", ENTRIES_FROM, 1, () => [...level(B, corner, d), ...upright(A, corner, d)]);
  lines("columns", COLUMNS_FROM, Math.min(0.16 * unit, 5), () => [...upright(B, near, r), ...level(A, near, r)]);
}
