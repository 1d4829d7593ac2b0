import {range, select} from "d3";
import {axis, powersAxis} from "../../../figure/plot/axes/axis.ts";
import {lineEnds} from "../../../figure/plot/axes/lineEnds.ts";
import {linear, logarithmic} from "../../../figure/plot/axes/scales.ts";
import {threshold} from "../../../figure/plot/axes/threshold.ts";
import {spots} from "../../../figure/plot/charts/spots.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

/** A value at every place, undefined where there is none. */
export interface Rival {
  name: string;
  label: string;
  values: readonly (number | undefined)[];
  /** Place of its best value, which gets a ring. */
  best?: number;
}

/** A value that no rival can get below, drawn as a level line. */
export interface Floor {
  name: string;
  label: string;
  value: number;
}

export interface RivalCurvesOptions {
  width: number;
  height: number;
  /** The axis goes from 10^bottom to 10^top; values beyond it are not drawn. */
  bottom: number;
  top: number;
  /** The name of each place; every `each`th is written. */
  places: readonly string[];
  each: number;
  /** Whether each value has a point, or only the one at the marked place. */
  hasPoints: boolean;
  /** Whether curves are named at their ends. */
  hasNames: boolean;
  /** The marked place. */
  at: number;
  onMove(at: number): void;
}

/** Rivals over the same places on one logarithmic axis, with floors that they cannot pass and a knob at the marked place. */
export function rivalCurves(
  svg: Element,
  all: readonly Rival[],
  floors: readonly Floor[],
  {width, height, bottom, top, places, each, hasPoints, hasNames, at, onMove}: RivalCurvesOptions,
) {
  const last = places.length - 1;
  const x = linear([0, last], [0, width]);
  const y = logarithmic([10 ** bottom, 10 ** top], [height, 0]);
  const isInside = (value: number | undefined): value is number =>
    value !== undefined && value >= 10 ** bottom && value <= 10 ** top;
  const plot = group(svg, "plot", 42, 14);
  const written = range(0, last + 1, each);
  axis(group(plot, "x", 0, height), written, x, {side: "bottom", across: height, format: (i) => places[i]!});
  powersAxis(group(plot, "y"), y, {bottom, top, width});
  const shown = floors.filter(({value}) => isInside(value));
  select(group(plot, "bars"))
    .selectChildren<SVGLineElement, Floor>("line")
    .data(shown)
    .join("line")
    .attr("class", ({name}) => `line ${name}`)
    .attr("x2", width)
    .attr("y1", ({value}) => rounded(y(value)))
    .attr("y2", ({value}) => rounded(y(value)));

  const drawn = all.map(({values, ...rest}) => ({
    ...rest,
    points: values.flatMap((value, i) => (isInside(value) ? [{i, x: rounded(x(i)), y: rounded(y(value))}] : [])),
  }));
  threshold(group(plot, "handle"), at, {width, height, steps: last, onMove});
  select(group(plot, "series"))
    .selectChildren<SVGGElement, (typeof drawn)[number]>("g")
    .data(drawn)
    .join("g")
    .attr("class", ({name}) => `rival ${name}`)
    .each(function ({name, label, points, best}) {
      layer(this, "title", "label", label);
      // The line breaks where a value is missing or off the axis.
      const d = points.map(({i, x, y}, n) => `${n > 0 && points[n - 1]!.i === i - 1 ? "L" : "M"}${x},${y}`).join("");
      select(layer(this, "path", "line"))
        .attr("class", `line ${name}`)
        .attr("d", d || null);
      const dots = hasPoints ? points : points.filter(({i}) => i === at);
      const rings = points.filter(({i}) => i === best);
      const named = (list: typeof points, name: string) => list.map(({x, y}) => ({name, x, y}));
      spots(group(this, "points"), named(dots, `now ${name}`), 3.5);
      spots(group(this, "rings"), named(rings, "ring"), 7);
    });
  const ends = drawn.flatMap(({name, label, points}) => points.slice(-1).map((end) => ({...end, name, label})));
  const labels = [...ends, ...shown.map(({name, label, value}) => ({name, label, x: width, y: rounded(y(value))}))];
  lineEnds(plot, hasNames ? labels.map(({label, ...end}) => ({...end, text: label})) : [], width, height);
}
