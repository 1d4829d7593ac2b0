import {range, select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {lineEnds} from "../../../figures/axes/lineEnds.ts";
import {linear, logarithmic} from "../../../figures/axes/scales.ts";
import {threshold} from "../../../figures/axes/threshold.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";

/** One way to the same end: a value at every place, undefined where there is none. */
export interface Rival {
  name: string;
  label: string;
  values: readonly (number | undefined)[];
  /** Place of its best value, which gets a ring. */
  best?: number;
}

/** A value that a rival cannot get below. */
export interface Bar {
  name: string;
  label: string;
  value: number;
}

export interface RivalsOptions {
  width: number;
  height: number;
  /** The axis goes from 10^bottom to 10^top; what leaves it is not drawn. */
  bottom: number;
  top: number;
  /** What each place is called; every `each`th is written. */
  places: readonly string[];
  each: number;
  /** Whether each value has a point, or only that at the marked place. */
  hasPoints: boolean;
  /** Whether names stand at the ends of lines. */
  hasNames: boolean;
  /** The place that is marked. */
  at: number;
  onMove(at: number): void;
}

const short = (x: number): number => Math.round(x * 10) / 10;

/** Rivals over the same places on one logarithmic axis, with bars they cannot pass, and a knob at one place. */
export function rivals(svg: Element, all: readonly Rival[], bars: readonly Bar[], options: RivalsOptions) {
  const {width, height, bottom, top, places, each, hasPoints, hasNames, at, onMove} = options;
  const last = places.length - 1;
  const x = linear([0, last], [0, width]);
  const y = logarithmic([10 ** bottom, 10 ** top], [height, 0]);
  const isInside = (value: number | undefined): value is number =>
    value !== undefined && value >= 10 ** bottom && value <= 10 ** top;
  const plot = group(svg, "plot", 42, 14);
  const written = range(0, last + 1, each);
  axis(group(plot, "x", 0, height), written, x, {side: "bottom", across: height, format: (i) => places[i]!});
  axis(
    group(plot, "y"),
    range(bottom, top + 1).map((power) => 10 ** power),
    y,
    {side: "left", across: width, format: (value) => String(Number(value.toPrecision(1)))},
  );
  const shown = bars.filter(({value}) => isInside(value));
  select(group(plot, "bars"))
    .selectChildren<SVGLineElement, Bar>("line")
    .data(shown)
    .join("line")
    .attr("class", ({name}) => `line ${name}`)
    .attr("x2", width)
    .attr("y1", ({value}) => short(y(value)))
    .attr("y2", ({value}) => short(y(value)));

  const drawn = all.map(({values, ...rest}) => ({
    ...rest,
    points: values.flatMap((value, i) => (isInside(value) ? [{i, x: short(x(i)), y: short(y(value))}] : [])),
  }));
  threshold(group(plot, "handle"), at, {width, height, steps: last, label: "", onMove});
  select(group(plot, "series"))
    .selectChildren<SVGGElement, (typeof drawn)[number]>("g")
    .data(drawn)
    .join("g")
    .attr("class", ({name}) => `rival ${name}`)
    .each(function ({name, label, points, best}) {
      layer(this, "title", "label", label);
      // It breaks where a value is missing or off the axis.
      const d = points.map(({i, x, y}, n) => `${n > 0 && points[n - 1]!.i === i - 1 ? "L" : "M"}${x},${y}`).join("");
      select(layer(this, "path", "line"))
        .attr("class", `line ${name}`)
        .attr("d", d || null);
      circles(group(this, "points"), `now ${name}`, 3.5, hasPoints ? points : points.filter(({i}) => i === at));
      circles(
        group(this, "rings"),
        "ring",
        7,
        points.filter(({i}) => i === best),
      );
    });
  const ends = drawn.flatMap(({name, label, points}) => points.slice(-1).map((end) => ({...end, name, label})));
  const labels = [...ends, ...shown.map(({name, label, value}) => ({name, label, x: width, y: short(y(value))}))];
  lineEnds(plot, hasNames ? labels.map(({label, ...end}) => ({...end, text: label})) : [], width, height);
}

interface Spot {
  x: number;
  y: number;
}

const circles = (g: Element, name: string, r: number, spots: readonly Spot[]) =>
  select(g)
    .selectChildren<SVGCircleElement, Spot>("circle")
    .data(spots)
    .join("circle")
    .attr("class", name)
    .attr("cx", ({x}) => x)
    .attr("cy", ({y}) => y)
    .attr("r", r);
