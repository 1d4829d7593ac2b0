import {axis, type ScaleOptions} from "../axes/axis.ts";
import {linear} from "../axes/scales.ts";
import {group} from "../panel.ts";
import {label} from "../text/label.ts";
import {rowGroups} from "./rowGroups.ts";

export interface LaneRow {
  name: string;
  /** The row's result, at its right end. */
  said: string;
}

export interface LaneSize {
  /** How many lanes a row has, one for each of its marks; the height of a lane; the gap below the last. */
  lanes: number;
  lane: number;
  gap: number;
}

/** Height of a row's label, above its lanes. */
export const WORDS = 17;
/** Room at the sides for half of a tick label, and below for the axis. */
const SIDE = 14;
const AXIS = 22;

const stepOf = ({lanes, lane, gap}: LaneSize): number => WORDS + lane * lanes + gap;

export const laneRowsHeight = (rows: number, size: LaneSize): number => rows * stepOf(size) + AXIS;

/** Lays out rows on one scale. Gives a labeled group for each row, for the caller's marks, and the scale. */
export function laneRows<Row extends LaneRow>(
  svg: Element,
  rows: readonly Row[],
  {width, ends, ticks, format, ...size}: ScaleOptions & LaneSize,
  classOf: (row: Row) => string,
) {
  const inner = width - 2 * SIDE;
  const step = stepOf(size);
  const height = rows.length * step;
  const x = linear(ends, [0, inner]);
  const plot = group(svg, "plot", SIDE, 0);
  const dashes = `${step - WORDS} ${WORDS}`;
  axis(group(plot, "x", 0, height), ticks, x, {side: "bottom", across: height - WORDS, format, dashes});
  const groups = rowGroups(group(plot, "rows"), rows, step, classOf).each(function ({name, said}) {
    label(this, "name", name, {x: -SIDE, y: 11, anchor: "start"});
    label(this, "said", said, {x: inner + SIDE, y: 11, anchor: "end"});
  });
  return {groups, x};
}
