import {select} from "d3";
import {axis} from "../axes/axis.ts";
import {edgeLabel, lineEnds} from "../axes/lineEnds.ts";
import {linear, type Scale} from "../axes/scales.ts";
import {threshold} from "../axes/threshold.ts";
import {layer} from "../layer.ts";
import {group} from "../panel.ts";
import {rounded} from "../rounded.ts";
import {clipped} from "./clipped.ts";

/** A value at every place from 0; the line ends where it is Infinity. */
export interface Path {
  /** Class of its line and its label. */
  name: string;
  /** At its end; "" for none. */
  label: string;
  values: readonly number[];
}

interface Dot {
  name: string;
  at: number;
  value: number;
  /** Its tooltip. */
  title: string;
}

export interface PathsOptions {
  width: number;
  height: number;
  /** Maps values to heights; lines are cut off outside 0 … height. */
  y: Scale;
  ticks: readonly number[];
  format(value: number): string;
  /** The last place; the places with a label below the plot; and those labels. */
  last: number;
  named: readonly number[];
  place(at: number): string;
  /** The marked place, and what moving its knob does; no knob without both. */
  at?: number;
  onMove?(at: number): void;
}

/** Space left of the plot for its scale. */
export const LEFT = 46;
const MOST = 1e300;

/** Lines over numbered places, each named at its end; dots on them; a knob at the marked place. */
export function paths(svg: Element, series: readonly Path[], dots: readonly Dot[], options: PathsOptions) {
  const {width, height, y, ticks, format, last, named, place, at, onMove} = options;
  const x = linear([0, last], [0, width]);
  const high = (value: number) => rounded(y(value));
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
    .attr("d", ({values}) => clipped(values.map(high), x(1), height) || null)
    .each(function ({name, label}) {
      layer(this, "title", "name", label || name);
    });

  const ends = all.filter(({label}) => label);
  lineEnds(
    plot,
    ends.map(({name, label, values, isCut}) => {
      const end = edgeLabel(label, high(values.at(-1) ?? MOST), height);
      return {name, x: x(Math.max(values.length - 1, 0)), y: end.y, text: isCut ? `${label} ↑` : end.text};
    }),
    width,
    height,
  );

  const handle = group(plot, "handle");
  if (at !== undefined && onMove) threshold(handle, at, {width, height, steps: last, onMove});
  else handle.replaceChildren();
  select(group(plot, "dots"))
    .selectChildren<SVGCircleElement, Dot>("circle")
    .data(dots.filter(({value}) => high(value) >= 0 && high(value) <= height))
    .join("circle")
    .attr("class", (dot) => `dot ${dot.name}${dot.at === at ? " now" : ""}`)
    .attr("cx", (dot) => rounded(x(dot.at)))
    .attr("cy", ({value}) => high(value))
    .attr("r", (dot) => (dot.at === at ? 5 : 3))
    .each(function ({title}) {
      layer(this, "title", "name", title);
    });
}
