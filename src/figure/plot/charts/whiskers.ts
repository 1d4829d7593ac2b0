import {select} from "d3";
import {linear} from "../axes/scales.ts";
import {layer} from "../layer.ts";
import {label} from "../text/label.ts";
import {rowGroups} from "./rowGroups.ts";
import {whisker} from "./whisker.ts";

export interface Whisker {
  /** Sets the color. */
  tone: string;
  name: string;
  /** At the end of its row. */
  total: string;
  /** Length of the bar; without it the row is an empty place for one. */
  value?: number;
  /** Ends of its whisker. */
  low?: number;
  high?: number;
}

const TOP = 18;
const BAR = 16;
const STEP = 48;

export const whiskersHeight = (rows: number): number => rows * STEP - (STEP - TOP - BAR) + 2;

/** Horizontal bars from zero on one scale, each under its name and total, with a whisker if it has one. */
export function whiskers(svg: Element, rows: readonly Whisker[], {width}: {width: number}) {
  const most = Math.max(...rows.map(({value = 0, high = 0}) => Math.max(value, high))) || 1;
  const x = linear([0, most], [0, width - 1]);
  rowGroups(svg, rows, STEP, ({value}) => (value === undefined ? "timed empty" : "timed")).each(function (row) {
    const {tone, name, total, value, low, high} = row;
    label(this, "name", name, {x: 0, y: 12, anchor: "start"});
    label(this, "total", total, {x: width, y: 12, anchor: "end"});
    select(layer(this, "rect", "length"))
      .attr("data-tone", tone)
      .attr("x", 0.5)
      .attr("y", TOP)
      .attr("width", value === undefined ? width - 1 : Math.max(x(value), 1))
      .attr("height", BAR);
    const ends = low === undefined || high === undefined ? [] : [x(low), x(high)];
    select(layer(this, "path", "whisker")).attr("d", whisker(ends[0], ends[1], TOP + BAR / 2, 5));
  });
}
