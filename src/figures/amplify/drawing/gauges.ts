import {select} from "d3";
import {byWidth, isNarrow} from "../../../figure/plot/aspects.ts";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {rowGroups} from "../../../figure/plot/charts/rowGroups.ts";
import {whisker} from "../../../figure/plot/charts/whisker.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import type {Room} from "../../../figure/plot/room.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface Gauge {
  /** Sets the color. */
  tone: string;
  name: string;
  value: number;
  /** The value in words. */
  said: string;
  /** Standard deviation of the draws behind the value. */
  deviation?: number;
  /** A larger value that an arrow leads to, in words too, and how many times as large it is. */
  grows?: {to: number; ends: string; said: string};
}

/** Heights as shares of the width: a row, and the axis below the rows. */
const ROW = {wide: 0.078, narrow: 0.135, slide: 0.062, dock: 0.105};
const AXIS = 0.05;
/** Room for the names at the left of wide rows, and for the values at the right. */
const [NAMES, VALUES] = [210, 44];
/** From the end of a bar to its arrow: the value stands between them. */
const SAID = 42;

const rowOf = (room: Room): number => {
  if (room.size === "slide") return ROW.slide;
  if (!isNarrow(room)) return ROW.wide;
  return room.size === "dock" ? ROW.dock : ROW.narrow;
};

export const gaugesHeight = (count: number, room: Room): ((width: number) => number) =>
  byWidth(room, count * rowOf(room) + AXIS, count * rowOf(room) + 1.6 * AXIS);

/** Horizontal bars from zero on one scale, each with its name at the left (on a phone above it) and its value at the right. */
export function gauges(svg: Element, all: readonly Gauge[], width: number, room: Room) {
  const isHigh = isNarrow(room);
  const row = width * rowOf(room);
  const left = isHigh ? 2 : NAMES;
  const inner = width - left - VALUES;
  const [top, deep] = isHigh ? [17, row - 25] : [row * 0.16, row * 0.68];
  const x = linear([0, Math.max(...all.map(({value}) => value))], [0, inner]);
  const plot = group(svg, "plot", left, 0);
  const below = rounded(all.length * row);
  axis(group(plot, "x", 0, below), x.ticks(5), x, {side: "bottom", across: below, format: String});
  rowGroups(group(plot, "each"), all, row, "gauge").each(function ({tone, name, value, said, deviation, grows}) {
    const middle = rounded(top + deep / 2);
    if (isHigh) label(this, "name", name, {x: 0, y: 13});
    else label(this, "name", name, {x: -12, y: middle, anchor: "end", dy: "0.32em"});
    select(layer(this, "rect", "length"))
      .attr("data-tone", tone)
      .attr("y", rounded(top))
      .attr("width", rounded(Math.max(x(value), 0.5)))
      .attr("height", rounded(deep));
    const ends = deviation ? [x(Math.max(value - deviation, 0)), x(value + deviation)].map((end) => rounded(end)) : [];
    select(layer(this, "path", "whisker")).attr("d", whisker(ends[0], ends[1], middle, 5));
    const [from, to] = grows ? [rounded(x(value) + SAID), rounded(x(grows.to))] : [0, 0];
    const isSeen = to - from > 60;
    select(layer(this, "path", "growth")).attr(
      "d",
      isSeen ? `M${from} ${middle}H${to}M${to - 7} ${middle - 5}L${to} ${middle}L${to - 7} ${middle + 5}` : null,
    );
    const line = {y: middle, dy: "0.32em"};
    // Each number of an arrow stands at its own end.
    if (isSeen) label(this, "said", said, {x: from - SAID + 6, ...line});
    else label(this, "said", said, {x: inner + VALUES, anchor: "end", ...line});
    label(this, "ends", isSeen ? grows!.ends : "", {x: to + 6, ...line});
    label(this, "times", isSeen ? grows!.said : "", {
      ...{x: isHigh ? to - 12 : rounded((from + to) / 2), y: middle - 6},
      anchor: isHigh ? "end" : "middle",
    });
  });
}
