import {range, select} from "d3";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {fixed} from "../text/format.ts";
import {withText} from "../text/put.ts";

export interface Cell {
  cellWidth: number;
  cellHeight: number;
}

/** Width of a digit at the font size that CSS gives these numbers. */
const DIGIT = 5.5;

/** Leaves out a number too long for its cell; the trace and the table have it. */
const fitting = (text: string, width: number): string => (text.length * DIGIT <= width ? text : "");

/** The numbers of a matrix in its cells, to one decimal. CSS hides them where they would be too small to read. */
export function cellNumbers(g: Element, m: Matrix | undefined, {cellWidth, cellHeight}: Cell) {
  select(g)
    .selectChildren<SVGTextElement, number>("text")
    .data(m ? range(m.data.length) : [])
    .join("text")
    .attr("class", "number")
    .attr("x", (n) => ((n % m!.cols) + 0.5) * cellWidth)
    .attr("y", (n) => (Math.floor(n / m!.cols) + 0.5) * cellHeight)
    .attr("dy", "0.34em")
    .attr("text-anchor", "middle")
    .each(withText((n) => fitting(fixed(m!.data[n], 1), cellWidth)));
}
