import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear, logarithmic} from "../../../figures/axes/scales.ts";
import {threshold} from "../../../figures/axes/threshold.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {lines} from "../../../figures/plots/lines.ts";
import {tenTo} from "../../../figures/text/format.ts";
import {withText} from "../../../figures/text/put.ts";

export interface DriftOptions {
  width: number;
  height: number;
  /** The name of the highlighted curve, and the step marked on it. */
  lit: string;
  at: number;
  onMove(at: number): void;
}

export interface Curve {
  name: string;
  /** Sizes after 0, 1, 2, … steps. */
  values: readonly number[];
}

/** Stands for 0 on the logarithmic scale; below any rounding error of a float64 sum near 1. */
const NOTHING = 1e-19;
/** From one name to the next. */
const LINE = 14;

/** Sizes over steps on a logarithmic scale whose lowest line is 0, each curve named at its end, with a knob at the marked step. */
export function drift(svg: Element, curves: readonly Curve[], {width, height, lit, at, onMove}: DriftOptions) {
  const steps = Math.max(...curves.map(({values}) => values.length)) - 1;
  const x = linear([0, Math.max(steps, 1)], [0, width]);
  const y = logarithmic([NOTHING, 1], [height, 0]);
  const high = (value: number) => y(Math.max(value, NOTHING));
  const plot = group(svg, "plot", 42, 14);
  const powers = [-16, -12, -8, -4, 0];
  axis(group(plot, "x", 0, height), x.ticks(4), x, {side: "bottom", across: height, format: String});
  axis(group(plot, "y"), [NOTHING, ...powers.map((power) => 10 ** power)], y, {
    side: "left",
    across: width,
    format: (value) => (value === NOTHING ? "0" : value === 1 ? "1" : tenTo(Math.round(Math.log10(value)))),
  });
  const series = curves.map(({name, values}) => ({
    name,
    points: values.map((value, n) => [n, Math.max(value, NOTHING)] as const),
  }));
  lines(group(plot, "others"), series, {x, y});
  lines(
    group(plot, "lit"),
    series.filter(({name}) => name === lit),
    {x, y},
  );
  const marked = curves.find(({name}) => name === lit)?.values[at] ?? 0;
  select(layer(plot, "circle", "crossing"))
    .attr("cx", x(at))
    .attr("cy", high(marked))
    .attr("r", 4);
  let lowest = Number.NEGATIVE_INFINITY;
  const ends = curves
    .map(({name, values}) => ({name, top: high(values.at(-1) ?? 0)}))
    .sort((one, other) => one.top - other.top)
    .map(({name, top}) => {
      lowest = Math.max(top, lowest + LINE);
      return {name, top: lowest};
    });
  select(group(plot, "ends"))
    .selectChildren<SVGTextElement, (typeof ends)[number]>("text")
    .data(ends)
    .join("text")
    .attr("class", ({name}) => (name === lit ? "end lit" : "end"))
    .attr("x", width + 7)
    .attr("y", ({top}) => top)
    .attr("dy", "0.32em")
    .each(withText(({name}) => name));
  threshold(group(plot, "handle"), at, {width, height, steps, onMove});
}
