import {range, select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {withText} from "../../../figure/plot/text/put.ts";

/** Width of a digit or a minus at 13 px, how much narrower the point is, and what 12.4 px letters take of both. */
const DIGIT = 8.1;
const POINT = 4.4;
const SMALL = 12.4 / 13;

const widthOf = (text: string): number => text.length * DIGIT - (text.includes(".") ? POINT : 0);

/**
 * The numbers of a matrix in its cells: to two decimals if all of them fit, in 12.4 px at least, otherwise to one; a number that
 * is still too long is left out, as the trace and the table have it.
 */
export function blockNumbers(
  g: Element,
  m: Matrix | undefined,
  {cellWidth, cellHeight}: {cellWidth: number; cellHeight: number},
) {
  // Only an exact zero reads "0".
  const written = (x: number, decimals: number) => (x === 0 ? "0" : fixed(x, decimals));
  const values = Array.from(m?.data ?? []);
  const longest = (decimals: number) => Math.max(0, ...values.map((x) => widthOf(written(x, decimals))));
  const decimals = longest(2) * SMALL + 2 < cellWidth ? 2 : 1;
  const shown = (x: number) => {
    const text = written(x, decimals);
    return widthOf(text) * SMALL < cellWidth ? text : "";
  };
  select(g)
    .selectChildren<SVGTextElement, number>("text")
    .data(m ? range(m.data.length) : [])
    .join("text")
    .attr("class", longest(decimals) + 4 < cellWidth ? "number" : "number small")
    .attr("x", (n) => rounded(((n % m!.cols) + 0.5) * cellWidth))
    .attr("y", (n) => rounded((Math.floor(n / m!.cols) + 0.5) * cellHeight))
    .attr("dy", "0.35em")
    .each(withText((n) => shown(m!.data[n])));
}
