import {select} from "d3";
import {axis} from "../axes/axis.ts";
import {linear} from "../axes/scales.ts";
import {layer} from "../layer.ts";
import {group} from "../panel.ts";
import {worded} from "../text/worded.ts";

/** Something with a place on a scale: a point where `from` is `to`, else all between; neither while it is not known. */
export interface Span {
  /** Its class. */
  kind: string;
  name: string;
  /** What it comes to, at the other end of its line. */
  said: string;
  from?: number;
  to?: number;
}

export interface ScaleOptions {
  width: number;
  ends: readonly [number, number];
  ticks: readonly number[];
  format: (value: number) => string;
}

/** From one line to the next: its words, then its place on a rule. */
const STEP = 32;
const RULE = 20;
const DOT = 4;
/** Room at the sides for the axis's words, above the plot and above its first line for the knob, below for the axis. */
const SIDE = 14;
const TOP = 10;
const KNOB = 8;
const AXIS = 22;
/** From the axis up, once a line: a gap to its rule, the crossing of 10, a gap for its words. */
const DASHES = [0, STEP - RULE - 5, 10, RULE - 5].join(" ");

const plotHeight = (rows: number): number => KNOB + rows * STEP;

/** Height of a picture of so many lines. */
export const spansHeight = (rows: number): number => TOP + plotHeight(rows) + AXIS;

/** The scale below so many lines; what stands on it goes into its plot. */
export function spanScale(svg: Element, rows: number, {ends, ticks, format, ...options}: ScaleOptions) {
  const width = options.width - 2 * SIDE;
  const height = plotHeight(rows);
  const x = linear(ends, [0, width]);
  const plot = group(svg, "plot", SIDE, TOP);
  const scale = group(plot, "x", 0, height);
  axis(scale, ticks, x, {side: "bottom", across: height - KNOB, format});
  // Grid lines are seen where they cross a rule, and not behind its words.
  select(scale).selectAll(".grid").attr("stroke-dasharray", DASHES);
  return {plot, width, height, x};
}

/** One line a span, on that scale. */
export function spanLines(rows: readonly Span[], {plot, width, x}: ReturnType<typeof spanScale>) {
  lines(group(plot, "spans", 0, KNOB), rows, width, x);
}

function lines(g: Element, rows: readonly Span[], width: number, x: (value: number) => number) {
  select(g)
    .selectChildren<SVGGElement, Span>("g")
    .data(rows)
    .join("g")
    .attr("class", ({kind}) => `span ${kind}`)
    .attr("transform", (_, i) => `translate(0 ${i * STEP})`)
    .each(function ({name, said, from, to = from}) {
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
      select(layer(this, "text", "name"))
        .attr("x", -SIDE)
        .attr("y", 11)
        .each(worded(name));
      select(layer(this, "text", "said"))
        .attr("x", width + SIDE)
        .attr("y", 11)
        .attr("text-anchor", "end")
        .each(worded(said));
    });
}
