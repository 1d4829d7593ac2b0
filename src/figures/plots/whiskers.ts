import {select} from "d3";
import {linear} from "../axes/scales.ts";
import {layer} from "../layer.ts";
import {worded} from "../text/worded.ts";

export interface Whisker {
  /** Its class: what gives it its color. */
  tone: string;
  name: string;
  /** What it comes to, at the end of its line. */
  total: string;
  /** Length of the bar and the ends of its whisker; a row without them is an empty place for one. */
  value?: number;
  low?: number;
  high?: number;
}

const TOP = 18;
const BAR = 16;
const STEP = 48;

/** Height that `rows` bars take. */
export const whiskersHeight = (rows: number): number => rows * STEP - (STEP - TOP - BAR) + 2;

/** Horizontal bars from zero on one linear scale, each under its name and total, with a whisker where it has a spread. */
export function whiskers(svg: Element, rows: readonly Whisker[], {width}: {width: number}) {
  const most = Math.max(...rows.map(({value = 0, high = 0}) => Math.max(value, high))) || 1;
  const x = linear([0, most], [0, width - 1]);
  select(svg)
    .selectChildren<SVGGElement, Whisker>("g")
    .data(rows)
    .join("g")
    .attr("class", ({value}) => (value === undefined ? "timed empty" : "timed"))
    .attr("transform", (_, i) => `translate(0 ${i * STEP})`)
    .each(function ({tone, name, total, value, low, high}) {
      const words = (part: string, at: number, anchor: string, text: string) =>
        select(layer(this, "text", part))
          .attr("x", at)
          .attr("y", 12)
          .attr("text-anchor", anchor)
          .each(worded(text));
      words("name", 0, "start", name);
      words("total", width, "end", total);
      select(layer(this, "rect", "length"))
        .attr("data-tone", tone)
        .attr("x", 0.5)
        .attr("y", TOP)
        .attr("width", value === undefined ? width - 1 : Math.max(x(value), 1))
        .attr("height", BAR);
      const middle = TOP + BAR / 2;
      const [from, to] = [x(low ?? 0), x(high ?? 0)];
      const ends = `M${from} ${middle - 5}v10M${to} ${middle - 5}v10`;
      select(layer(this, "path", "whisker")).attr(
        "d",
        low === undefined || high === undefined ? "" : `M${from} ${middle}H${to}${ends}`,
      );
    });
}
