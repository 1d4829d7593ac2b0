/** Paintings of cells in two colors, with their mistakes marked. */
import {select} from "d3";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {PICTURE_SIDE as SIDE} from "../settings.ts";

/** Rows overlap by this share of a cell, so that no background is seen between them. */
const OVERLAP = 0.15;

/** The cells for which `isOn` is true as a path, a rectangle for each stretch of them in a row; the picture is `size` units wide. */
export function cellsPath(isOn: (n: number) => boolean, left: number, top: number, size: number): string {
  const cell = size / SIDE;
  let path = "";
  for (let row = 0; row < SIDE; row++)
    for (let from = 0; from < SIDE; from++) {
      if (!isOn(row * SIDE + from)) continue;
      let to = from + 1;
      while (to < SIDE && isOn(row * SIDE + to)) to++;
      const height = row === SIDE - 1 ? cell : (1 + OVERLAP) * cell;
      path += `M${rounded(left + from * cell)} ${rounded(top + row * cell)}h${rounded((to - from) * cell)}v${rounded(height)}H${rounded(left + from * cell)}z`;
      from = to;
    }
  return path;
}

interface Pair {
  /** The right colors, and the painted ones. */
  target: ArrayLike<number>;
  classes: ArrayLike<number>;
  names: readonly [target: string, painting: string];
}

/** In units: a line of words above a painting, and the gap between two paintings. */
const [LABEL_HEIGHT, PAIR_GAP] = [22, 16];

/** What was to be painted and what is, one above the other or side by side, as large as fits. */
export function drawPair(g: Element, {target, classes, names}: Pair, {width, height}: Sheet) {
  const isHigh = height > width;
  const size = isHigh
    ? Math.min(width - 2, (height - 2 * LABEL_HEIGHT - PAIR_GAP) / 2)
    : Math.min((width - PAIR_GAP) / 2, height - LABEL_HEIGHT - 2);
  const step = size + PAIR_GAP;
  for (const [i, colors] of [target, classes].entries()) {
    const [left, top] = isHigh ? [1, i * (step + LABEL_HEIGHT)] : [i * step, 0];
    const one = group(g, i ? "given" : "due", left, LABEL_HEIGHT + top);
    label(one, "head", names[i]!, {x: 0, y: -7});
    const cells = layer(one, "g", "painting");
    select(layer(cells, "rect", "ground"))
      .attr("width", rounded(size))
      .attr("height", rounded(size));
    select(layer(cells, "path", "dark")).attr(
      "d",
      cellsPath((n) => colors[n] !== 0, 0, 0, size),
    );
    select(layer(cells, "path", "wrong")).attr(
      "d",
      cellsPath((n) => colors[n] !== target[n], 0, 0, size),
    );
  }
}
