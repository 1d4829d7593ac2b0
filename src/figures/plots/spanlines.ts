import {select} from "d3";
import {axis, type ScaleOptions} from "../axes/axis.ts";
import {linear} from "../axes/scales.ts";
import {layer} from "../layer.ts";
import {group} from "../panel.ts";
import {label} from "../text/label.ts";
import {rowGroups} from "./rowGroups.ts";

/** A place on a scale: a point if `from` is `to`, otherwise all between them; neither is given while it is not known. */
export interface Span {
  /** Its class. */
  kind: string;
  name: string;
  /** Its value in words, at the right end of its line. */
  said: string;
  from?: number;
  to?: number;
}

/** A row: its words, then its place on a rule. */
const STEP = 32;
const RULE = 20;
const DOT = 4;
/** Room at the sides for half a word of the axis, above the plot, above its first row for a knob, and below for the axis. */
const SIDE = 14;
const TOP = 10;
const KNOB = 8;
const AXIS = 22;
/** Grid lines show only for 10 units about each rule, so that they don't cross words: from the axis up, in each row. */
const DASHES = [0, STEP - RULE - 5, 10, RULE - 5].join(" ");

const plotHeight = (rows: number): number => KNOB + rows * STEP;

export const spansHeight = (rows: number): number => TOP + plotHeight(rows) + AXIS;

/** The scale below so many rows, and the plot to draw them in. */
export function spanScale(svg: Element, rows: number, {ends, ticks, format, ...options}: ScaleOptions) {
  const width = options.width - 2 * SIDE;
  const height = plotHeight(rows);
  const x = linear(ends, [0, width]);
  const plot = group(svg, "plot", SIDE, TOP);
  axis(group(plot, "x", 0, height), ticks, x, {side: "bottom", across: height - KNOB, format, dashes: DASHES});
  return {plot, width, height, x};
}

/** A row for each span, on that scale. */
export function spanLines(rows: readonly Span[], {plot, width, x}: ReturnType<typeof spanScale>) {
  rowGroups(group(plot, "spans", 0, KNOB), rows, STEP, ({kind}) => `span ${kind}`).each(function (span) {
    const {name, said, from, to = from} = span;
    select(layer(this, "line", "rule"))
      .attr("x1", 0)
      .attr("x2", width)
      .attr("y1", RULE)
      .attr("y2", RULE);
    const [start, end] = from === undefined || to === undefined ? [0, -2 * DOT] : [x(from), x(to)];
    select(layer(this, "rect", "extent"))
      .attr("x", start - DOT)
      .attr("y", RULE - DOT)
      .attr("rx", DOT)
      .attr("width", end - start + 2 * DOT)
      .attr("height", 2 * DOT);
    label(this, "name", name, {x: -SIDE, y: 11});
    label(this, "said", said, {x: width + SIDE, y: 11, anchor: "end"});
  });
}
