import {range, select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {worded} from "../../../figures/text/worded.ts";

export interface Overhead {
  /** Its class: what gives it its color. */
  tone: string;
  name: string;
  /** In percent, and as it is written. */
  percent: number;
  text: string;
}

export interface OverheadGroup {
  name: string;
  /** The group that is looked at. */
  isLit: boolean;
  bars: readonly Overhead[];
}

/** A value to hold against the bars of the last group, in percent, and its label. */
export interface Mark {
  percent: number;
  label: string;
}

const NAME = 66;
const VALUE = 44;
const HEAD = 20;
const BAR = 18;
const GAP = 10;
const MARK = 20;
const AXIS = 22;

/** Height of these groups with the line of the mark and the axis below. */
export const overheadsHeight = (groups: number, bars: number): number =>
  groups * (HEAD + bars * BAR + GAP) - GAP + MARK + AXIS;

/** Groups of bars on one percent axis from zero that holds every bar and the mark; the mark crosses the last group. */
export function overheads(
  svg: Element,
  groups: readonly OverheadGroup[],
  mark: Mark | undefined,
  {width}: {width: number},
) {
  const most = Math.max(...groups.flatMap(({bars}) => bars.map(({percent}) => percent)), mark?.percent ?? 0);
  const step = most > 100 ? 100 : most > 40 ? 25 : 10;
  const end = Math.max(Math.ceil(most / step), 1) * step;
  const x = linear([0, end], [0, width - NAME - VALUE]);
  const tall = (bars: readonly Overhead[]) => HEAD + bars.length * BAR + GAP;
  const tops = groups.map((_, i) => groups.slice(0, i).reduce((sum, {bars}) => sum + tall(bars), 0));
  const bottom = groups.reduce((sum, {bars}) => sum + tall(bars), 0) - GAP;
  const plot = group(svg, "plot", NAME);
  axis(group(plot, "x", 0, bottom + MARK), range(0, end + 1, step), x, {
    side: "bottom",
    across: bottom + MARK,
    format: (value) => `${value}%`,
  });
  select(group(svg, "groups"))
    .selectChildren<SVGGElement, OverheadGroup>("g")
    .data(groups)
    .join("g")
    .attr("class", ({isLit}) => (isLit ? "overhead lit" : "overhead"))
    .attr("transform", (_, i) => `translate(0 ${tops[i]})`)
    .each(function ({name, bars}) {
      select(layer(this, "text", "head"))
        .attr("x", 0)
        .attr("y", 13)
        .each(worded(name));
      select(layer(this, "g", "bars"))
        .selectChildren<SVGGElement, Overhead>("g")
        .data(bars)
        .join("g")
        .attr("class", "one")
        .attr("transform", (_, n) => `translate(0 ${HEAD + n * BAR})`)
        .each(function ({tone, name, percent, text}) {
          const words = (part: string, at: number, anchor: string, content: string) =>
            select(layer(this, "text", part))
              .attr("x", at)
              .attr("y", BAR / 2)
              .attr("dy", "0.3em")
              .attr("text-anchor", anchor)
              .each(worded(content));
          words("name", 0, "start", name);
          select(layer(this, "rect", "length"))
            .attr("data-tone", tone)
            .attr("x", NAME)
            .attr("y", 2)
            .attr("width", Math.max(x(percent), 1))
            .attr("height", BAR - 4);
          words("total", width, "end", text);
        });
    });
  // Above the bars it crosses.
  const marks = group(svg, "marks", NAME);
  const at = x(mark?.percent ?? 0);
  const over = (tops.at(-1) ?? 0) + HEAD - 3;
  select(layer(marks, "path", "guess")).attr("d", mark ? `M${at} ${over}V${bottom + 5}` : "");
  // The label reads away from the nearer end, so that it never leaves the picture.
  select(layer(marks, "text", "guessed"))
    .attr("x", at)
    .attr("y", bottom + 16)
    .attr("text-anchor", at < (width - NAME - VALUE) / 2 ? "start" : "end")
    .each(worded(mark?.label ?? ""));
}
