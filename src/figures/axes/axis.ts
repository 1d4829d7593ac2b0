import {select} from "d3";
import {layer} from "../layer.ts";
import {worded} from "../text/worded.ts";

export interface AxisOptions {
  side: "bottom" | "left";
  /** Length of the grid line each tick draws across the plot. */
  across: number;
  format: (value: number) => string;
}

/** Ticks with their labels: `at` gives each value its place. */
export function axis(
  g: Element,
  values: readonly number[],
  at: (value: number) => number,
  {side, across, format}: AxisOptions,
) {
  const bottom = side === "bottom";
  select(layer(g, "g", "rules"))
    .selectChildren<SVGLineElement, number>("line")
    .data(values)
    .join("line")
    .attr("class", "grid")
    .attr(bottom ? "x1" : "y1", at)
    .attr(bottom ? "x2" : "y2", at)
    .attr(bottom ? "y1" : "x1", 0)
    .attr(bottom ? "y2" : "x2", bottom ? -across : across);
  select(layer(g, "g", "names"))
    .selectChildren<SVGTextElement, number>("text")
    .data(values)
    .join("text")
    .attr(bottom ? "x" : "y", at)
    .attr(bottom ? "y" : "x", bottom ? 16 : -6)
    .attr("dy", bottom ? null : "0.32em")
    .attr("text-anchor", bottom ? "middle" : "end")
    .each(worded(format));
}
