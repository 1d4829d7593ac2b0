import {range, select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface Overhead {
  /** Sets the color. */
  tone: string;
  name: string;
  percent: number;
  /** The value in words. */
  text: string;
}

export interface OverheadGroup {
  name: string;
  /** Whether it is the chosen group. */
  isLit: boolean;
  bars: readonly Overhead[];
}

/** A value to compare with the bars of the last group. */
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

export const overheadsHeight = (groups: number, bars: number): number =>
  groups * (HEAD + bars * BAR + GAP) - GAP + MARK + AXIS;

/** A percent axis from 0 to a round end at or beyond `most`: the end, and the step from tick to tick. */
function axisFor(most: number): {end: number; step: number} {
  const step = most > 100 ? 100 : most > 40 ? 25 : 10;
  return {end: Math.max(Math.ceil(most / step), 1) * step, step};
}

/** Groups of bars on one percent axis from zero; the mark crosses the last group. */
export function overheads(
  svg: Element,
  groups: readonly OverheadGroup[],
  mark: Mark | undefined,
  {width}: {width: number},
) {
  const {end, step} = axisFor(
    Math.max(...groups.flatMap(({bars}) => bars.map(({percent}) => percent)), mark?.percent ?? 0),
  );
  const x = linear([0, end], [0, width - NAME - VALUE]);
  const tall = (bars: readonly Overhead[]) => HEAD + bars.length * BAR + GAP;
  const tops = groups.map((_, i) => groups.slice(0, i).reduce((sum, {bars}) => sum + tall(bars), 0));
  const bottom = groups.reduce((sum, {bars}) => sum + tall(bars), 0) - GAP;
  axis(group(group(svg, "plot", NAME), "x", 0, bottom + MARK), range(0, end + 1, step), x, {
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
      label(this, "head", name, {x: 0, y: 13});
      barsOf(layer(this, "g", "bars"), bars, x, width);
    });
  // Drawn last, so that it is above the bars.
  guess(group(svg, "marks", NAME), mark, {
    at: x(mark?.percent ?? 0),
    top: (tops.at(-1) ?? 0) + HEAD - 3,
    bottom,
    width: width - NAME - VALUE,
  });
}

/** The bars of a group, each with its name at the left and its value at the right. */
function barsOf(g: Element, bars: readonly Overhead[], x: (percent: number) => number, width: number) {
  select(g)
    .selectChildren<SVGGElement, Overhead>("g")
    .data(bars)
    .join("g")
    .attr("class", "one")
    .attr("transform", (_, n) => `translate(0 ${HEAD + n * BAR})`)
    .each(function ({tone, name, percent, text}) {
      const line = {y: BAR / 2, dy: "0.3em"};
      label(this, "name", name, {x: 0, anchor: "start", ...line});
      select(layer(this, "rect", "length"))
        .attr("data-tone", tone)
        .attr("x", NAME)
        .attr("y", 2)
        .attr("width", Math.max(x(percent), 1))
        .attr("height", BAR - 4);
      label(this, "total", text, {x: width, anchor: "end", ...line});
    });
}

/** The mark's line and label; the label extends away from the nearer edge, so it stays inside the picture. */
function guess(
  g: Element,
  mark: Mark | undefined,
  {at, top, bottom, width}: {at: number; top: number; bottom: number; width: number},
) {
  select(layer(g, "path", "guess")).attr("d", mark ? `M${at} ${top}V${bottom + 5}` : "");
  label(g, "guessed", mark?.label ?? "", {x: at, y: bottom + 16, anchor: at < width / 2 ? "start" : "end"});
}
