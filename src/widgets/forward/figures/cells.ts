import {range, select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {fixed} from "../../../figures/text/format.ts";
import {worded} from "../../../figures/text/worded.ts";

/** Widths at 12 units: of a digit or a minus, and how much less the point is. */
const DIGIT = 7.6;
const POINT = 4.2;
/** Cells from here on hold two decimals. */
const ROOMY = 35;

/**
 * The numbers of a matrix in its cells at 12 units: to two decimals where they fit, else to one; what is still too long is
 * left to the trace and the table. Each row stands `shift` right of the one above.
 */
export function cells(
  g: Element,
  m: Matrix | undefined,
  {cellWidth, cellHeight, shift = 0}: {cellWidth: number; cellHeight: number; shift?: number},
) {
  const shown = (x: number) => {
    // An exact zero is "0", and nothing else is.
    const text = x === 0 ? "0" : fixed(x, cellWidth > ROOMY ? 2 : 1);
    const short = text.length * DIGIT - POINT < cellWidth ? text : fixed(x, 1);
    return short.length * DIGIT - POINT < cellWidth ? short : "";
  };
  select(g)
    .selectChildren<SVGTextElement, number>("text")
    .data(m ? range(m.data.length) : [])
    .join("text")
    .attr("x", (n) => round(((n % m!.cols) + 0.5) * cellWidth + Math.floor(n / m!.cols) * shift))
    .attr("y", (n) => (Math.floor(n / m!.cols) + 0.5) * cellHeight)
    .attr("dy", "0.35em")
    .each(worded((n) => shown(m!.data[n])));
}

const round = (x: number): number => Math.round(x * 100) / 100;
