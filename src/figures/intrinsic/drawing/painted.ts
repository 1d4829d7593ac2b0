/** Paintings of cells in two colors, with their mistakes marked. */
import {attributes} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

/** Rows overlap by this share of a cell, so that no background is seen between them. */
const OVERLAP = 0.15;

/** Where a square of cells is drawn: its upper left corner and its edge in units, and the cells along a side. */
interface Grid {
  left: number;
  top: number;
  size: number;
  side: number;
}

/** The cells for which `isOn` is true as a path, a rectangle for each stretch of them in a row. */
export function cellsPath(isOn: (n: number) => boolean, {left, top, size, side}: Grid): string {
  const cell = size / side;
  let path = "";
  for (let row = 0; row < side; row++)
    for (let from = 0; from < side; from++) {
      if (!isOn(row * side + from)) continue;
      let to = from + 1;
      while (to < side && isOn(row * side + to)) to++;
      const height = row === side - 1 ? cell : (1 + OVERLAP) * cell;
      path += `M${rounded(left + from * cell)} ${rounded(top + row * cell)}h${rounded((to - from) * cell)}v${rounded(height)}H${rounded(left + from * cell)}z`;
      from = to;
    }
  return path;
}

interface Pair {
  /** The right colors, and the painted ones. */
  target: ArrayLike<number>;
  classes: ArrayLike<number>;
  /** Cells along a side. */
  side: number;
  names: readonly [target: string, painting: string];
}

/** In units: a line of words above a painting, and the gap between two paintings. */
const [LABEL_HEIGHT, PAIR_GAP] = [22, 16];

/** What was to be painted and what is, one above the other or side by side, as large as fits. */
export function drawPair(g: Element, {target, classes, side, names}: Pair, {width, height}: Sheet) {
  const isHigh = height > width;
  const size = isHigh
    ? Math.min(width - 2, (height - 2 * LABEL_HEIGHT - PAIR_GAP) / 2)
    : Math.min((width - PAIR_GAP) / 2, height - LABEL_HEIGHT - 2);
  const step = size + PAIR_GAP;
  for (const [i, colors] of [target, classes].entries()) {
    const [left, top] = isHigh ? [1, i * (step + LABEL_HEIGHT)] : [i * step, 0];
    const one = group(g, i ? "given" : "due", left, LABEL_HEIGHT + top);
    label(one, "head", names[i]!, {x: 0, y: -7});
    const grid = {left: 0, top: 0, size, side};
    const cells = layer(one, "g", "painting");
    attributes(layer(cells, "rect", "ground"), {width: rounded(size), height: rounded(size)});
    attributes(layer(cells, "path", "dark"), {d: cellsPath((n) => colors[n] !== 0, grid)});
    attributes(layer(cells, "path", "wrong"), {d: cellsPath((n) => colors[n] !== target[n], grid)});
  }
}
