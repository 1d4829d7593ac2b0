import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {rowGroups} from "../../../figure/plot/charts/rowGroups.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {percent, whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";

interface Answer {
  /** Who asks, and for what. */
  name: string;
  /** Distance from the correct answer, as a share of it. */
  off: number;
  isRight: boolean;
}

export interface AnswersOptions {
  width: number;
  /** Height of one row. */
  row: number;
  /** The largest distance that still counts as right. */
  within: number;
}

/** Before and after the bars. */
const NAME = 74;
const VERDICT = 118;
/** A narrower picture leaves out how far off each is: its bar shows that. */
const ROOMY = 290;
const SHORT = 48;
/** Bars shorter than this leave room for two numbers on the scale. */
const SCALE = 115;
/** The scale ends here whatever is merged; a longer bar ends at its edge, and its number says how long it is. */
const END = 1.5;
const AXIS = 22;

export const answersHeight = (rows: number, row: number): number => rows * row + AXIS;

/** A row for each answer: who asks, a bar for how far off the answer is, and the verdict; a dashed line at the largest distance that is right. */
export function answers(svg: Element, list: readonly Answer[], {width, row, within}: AnswersOptions) {
  const isRoomy = width >= ROOMY;
  const length = width - NAME - (isRoomy ? VERDICT : SHORT);
  const ticks = length > SCALE ? [0, 0.5, 1, END] : [0, 1];
  const x = linear([0, END], [0, length]);
  const height = list.length * row;
  axis(group(svg, "x", NAME, height), ticks, x, {
    side: "bottom",
    across: height,
    format: (off) => `${whole(100 * off)}%`,
  });
  const classOf = ({isRight}: Answer) => (isRight ? "answer right" : "answer wrong");
  rowGroups(group(svg, "answers"), list, row, classOf).each(function ({name, off, isRight}) {
    const line = {y: row / 2, dy: "0.34em"};
    label(this, "asks", name, {x: 0, anchor: "start", ...line});
    select(layer(this, "rect", "off"))
      .attr("x", NAME)
      .attr("y", row / 5)
      .attr("width", Math.max(Math.min(x(off), length), 1))
      .attr("height", 0.6 * row);
    const verdict = isRight ? "right" : "wrong";
    label(this, "given", isRoomy ? `${verdict}, ${percent(off)}` : verdict, {x: width, anchor: "end", ...line});
  });
  select(layer(svg, "line", "threshold"))
    .attr("x1", NAME + x(within))
    .attr("x2", NAME + x(within))
    .attr("y1", 0)
    .attr("y2", height);
}
