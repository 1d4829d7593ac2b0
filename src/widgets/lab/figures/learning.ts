import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {spread} from "../../../figures/axes/spread.ts";
import {threshold} from "../../../figures/axes/threshold.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {worded} from "../../../figures/text/worded.ts";

export interface LearningOptions {
  width: number;
  height: number;
  /** Ends of the axis of losses; what leaves it is cut off there. */
  bottom: number;
  top: number;
  steps: number;
  /** The step that is marked. */
  step: number;
  /** What the points are called. */
  name: string;
  /** Runs that are drawn beside, each with the class of its line and its label. */
  beside?: readonly Beside[];
  onMove(step: number): void;
}

export interface Beside {
  name: string;
  label: string;
  points: readonly (readonly [step: number, value: number])[];
}

const GAP = 8;

/** A line through the points inside the plot; it breaks where the values leave it. */
function path(points: readonly (readonly [x: number, y: number])[], height: number): string {
  const inside = ([, y]: readonly [number, number]) => y >= 0 && y <= height;
  return points
    .flatMap((point, i) => (inside(point) ? `${i > 0 && inside(points[i - 1]) ? "L" : "M"}${point.join()}` : []))
    .join("");
}

/** The loss on each step's examples as a line, what is measured on others now and then as points on a line. */
export function learning(
  svg: Element,
  losses: readonly number[],
  points: readonly (readonly [step: number, value: number])[],
  {width, height, bottom, top, steps, step, name, beside = [], onMove}: LearningOptions,
) {
  const x = linear([0, steps], [0, width]);
  const y = linear([bottom, top], [height, 0]);
  const high = (value: number) => Math.round(10 * y(Math.min(value, 1e6))) / 10;
  const inside = (value: number) => Math.min(Math.max(high(value), 0), height);
  const plot = group(svg, "plot", 30, 14);
  axis(group(plot, "x", 0, height), x.ticks(4), x, {side: "bottom", across: height, format: String});
  axis(group(plot, "y"), y.ticks(4), y, {side: "left", across: width, format: String});
  const through = (list: readonly (readonly [step: number, value: number])[]) =>
    path(
      list.map(([at, value]) => [Math.round(10 * x(at)) / 10, high(value)]),
      height,
    ) || null;
  select(group(plot, "beside"))
    .selectChildren<SVGPathElement, Beside>("path")
    .data(beside)
    .join("path")
    .attr("class", ({name}) => `line ${name}`)
    .attr("d", ({points}) => through(points));
  const line = (name: string, list: readonly (readonly [step: number, value: number])[]) =>
    select(layer(plot, "path", `line ${name}`)).attr("d", through(list));
  line(
    "training",
    losses.map((loss, at) => [at, loss]),
  );
  line("fresh", points);
  select(group(plot, "points"))
    .selectChildren<SVGCircleElement, (typeof points)[number]>("circle")
    .data(points)
    .join("circle")
    .attr("class", "fresh")
    .attr("cx", ([at]) => x(at))
    .attr("cy", ([, value]) => inside(value))
    .attr("r", 3);
  const ends = [
    {name: "training", text: "training", at: losses.length - 1, value: losses.at(-1)},
    {name: "fresh", text: name, at: points.at(-1)?.[0] ?? 0, value: points.at(-1)?.[1]},
    ...beside.map(({name, label, points}) => ({
      name,
      text: label,
      at: points.at(-1)?.[0] ?? 0,
      value: points.at(-1)?.[1],
    })),
  ].flatMap(({value, ...rest}) => (value === undefined ? [] : [{...rest, y: inside(value)}]));
  const places = spread(
    ends.map((end) => end.y),
    height,
  );
  select(group(plot, "labels"))
    .selectChildren<SVGTextElement, (typeof ends)[number]>("text")
    .data(ends)
    .join("text")
    .attr("class", (end) => `name ${end.name}`)
    .attr("x", width + GAP)
    .attr("y", (_, i) => places[i])
    .attr("dy", "0.32em")
    .each(worded(({text}) => text));
  threshold(group(plot, "handle"), step, {width, height, steps, label: "", onMove});
}
