import {range, select} from "d3";
import {axis} from "./axis.ts";
import {cut} from "./descents.ts";
import {layer} from "./layer.ts";
import {group} from "./panel.ts";
import {linear, logarithmic} from "./scales.ts";
import {threshold} from "./threshold.ts";

/** A value for each setting, undefined where there is none. */
export interface Tuning {
  name: string;
  label: string;
  values: readonly (number | undefined)[];
  /** Place of its least value. */
  best?: number;
}

export interface TunedOptions {
  width: number;
  height: number;
  /** The axis goes from 10^bottom to 10^top. */
  bottom: number;
  top: number;
  /** What the settings are called, in order. */
  settings: readonly string[];
  /** The setting that is marked. */
  at: number;
  onMove(at: number): void;
}

const short = (x: number): number => Math.round(x * 10) / 10;
const LEAST = 1e-300;

/** What comes of every setting on a logarithmic axis, a curve for each way, a ring around its best; a knob at one setting. */
export function tuned(
  svg: Element,
  all: readonly Tuning[],
  {width, height, bottom, top, settings, at, onMove}: TunedOptions,
) {
  const last = settings.length - 1;
  const x = linear([0, last], [0, width]);
  const y = logarithmic([10 ** bottom, 10 ** top], [height, 0]);
  const high = (value: number) => short(y(Math.max(value, LEAST)));
  const plot = group(svg, "plot", 42, 14);
  axis(group(plot, "x", 0, height), range(settings.length), x, {
    side: "bottom",
    across: height,
    // Every other one, as all would run together.
    format: (place) => (place % 2 === 0 ? settings[place]! : ""),
  });
  axis(
    group(plot, "y"),
    range(bottom, top + 1).map((power) => 10 ** power),
    y,
    {side: "left", across: width, format: (value) => String(Number(value.toPrecision(1)))},
  );
  threshold(group(plot, "handle"), at, {width, height, steps: last, label: "", onMove});
  select(group(plot, "series"))
    .selectChildren<SVGGElement, Tuning>("g")
    .data(all)
    .join("g")
    .attr("class", ({name}) => `tuning ${name}`)
    .each(function ({name, label, values, best}) {
      // A way that fails does so at the largest rates: what there is comes first.
      const heights = values.flatMap((value) => (value === undefined ? [] : [high(value)]));
      const inside = (value: number | undefined): value is number =>
        value !== undefined && high(value) >= 0 && high(value) <= height;
      const points = values.flatMap((value, i) => (inside(value) ? [{i, y: high(value)}] : []));
      select(layer(this, "path", "line"))
        .attr("class", `line ${name}`)
        .attr("d", cut(heights, x(1), height) || null);
      layer(this, "title", "label").textContent = label;
      select(group(this, "points"))
        .selectChildren<SVGCircleElement, (typeof points)[number]>("circle")
        .data(points)
        .join("circle")
        .attr("class", `now ${name}`)
        .attr("cx", ({i}) => x(i))
        .attr("cy", (point) => point.y)
        .attr("r", 3.5);
      const rings = points.filter(({i}) => i === best);
      select(group(this, "rings"))
        .selectChildren<SVGCircleElement, (typeof points)[number]>("circle")
        .data(rings)
        .join("circle")
        .attr("class", "ring")
        .attr("cx", ({i}) => x(i))
        .attr("cy", (point) => point.y)
        .attr("r", 7);
    });
}
