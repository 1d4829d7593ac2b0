import {select} from "d3";
import {axis} from "../axes/axis.ts";
import {lineEnds} from "../axes/lineEnds.ts";
import {linear, type Scale} from "../axes/scales.ts";
import {threshold} from "../axes/threshold.ts";
import {layer} from "../layer.ts";
import {group} from "../panel.ts";

/** A value at every place from 0 on; at Infinity a line ends. */
export interface Path {
  /** Class of its line and its label. */
  name: string;
  /** What stands at its end; "" leaves it unnamed. */
  label: string;
  values: readonly number[];
}

export interface Dot {
  name: string;
  at: number;
  value: number;
  /** What it says when it is pointed at. */
  title: string;
}

export interface PathsOptions {
  width: number;
  height: number;
  /** Values to heights, the least at `height`; what leaves 0 … height is cut off. */
  y: Scale;
  ticks: readonly number[];
  format(value: number): string;
  /** The last place, those that are named below the plot, and how. */
  last: number;
  named: readonly number[];
  place(at: number): string;
  /** The place that is looked at, and a knob to move it; without them there is none. */
  at?: number;
  onMove?(at: number): void;
}

/** Space left of the plot for its scale, and between the plot and its labels. */
const LEFT = 42;
const MOST = 1e300;

const short = (x: number): number => Math.round(x * 10) / 10;

/** A line through these heights, `dx` apart, without what lies beyond 0 … height. */
function inside(heights: readonly number[], dx: number, height: number): string {
  let [d, end] = ["", ""];
  for (let i = 1; i < heights.length; i++) {
    const [from, to] = [heights[i - 1], heights[i]];
    const [start, stop] = [from, to].map((y) => Math.min(Math.max(y, 0), height));
    if (start === stop && start !== from) continue;
    const place = (y: number, at: number) =>
      `${short((to === from ? at : i - 1 + (y - from) / (to - from)) * dx)},${short(y)}`;
    const [first, last] = [place(start, i - 1), place(stop, i)];
    d += `${first === end ? "" : `M${first}`}L${last}`;
    end = last;
  }
  return d;
}

/** Lines over numbered places, each named at its end; dots beside them; a knob where one place is looked at. */
export function paths(svg: Element, series: readonly Path[], dots: readonly Dot[], options: PathsOptions) {
  const {width, height, y, ticks, format, last, named, place, at, onMove} = options;
  const x = linear([0, last], [0, width]);
  const high = (value: number) => short(y(value));
  const all = series.map((path) => {
    const end = path.values.indexOf(Number.POSITIVE_INFINITY);
    return {...path, values: end < 0 ? path.values : path.values.slice(0, end), isCut: end >= 0};
  });
  const plot = group(svg, "plot", LEFT, 14);
  axis(group(plot, "x", 0, height), named, x, {side: "bottom", across: height, format: place});
  axis(group(plot, "y"), ticks, y, {side: "left", across: width, format});
  select(group(plot, "series"))
    .selectChildren<SVGPathElement, (typeof all)[number]>("path")
    .data(all)
    .join("path")
    .attr("class", ({name}) => `line ${name}`)
    .attr("d", ({values}) => inside(values.map(high), x(1), height) || null)
    .each(function ({name, label}) {
      layer(this, "title", "name", label || name);
    });

  const ends = all
    .filter(({label}) => label)
    .map(({name, label, values, isCut}) => {
      const end = high(values.at(-1) ?? MOST);
      const arrow = end < 0 || isCut ? " ↑" : end > height ? " ↓" : "";
      return {name, text: label + arrow, x: x(Math.max(values.length - 1, 0)), y: Math.min(Math.max(end, 0), height)};
    });
  lineEnds(plot, ends, width, height);

  const handle = group(plot, "handle");
  if (at !== undefined && onMove) threshold(handle, at, {width, height, steps: last, label: "", onMove});
  else handle.replaceChildren();
  select(group(plot, "dots"))
    .selectChildren<SVGCircleElement, Dot>("circle")
    .data(dots.filter(({value}) => high(value) >= 0 && high(value) <= height))
    .join("circle")
    .attr("class", (dot) => `dot ${dot.name}${dot.at === at ? " now" : ""}`)
    .attr("cx", (dot) => short(x(dot.at)))
    .attr("cy", ({value}) => high(value))
    .attr("r", (dot) => (dot.at === at ? 5 : 3))
    .each(function ({title}) {
      layer(this, "title", "name", title);
    });
}
