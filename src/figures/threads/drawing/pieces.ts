import {attributes, children} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

/** A part of the plane in which square, B and A are drawn. */
export interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Pieces {
  /** The square's upper left corner. */
  x: number;
  y: number;
  /** The edge of one weight, the thickness of B and A, the ranks, and the weights along the square. */
  unit: number;
  thick: number;
  r: number;
  d: number;
  gap: number;
}

/** From these units on a weight has lines around it, columns of B are apart, and their entries are told apart. */
const [LINED, APART, PLACED] = [3, 4, 9];

/** The lines between the places from `from` on, `count` of them `unit` apart, that lie between `low` and `high`. */
function between(from: number, unit: number, count: number, low: number, high: number): number[] {
  const first = Math.max(Math.ceil((low - from) / unit), 1);
  const last = Math.min(Math.floor((high - from) / unit), count - 1);
  return Array.from({length: Math.max(last - first + 1, 0)}, (_, i) => rounded(from + (first + i) * unit));
}

/** The square, B at its left and A above it, as far as they lie in the window; close up, with their entries as cells. */
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
  const columns = (part: Window) => between(x, unit, d, part.left, part.right);
  const rows = (part: Window) => between(y, unit, d, part.top, part.bottom);
  const upright = (all: readonly number[], {top, bottom}: Window) =>
    all.map((to) => `M${to} ${rounded(top)}V${rounded(bottom)}`);
  const level = (all: readonly number[], {left, right}: Window) =>
    all.map((to) => `M${rounded(left)} ${to}H${rounded(right)}`);
  const lines = (name: string, isDrawn: boolean, width: number, path: () => string[]) =>
    attributes(layer(g, "path", name), {d: isDrawn ? path().join("") : "", "stroke-width": rounded(width, 2)});
  lines("weights", unit > LINED, Math.min(0.06 * unit, 2), () => [
    ...upright(columns(square), square),
    ...level(rows(square), square),
  ]);
  lines("places", unit > PLACED, 1, () => [...level(rows(B), B), ...upright(columns(A), A)]);
  lines("columns", unit > APART, Math.min(0.16 * unit, 5), () => [
    ...upright(between(x - gap - thick, unit, r, B.left, B.right), B),
    ...level(between(y - gap - thick, unit, r, A.top, A.bottom), A),
  ]);
}
