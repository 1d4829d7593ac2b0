import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {LEFT} from "../../../figure/plot/charts/paths.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {thousandths as shown} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface TailOptions {
  /** Inner width, the same as in the plot above: bar i ends below the plot's rank i. */
  width: number;
  height: number;
  /** Bars up to here are learned, those after it stay in the loss. */
  r: number;
}

/** What each direction adds to the loss, ½σ². A line at r separates the directions that rank r learns from the others. */
export function tailChart(svg: Element, s: ArrayLike<number>, {width, height, r}: TailOptions) {
  const parts = Array.from(s, (sigma) => (sigma * sigma) / 2);
  const x = linear([0, parts.length], [0, width]);
  const y = linear([0, Math.max(...parts)], [height, 0]);
  const plot = group(svg, "plot", LEFT, 6);
  axis(group(plot, "y"), y.ticks(3), y, {side: "left", across: width, format: String});
  select(group(plot, "parts"))
    .selectChildren<SVGRectElement, number>("rect")
    .data(parts)
    .join("rect")
    .attr("class", (_, i) => (i < r ? "part learned" : "part left"))
    .attr("x", (_, i) => rounded(x(i) + 1.5))
    .attr("y", (part) => rounded(Math.min(y(part), height - 1)))
    .attr("width", rounded(x(1) - 3))
    .attr("height", (part) => rounded(Math.max(height - y(part), 1)))
    .each(function (part, i) {
      layer(this, "title", "value", `½σ² of direction ${i + 1}: ${shown(part)}`);
    });
  select(layer(plot, "line", "base"))
    .attr("x2", width)
    .attr("y1", height)
    .attr("y2", height);
  const isLate = r > parts.length / 2;
  const rest = parts.slice(r).reduce((sum, part) => sum + part, 0);
  const place = {x: x(r) + (isLate ? -8 : 8), y: 9, anchor: isLate ? ("end" as const) : ("start" as const)};
  label(plot, "rest", r < parts.length ? `the rest: ${shown(rest)}` : "", place);
  select(layer(plot, "line", "threshold"))
    .attr("x1", rounded(x(r)))
    .attr("x2", rounded(x(r)))
    .attr("y1", -6)
    .attr("y2", height);
}
