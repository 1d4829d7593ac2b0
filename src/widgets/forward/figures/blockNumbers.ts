import {range, select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {rounded} from "../../../figures/rounded.ts";
import {fixed} from "../../../figures/text/format.ts";
import {withText} from "../../../figures/text/put.ts";

/** Width of a digit or a minus at font size 12, and how much narrower the point is. */
const DIGIT = 7.6;
const POINT = 4.2;
/** Cells wider than this have room for two decimals. */
const ROOMY = 35;

/**
 * The numbers of a matrix in its cells, at font size 12: to two decimals if they fit, otherwise to one; a number that is still
 * too long is left out, as the trace and the table have it. Each row is `shift` to the right of the one above.
 */
export function blockNumbers(
  g: Element,
  m: Matrix | undefined,
  {cellWidth, cellHeight, shift = 0}: {cellWidth: number; cellHeight: number; shift?: number},
) {
  const shown = (x: number) => {
    // Only an exact zero reads "0".
    const text = x === 0 ? "0" : fixed(x, cellWidth > ROOMY ? 2 : 1);
    const short = text.length * DIGIT - POINT < cellWidth ? text : fixed(x, 1);
    return short.length * DIGIT - POINT < cellWidth ? short : "";
  };
  select(g)
    .selectChildren<SVGTextElement, number>("text")
    .data(m ? range(m.data.length) : [])
    .join("text")
    .attr("x", (n) => rounded(((n % m!.cols) + 0.5) * cellWidth + Math.floor(n / m!.cols) * shift, 2))
    .attr("y", (n) => (Math.floor(n / m!.cols) + 0.5) * cellHeight)
    .attr("dy", "0.35em")
    .each(withText((n) => shown(m!.data[n])));
}
