/** The numbers in the cells of a drawn matrix. */
import {range, select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {rounded} from "../rounded.ts";
import {fixed} from "../text/format.ts";
import {withText} from "../text/put.ts";

/** The size of a cell. */
interface Cell {
  cellWidth: number;
  cellHeight: number;
}

/** The widths of a digit or a sign and of a point at 13 px, and the share of them at 12.4 px. */
const DIGIT = 8.1;
const POINT = 3.7;
const SMALL_SHARE = 12.4 / 13;
/** Cells that are wider than this have room for letters of 15 px. */
const LARGE_CELL = 42;
/** The least distance between two numbers. */
const MIN_GAP = 4;

const widthOf = (text: string): number => (text.length - 1) * DIGIT + POINT;

/**
 * Writes the numbers of a matrix into its cells, to one decimal: in 13 px, or in 12.4 px if only so they fit. If one would touch the
 * next, all leave out the zero before their point. Without a matrix it removes them.
 */
export function cellNumbers(g: Element, m: Matrix | undefined, {cellWidth, cellHeight}: Cell) {
  const all = m ? Array.from(m.data, (value) => fixed(value, 1)) : [];
  const isTight = all.some((text) => widthOf(text) * SMALL_SHARE + MIN_GAP > cellWidth);
  const textOf = (n: number) => (isTight ? all[n]!.replace(/^(−?)0\./, "$1.") : all[n]!);
  // All or none: some numbers alone would look as if the others were missing. The trace and the table have them.
  const doFit = cellHeight >= 14 && all.every((_, n) => widthOf(textOf(n)) * SMALL_SHARE <= cellWidth);
  select(g)
    .selectChildren<SVGTextElement, number>("text")
    .data(range(all.length))
    .join("text")
    .attr(
      "class",
      (n) => `number${cellWidth > LARGE_CELL ? " large" : widthOf(textOf(n)) + 2 > cellWidth ? " small" : ""}`,
    )
    .attr("x", (n) => rounded(((n % m!.cols) + 0.5) * cellWidth))
    .attr("y", (n) => rounded((Math.floor(n / m!.cols) + 0.5) * cellHeight))
    .attr("dy", "0.34em")
    .attr("text-anchor", "middle")
    .each(withText((n) => (doFit ? textOf(n) : "")));
}
