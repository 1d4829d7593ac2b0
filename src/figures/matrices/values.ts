import {range, select} from "d3";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {fixed} from "../text/format.ts";
import {worded} from "../text/worded.ts";

export interface Cell {
  cellWidth: number;
  cellHeight: number;
}

/** Width of a digit, in units of the panel, at the size CSS gives these numbers. */
const DIGIT = 4.9;

/** A number too long for its cell is left out: the trace and the table have it. */
const fitting = (text: string, width: number): string => (text.length * DIGIT <= width ? text : "");

/** The numbers of a matrix in its cells, to one decimal; without a matrix, none. CSS hides them where cells are too small to read. */
export function values(g: Element, m: Matrix | undefined, {cellWidth, cellHeight}: Cell) {
  select(g)
    .selectChildren<SVGTextElement, number>("text")
    .data(m ? range(m.data.length) : [])
    .join("text")
    .attr("class", "number")
    .attr("x", (n) => ((n % m!.cols) + 0.5) * cellWidth)
    .attr("y", (n) => (Math.floor(n / m!.cols) + 0.5) * cellHeight)
    .attr("dy", "0.34em")
    .attr("text-anchor", "middle")
    .each(worded((n) => fitting(fixed(m!.data[n], 1), cellWidth)));
}
