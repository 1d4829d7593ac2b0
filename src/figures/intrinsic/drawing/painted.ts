/** Paintings of cells in two colors, with their mistakes marked, or small. */
import {select} from "d3";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

/**
 * A path along the cells for which `isOn` is true: a line for each stretch of them in a row, or in a column with `isDown`. Lines
 * begin relative to the end of the one before, which compresses well.
 */
function stretches(side: number, isOn: (n: number) => boolean, isDown = false): string {
  let d = "";
  let [x, y] = [0, 0];
  for (let i = 0; i < side; i++)
    for (let j = 0; j < side; j++) {
      const at = (place: number) => (isDown ? place * side + i : i * side + place);
      if (!isOn(at(j))) continue;
      let length = 1;
      while (j + length < side && isOn(at(j + length))) length++;
      const [toX, toY] = isDown ? [i, j] : [j, i];
      d += `${d ? "m" : "M"}${toX - x} ${toY - y}${isDown ? "v" : "h"}${length}`;
      [x, y] = isDown ? [i, j + length] : [j + length, i];
      j += length;
    }
  return d;
}

/** The edges between dark and light cells. */
const borderOf = (target: ArrayLike<number>, side: number): string =>
  stretches(side, (n) => n >= side && target[n] !== target[n - side]) +
  stretches(side, (n) => n % side > 0 && target[n] !== target[n - 1], true);

const cellsOf = (g: Element, name: string, side: number, isOn: (n: number) => boolean) =>
  select(layer(g, "path", name))
    .attr("transform", "translate(0 .5)")
    .attr("d", stretches(side, isOn));

/** A square of cells in two colors, row by row, `width` units wide. Returns its group, in which a cell has a side of 1. */
export function painted(g: Element, colors: ArrayLike<number>, side: number, width: number): Element {
  const cells = layer(g, "g", "painting");
  select(cells).attr("transform", `scale(${rounded(width / side, 4)})`);
  select(layer(cells, "rect", "ground"))
    .attr("width", side)
    .attr("height", side);
  cellsOf(cells, "dark", side, (n) => colors[n] !== 0);
  return cells;
}

/** The same with its wrong cells marked, and the border of the right picture. */
function paintedWithErrors(
  g: Element,
  colors: ArrayLike<number>,
  target: ArrayLike<number>,
  side: number,
  width: number,
) {
  const cells = painted(g, colors, side, width);
  cellsOf(cells, "wrong", side, (n) => colors[n] !== target[n]);
  select(layer(cells, "path", "border")).attr("d", borderOf(target, side));
}

interface PairOptions {
  /** The right colors. */
  target: ArrayLike<number>;
  /** The painted ones. */
  classes: ArrayLike<number>;
  /** Cells along a side. */
  side: number;
  names: readonly [target: string, painting: string];
}

/** In units: a line of words above a painting, and the gap between two paintings. */
const [LABEL_HEIGHT, PAIR_GAP] = [22, 16];

/** What was to be painted and what is, one above the other or side by side, as large as fits. */
export function drawPair(g: Element, {target, classes, side, names}: PairOptions, {width, height}: Sheet) {
  const isHigh = height > width;
  const size = isHigh
    ? Math.min(width - 2, (height - 2 * LABEL_HEIGHT - PAIR_GAP) / 2)
    : Math.min((width - PAIR_GAP) / 2, height - LABEL_HEIGHT - 2);
  const step = size + PAIR_GAP;
  for (const [i, colors] of [target, classes].entries()) {
    const one = group(
      g,
      i ? "given" : "due",
      isHigh ? 1 : i * step,
      LABEL_HEIGHT + (isHigh ? i * (step + LABEL_HEIGHT) : 0),
    );
    label(one, "head", names[i]!, {x: 0, y: -7});
    paintedWithErrors(one, colors, target, side, size);
  }
}

/** A small painting with its middle at a place. */
interface Thumb {
  x: number;
  y: number;
  colors: ArrayLike<number>;
}

/** Small paintings, `width` units wide; the one at index `chosen` has a frame. */
export function thumbs(g: Element, all: readonly Thumb[], chosen: number, side: number, width: number) {
  const corner = ({x, y}: Thumb) => [x - width / 2, y - width / 2] as const;
  for (const [i, thumb] of all.entries()) painted(group(g, `thumb n${i}`, ...corner(thumb)), thumb.colors, side, width);
  const [x, y] = corner(all[chosen]!);
  select(layer(g, "rect", "frame"))
    .attr("x", rounded(x, 2))
    .attr("y", rounded(y, 2))
    .attr("width", width)
    .attr("height", width);
}
