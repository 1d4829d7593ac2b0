import {range, select} from "d3";
import type {Matrix} from "../engine/matrix.ts";
import {fixed} from "./format.ts";

/** Widths at 12 units: of a digit or a minus, and of the point. */
const DIGIT = 7.6;
const POINT = 3.4;

const widthOf = (text: string): number => text.length * DIGIT - (text.includes(".") ? DIGIT - POINT : 0);

/** An exact zero is "0", and nothing else is. */
const written = (x: number, decimals: number): string => (x === 0 ? "0" : fixed(x, decimals));

/**
 * The numbers of a matrix in its cells at 12 units: to two decimals where all of them fit, else to one; what is still too
 * long is left to the trace and the table. Each row stands `shift` right of the one above.
 */
export function cells(
  g: Element,
  m: Matrix | undefined,
  {cellWidth, cellHeight, shift = 0}: {cellWidth: number; cellHeight: number; shift?: number},
) {
  const fits = (text: string) => widthOf(text) < cellWidth;
  const decimals = m?.data.every((x) => fits(written(x, 2))) ? 2 : 1;
  const shown = (x: number) => (fits(written(x, decimals)) ? written(x, decimals) : "");
  select(g)
    .selectChildren<SVGTextElement, number>("text")
    .data(m ? range(m.data.length) : [])
    .join("text")
    .attr("x", (n) => round(((n % m!.cols) + 0.5) * cellWidth + Math.floor(n / m!.cols) * shift))
    .attr("y", (n) => (Math.floor(n / m!.cols) + 0.5) * cellHeight)
    .attr("dy", "0.35em")
    .text((n) => shown(m!.data[n]));
}

const round = (x: number): number => Math.round(x * 100) / 100;
