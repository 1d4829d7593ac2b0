/** The square with B and A, as the picture and its lens show them. */
import {attributes, children} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

/** The part of the plane that is visible, in units. */
export interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Pieces {
  /** The square's upper left corner. */
  x: number;
  y: number;
  /** The edge of one weight and the thickness of B and A, in units; rank, and side of the square, in weights. */
  unit: number;
  thick: number;
  r: number;
  d: number;
  gap: number;
}

/** The edge of a weight from which on lines separate weights, columns of B with rows of A, and entries of B and A. */
const [WEIGHTS_FROM, COLUMNS_FROM, ENTRIES_FROM] = [3, 4, 9];

/** Positions between `low` and `high` of the lines that divide `count` cells of width `unit`, the first of which begins at `from`. */
function dividers(from: number, unit: number, count: number, low: number, high: number): number[] {
  const first = Math.max(Math.ceil((low - from) / unit), 1);
  const last = Math.min(Math.floor((high - from) / unit), count - 1);
  return Array.from({length: Math.max(last - first + 1, 0)}, (_, i) => rounded(from + (first + i) * unit));
}

/** Draws the square (d,d), B (d,r) at its left and A (r,d) above it, as far as they are visible; close up with their entries as cells. */
export function matrixPieces(g: Element, {x, y, unit, thick, r, d, gap}: Pieces, at: Window) {
  const side = d * unit;
  const cut = (left: number, top: number, right: number, bottom: number) => ({
    left: Math.max(left, at.left),
    top: Math.max(top, at.top),
    right: Math.min(right, at.right),
    bottom: Math.min(bottom, at.bottom),
  });
  const square = cut(x, y, x + side, y + side);
  const B = cut(x - gap - thick, y, x - gap, y + side);
  const A = cut(x, y - gap - thick, x + side, y - gap);
  const rects = children(layer(g, "g", "blocks"), "rect", ["piece block-W0", "piece block-B", "piece block-A"]);
  for (const [i, {left, top, right, bottom}] of [square, B, A].entries())
    attributes(rects[i]!, {
      ...{x: rounded(left, 3), y: rounded(top, 3)},
      width: rounded(Math.max(right - left, 0), 3),
      height: rounded(Math.max(bottom - top, 0), 3),
    });
  const columns = (part: Window) => dividers(x, unit, d, part.left, part.right);
  const rows = (part: Window) => dividers(y, unit, d, part.top, part.bottom);
  const upright = (all: readonly number[], {top, bottom}: Window) =>
    all.map((to) => `M${to} ${rounded(top)}V${rounded(bottom)}`);
  const level = (all: readonly number[], {left, right}: Window) =>
    all.map((to) => `M${rounded(left)} ${to}H${rounded(right)}`);
  const lines = (name: string, isDrawn: boolean, width: number, path: () => string[]) =>
    attributes(layer(g, "path", name), {d: isDrawn ? path().join("") : "", "stroke-width": rounded(width, 2)});
  lines("weights", unit > WEIGHTS_FROM, Math.min(0.06 * unit, 2), () => [
    ...upright(columns(square), square),
    ...level(rows(square), square),
  ]);
  lines("places", unit > ENTRIES_FROM, 1, () => [...level(rows(B), B), ...upright(columns(A), A)]);
  lines("columns", unit > COLUMNS_FROM, Math.min(0.16 * unit, 5), () => [
    ...upright(dividers(x - gap - thick, unit, r, B.left, B.right), B),
    ...level(dividers(y - gap - thick, unit, r, A.top, A.bottom), A),
  ]);
}
