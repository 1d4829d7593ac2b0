import {range, select} from "d3";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {rounded} from "../rounded.ts";
import {fixed} from "../text/format.ts";
import {withText} from "../text/put.ts";

export interface Cell {
  cellWidth: number;
  cellHeight: number;
}

/** Width of a digit or a sign, and of a point, at 13 px; 12.4 px letters take a little less. */
const DIGIT = 8.1;
const POINT = 3.7;
const SMALL = 12.4 / 13;
/** Wider cells have room for letters of 15 px. */
const ROOMY = 42;
/** In narrower ones a number touches the next. */
const WIDE = 36;

const widthOf = (text: string): number => (text.length - 1) * DIGIT + POINT;

/** Leaves out a number too long for its cell; the trace and the table have it. */
const fitting = (text: string, width: number): string => (widthOf(text) * SMALL <= width ? text : "");

/**
 * The numbers of a matrix in its cells, to one decimal: in 13 px, or in 12.4 px where that makes them fit. Where cells are
 * narrow, those of columns or rows that are not `isClear` are left out: pale and tight they cannot be read.
 */
export function cellNumbers(
  g: Element,
  m: Matrix | undefined,
  {cellWidth, cellHeight}: Cell,
  isClear: (row: number, column: number) => boolean = () => true,
) {
  const written = (n: number) => fixed(m!.data[n], 1);
  select(g)
    .selectChildren<SVGTextElement, number>("text")
    .data(m ? range(m.data.length) : [])
    .join("text")
    .attr("class", (n) => `number${cellWidth > ROOMY ? " large" : widthOf(written(n)) + 2 > cellWidth ? " small" : ""}`)
    .attr("x", (n) => rounded(((n % m!.cols) + 0.5) * cellWidth))
    .attr("y", (n) => rounded((Math.floor(n / m!.cols) + 0.5) * cellHeight))
    .attr("dy", "0.34em")
    .attr("text-anchor", "middle")
    .each(
      withText((n) => {
        const isShown = cellWidth > WIDE || isClear(Math.floor(n / m!.cols), n % m!.cols);
        return isShown && cellHeight >= 14 ? fitting(written(n), cellWidth) : "";
      }),
    );
}
