import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear, logarithmic} from "../../../figure/plot/axes/scales.ts";
import {threshold} from "../../../figure/plot/axes/threshold.ts";
import {lines} from "../../../figure/plot/charts/lines.ts";
import {spots} from "../../../figure/plot/charts/spots.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {tenTo} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {withText} from "../../../figure/plot/text/put.ts";

export interface DriftOptions {
  width: number;
  height: number;
  /** The name of the highlighted curve, and the step marked on it. */
  lit: string;
  at: number;
  onMove(at: number): void;
}

interface Curve {
  name: string;
  /** Sizes after 0, 1, 2, … steps. */
  values: readonly number[];
}

/** The scale goes from here, below any rounding error of a float64 sum near 1, to 1. */
const LEAST = 1e-17;
const powers = [-16, -12, -8, -4, 0];
/** Space left of the plot for its scale. */
export const DRIFT_LEFT = 44;
/** From one name to the next. */
const LINE = 15;
/** The knob's name goes on beyond the plot by all but this much. */
const OWN = 44;

/**
 * Sizes over steps on a logarithmic scale, each curve named at its end, with a knob at the marked step. What is 0, as before
 * the first step, has no place on that scale and is left out.
 */
export function drift(svg: Element, curves: readonly Curve[], {width, height, lit, at, onMove}: DriftOptions) {
  const steps = Math.max(...curves.map(({values}) => values.length)) - 1;
  const x = linear([0, Math.max(steps, 1)], [0, width]);
  const y = logarithmic([LEAST, 1], [height, 0]);
  const plot = group(svg, "plot", DRIFT_LEFT, 14);
  axis(group(plot, "x", 0, height), x.ticks(4), x, {side: "bottom", across: height, format: String});
  axis(
    group(plot, "y"),
    powers.map((power) => 10 ** power),
    y,
    {side: "left", across: width, format: (value) => (value === 1 ? "1" : tenTo(Math.round(Math.log10(value))))},
  );
  const series = curves.map(({name, values}) => ({
    name,
    points: values.flatMap((value, n) => (value > 0 ? [[n, value] as const] : [])),
  }));
  lines(group(plot, "others"), series, {x, y});
  lines(
    group(plot, "lit"),
    series.filter(({name}) => name === lit),
    {x, y},
  );
  const marked = curves.find(({name}) => name === lit)?.values[at] ?? 0;
  spots(group(plot, "marks"), marked > 0 ? [{name: "crossing", x: rounded(x(at)), y: rounded(y(marked))}] : [], 4);
  let lowest = Number.NEGATIVE_INFINITY;
  const ends = curves
    .map(({name, values}) => ({name, top: y(Math.max(values.at(-1) ?? 0, LEAST))}))
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
  const along = x(at);
  // The names at the ends are below the knob, so its own may reach over them.
  const isLate = along > width - OWN;
  label(plot, "moved", `swaps: ${at}`, {x: along + (isLate ? -11 : 11), y: 4, anchor: isLate ? "end" : "start"});
}
