import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {logarithmic} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface LoggedNorm {
  /** Sets the color: "W0", "dW", or "random" for a dashed stem. */
  tone: string;
  name: string;
  value: number;
  said: string;
}

export interface Bracket {
  /** The rows it joins, the larger value above the smaller. */
  rows: readonly [upper: number, lower: number];
  said: string;
}

/** Both charts of the card begin and end here. A log scale has no zero, so the dots carry the values and the bars are stems. */
export const ENDS = [0.01, 100] as const;
const TICKS = [0.01, 0.1, 1, 10, 100];
/** Room for names at the left of wide rows, for the axis below, and for the bracket between two rows. */
const [NAMES, BELOW, BETWEEN] = [214, 24, 14];

const rowOf = (isNarrow: boolean): number => (isNarrow ? 37 : 29);
export const fourNormsHeight = (isNarrow: boolean): number => 4 * rowOf(isNarrow) + BETWEEN + BELOW;

/** Norms as dots on a logarithmic scale; a bracket says how many times as large as another one of them is. */
export function fourNorms(
  svg: Element,
  all: readonly LoggedNorm[],
  {rows, said}: Bracket,
  {width, isNarrow}: {width: number; isNarrow: boolean},
) {
  const [row, left] = [rowOf(isNarrow), isNarrow ? 8 : NAMES];
  const inner = width - left - (isNarrow ? 14 : 30);
  const x = logarithmic(ENDS, [0, inner]);
  const middle = (i: number) => i * row + (i >= rows[1] ? BETWEEN : 0) + (isNarrow ? row - 10 : row / 2);
  const plot = group(svg, "plot", left);
  const below = 4 * row + BETWEEN;
  axis(group(plot, "x", 0, below), TICKS, x, {side: "bottom", across: below, format: String});
  // Below the names, which it crosses where they stand above the bars.
  const mark = group(plot, "bracket");
  select(group(plot, "each"))
    .selectChildren<SVGGElement, LoggedNorm>("g")
    .data(all)
    .join("g")
    .attr("class", "norm")
    .attr("data-tone", ({tone}) => tone)
    .attr("transform", (_, i) => `translate(0 ${rounded(middle(i))})`)
    .each(function ({name, value, said}, i) {
      const at = rounded(x(value));
      select(layer(this, "line", "stem")).attr("x2", at);
      select(layer(this, "circle", i === rows[1] ? "dot ringed" : "dot"))
        .attr("cx", at)
        .attr("r", 6.5);
      label(this, "name", name, isNarrow ? {x: 0, y: -13} : {x: -14, y: 0, anchor: "end", dy: "0.32em"});
      label(this, "said", said, {x: at + 13, y: 0, dy: "0.32em"});
    });
  const [upper, lower] = rows;
  const [from, to] = [rounded(x(all[upper]!.value)), rounded(x(all[lower]!.value))];
  const line = rounded(middle(upper) + (isNarrow ? 16 : (row + BETWEEN) / 2));
  select(layer(mark, "path", "drawn")).attr(
    "d",
    `M${from} ${rounded(middle(upper) + 9)}V${line}H${to}V${rounded(middle(lower) - 10)}`,
  );
  const isWide = from - to > 70;
  label(mark, "times", said, {
    x: isWide ? (from + to) / 2 : from + 10,
    y: line,
    anchor: isWide ? "middle" : "start",
    dy: "0.34em",
  });
}
