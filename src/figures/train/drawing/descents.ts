import {select} from "d3";
import {axis, powersAxis} from "../../../figure/plot/axes/axis.ts";
import {edgeLabel, lineEnds} from "../../../figure/plot/axes/lineEnds.ts";
import {linear, logarithmic} from "../../../figure/plot/axes/scales.ts";
import {threshold} from "../../../figure/plot/axes/threshold.ts";
import {clipped} from "../../../figure/plot/charts/clipped.ts";
import {spots} from "../../../figure/plot/charts/spots.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

export interface Descent {
  /** Class of its line and its label. */
  name: string;
  label: string;
  /** The loss at every step from 0. */
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
  /** The axis goes from 10^bottom to 10^top; lines are cut off beyond it. */
  bottom: number;
  top: number;
  steps: number;
  /** The marked step. */
  step: number;
  onMove(step: number): void;
}

/** Space left of the plot for its scale. */
export const DESCENTS_LEFT = 52;
/** Smaller losses, and 0, are drawn as this one, off the axis. */
const LEAST = 1e-300;

/** Losses over steps on a logarithmic axis, each named at its end; levels that they cannot pass; a knob at the marked step. */
export function descents(
  svg: Element,
  all: readonly Descent[],
  levels: readonly Level[],
  {width, height, bottom, top, steps, step, onMove}: DescentsOptions,
) {
  const x = linear([0, steps], [0, width]);
  const y = logarithmic([10 ** bottom, 10 ** top], [height, 0]);
  const high = (value: number) => rounded(y(Math.max(value, LEAST)));
  const plot = group(svg, "plot", DESCENTS_LEFT, 14);
  axis(group(plot, "x", 0, height), x.ticks(4), x, {side: "bottom", across: height, format: String});
  powersAxis(group(plot, "y"), y, {bottom, top, width});
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
    .attr("d", ({values}) => clipped(values.map(high), x(1), height, true) || null)
    .each(function ({label}) {
      layer(this, "title", "name", label);
    });

  const named = [
    ...floors.map(({name, label, value}) => ({name, text: label, x: width, y: high(value)})),
    ...all.map(({name, label, values}) => ({
      ...{name, ...edgeLabel(label, high(values.at(-1) ?? 1), height)},
      x: Math.max(x(Math.max(values.length - 1, 0)), width),
    })),
  ];
  lineEnds(plot, named, width, height);

  threshold(group(plot, "handle"), step, {width, height, steps, onMove});
  const marked = all
    .filter(({values}) => step < values.length)
    .map(({name, values}) => ({name: `now ${name}`, x: x(step), y: high(values[step])}));
  spots(
    group(plot, "marks"),
    marked.filter(({y}) => y >= 0 && y <= height),
    4,
  );
}
