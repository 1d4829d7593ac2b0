import {select} from "d3";
import {axis, type ScaleOptions} from "../axes/axis.ts";
import {linear} from "../axes/scales.ts";
import {layer} from "../layer.ts";
import {group} from "../panel.ts";
import {label} from "../text/label.ts";
import {rowGroups} from "./rowGroups.ts";
import {spots} from "./spots.ts";

export interface DotRow {
  name: string;
  isLit?: boolean;
  /** The row's result, at its right end. */
  said: string;
  values: readonly number[];
  /** NaN if there are no values. */
  mean: number;
}

export interface DotsOptions extends ScaleOptions {
  /** Dots that a row has when all are there; each has a line of its own. */
  lanes: number;
  /** Dots from here on are filled; without it all are. */
  goal?: number;
  /** Index of the dot to follow from row to row. */
  followed?: number;
}

/** A row: its words, a line for each of its dots, a gap. */
const WORDS = 17;
const LINE = 3;
const GAP = 8;
const R = 2.4;
/** Room at the sides for half a word of the axis, and below for the axis. */
const SIDE = 14;
const AXIS = 22;

const stepOf = (lanes: number): number => WORDS + LINE * lanes + GAP;

export const dotsHeight = (rows: number, lanes: number): number => rows * stepOf(lanes) + AXIS;

/**
 * A dot for every value, row by row on one scale, and a thin line at each row's mean. The nth dot of a row is on its nth line, so
 * equal values don't hide each other and one seed can be followed down the rows.
 */
export function dots(svg: Element, rows: readonly DotRow[], options: DotsOptions) {
  const {width, ends, ticks, format, lanes, goal, followed} = options;
  const inner = width - 2 * SIDE;
  const [step, depth] = [stepOf(lanes), LINE * lanes];
  const height = rows.length * step;
  const x = linear(ends, [0, inner]);
  const plot = group(svg, "plot", SIDE, 0);
  const dashes = `${depth + GAP} ${WORDS}`;
  axis(group(plot, "x", 0, height), ticks, x, {side: "bottom", across: height - WORDS, format, dashes});
  const classOf = (value: number, i: number) =>
    `${goal === undefined || value >= goal ? "there" : "short"}${i === followed ? " followed" : ""}`;
  rowGroups(group(plot, "rows"), rows, step, ({isLit}) => (isLit ? "seeds lit" : "seeds")).each(function (row) {
    const {name, said, values, mean} = row;
    label(this, "name", name, {x: -SIDE, y: 11, anchor: "start"});
    label(this, "said", said, {x: inner + SIDE, y: 11, anchor: "end"});
    select(layer(this, "path", "average")).attr("d", values.length ? `M${x(mean)} ${WORDS}v${depth}` : "");
    spots(
      layer(this, "g", "each"),
      values.map((value, i) => ({name: classOf(value, i), x: x(value), y: WORDS + LINE * (i + 0.5)})),
      R,
    );
  });
}
