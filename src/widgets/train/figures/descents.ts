import {range, select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {lineEnds} from "../../../figures/axes/lineEnds.ts";
import {linear, logarithmic} from "../../../figures/axes/scales.ts";
import {threshold} from "../../../figures/axes/threshold.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";

export interface Descent {
  /** Class of its line and its label. */
  name: string;
  label: string;
  /** A loss at every step from 0 on. */
  values: readonly number[];
}

export interface Level {
  name: string;
  label: string;
  value: number;
}

export interface DescentsOptions {
  width: number;
  height: number;
  /** The axis goes from 10^bottom to 10^top; what leaves it is cut off there. */
  bottom: number;
  top: number;
  steps: number;
  /** The step that is marked. */
  step: number;
  onMove(step: number): void;
}

/** Space between the plot and its labels. */
/** Losses below this are drawn as this, off the axis. */
const LEAST = 1e-300;

const short = (x: number): number => Math.round(x * 10) / 10;

/** A line through these heights, `dx` apart, cut where it leaves 0 … height; level stretches have two points. */
export function cut(heights: readonly number[], dx: number, height: number): string {
  const inside = (y: number) => Math.min(Math.max(y, 0), height);
  const parts: [x: number, y: number][][] = [];
  for (let i = 1; i < heights.length; i++) {
    const [from, to] = [heights[i - 1], heights[i]];
    const [start, stop] = [inside(from), inside(to)];
    if (start === stop && (start !== from || stop !== to)) continue;
    // Where on its way from the one height to the other the line is at y.
    const share = (y: number, otherwise: number) => (to === from ? otherwise : (y - from) / (to - from));
    const place = (y: number, otherwise: number): [number, number] => [
      short((i - 1 + share(y, otherwise)) * dx),
      short(y),
    ];
    const [first, next] = [place(start, 0), place(stop, 1)];
    const part = parts.at(-1);
    const last = part?.at(-1);
    if (!part || !last || last[0] !== first[0] || last[1] !== first[1]) parts.push([first, next]);
    else if (last[1] === next[1] && part.at(-2)?.[1] === next[1]) last[0] = next[0];
    else part.push(next);
  }
  return parts.map((points) => `M${points.map((point) => point.join()).join("L")}`).join("");
}

/** Losses over steps on a logarithmic axis, each named at its end; levels they cannot pass; a knob at the step that is looked at. */
export function descents(
  svg: Element,
  all: readonly Descent[],
  levels: readonly Level[],
  {width, height, bottom, top, steps, step, onMove}: DescentsOptions,
) {
  const x = linear([0, steps], [0, width]);
  const y = logarithmic([10 ** bottom, 10 ** top], [height, 0]);
  const high = (value: number) => short(y(Math.max(value, LEAST)));
  const plot = group(svg, "plot", 42, 14);
  axis(group(plot, "x", 0, height), x.ticks(4), x, {side: "bottom", across: height, format: String});
  axis(
    group(plot, "y"),
    range(bottom, top + 1).map((power) => 10 ** power),
    y,
    {side: "left", across: width, format: (value) => String(Number(value.toPrecision(1)))},
  );
  const floors = levels.filter(({value}) => value >= 10 ** bottom && value <= 10 ** top);
  select(group(plot, "floors"))
    .selectChildren<SVGLineElement, Level>("line")
    .data(floors)
    .join("line")
    .attr("class", ({name}) => `line ${name}`)
    .attr("x1", 0)
    .attr("x2", width)
    .attr("y1", ({value}) => high(value))
    .attr("y2", ({value}) => high(value));
  select(group(plot, "series"))
    .selectChildren<SVGPathElement, Descent>("path")
    .data(all)
    .join("path")
    .attr("class", ({name}) => `line ${name}`)
    .each(function ({label, values}) {
      const d = cut(values.map(high), x(1), height);
      // Of a picture's curves most stand still while one grows.
      if (!d) this.removeAttribute("d");
      else if (d !== this.getAttribute("d")) this.setAttribute("d", d);
      layer(this, "title", "name", label);
    });

  const ends = all.map(({name, label, values}) => {
    const end = high(values.at(-1) ?? 1);
    const arrow = end < 0 ? " ↑" : end > height ? " ↓" : "";
    return {
      name,
      text: `${label}${arrow}`,
      x: x(Math.max(values.length - 1, 0)),
      y: Math.min(Math.max(end, 0), height),
    };
  });
  const named = [...floors.map(({name, label, value}) => ({name, text: label, x: width, y: high(value)})), ...ends];
  lineEnds(
    plot,
    named.map((end) => ({...end, x: Math.max(end.x, width)})),
    width,
    height,
  );

  threshold(group(plot, "handle"), step, {width, height, steps, label: "", onMove});
  const inside = ({values}: Descent) => high(values[step]) >= 0 && high(values[step]) <= height;
  select(group(plot, "marks"))
    .selectChildren<SVGCircleElement, Descent>("circle")
    .data(all.filter((one) => step < one.values.length && inside(one)))
    .join("circle")
    .attr("class", ({name}) => `now ${name}`)
    .attr("cx", x(step))
    .attr("cy", ({values}) => high(values[step]))
    .attr("r", 4);
}
