import {range, select} from "d3";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";
import {withText} from "../text/put.ts";

export interface AxisOptions {
  side: "bottom" | "left";
  /** Length of the grid line that each tick draws across the plot. */
  across: number;
  format: (value: number) => string;
  /** Dashes of the grid lines, which keep them from crossing words. */
  dashes?: string;
}

/** A horizontal scale and how it is labeled. */
export interface ScaleOptions {
  width: number;
  ends: readonly [number, number];
  ticks: readonly number[];
  format: (value: number) => string;
}

/**
 * Ticks with grid lines and labels; `at` maps a value to its place. d3-axis adds 1 kB, and where the build has drawn the first
 * frame it makes every tick anew.
 */
export function axis(
  g: Element,
  values: readonly number[],
  at: (value: number) => number,
  {side, across, format, dashes}: AxisOptions,
) {
  const bottom = side === "bottom";
  const place = (value: number) => rounded(at(value));
  select(layer(g, "g", "rules"))
    .selectChildren<SVGLineElement, number>("line")
    .data(values)
    .join("line")
    .attr("class", "grid")
    .attr(bottom ? "x1" : "y1", place)
    .attr(bottom ? "x2" : "y2", place)
    .attr(bottom ? "y1" : "x1", 0)
    .attr(bottom ? "y2" : "x2", bottom ? -across : across)
    .attr("stroke-dasharray", dashes ?? null);
  select(layer(g, "g", "names"))
    .selectChildren<SVGTextElement, number>("text")
    .data(values)
    .join("text")
    .attr(bottom ? "x" : "y", place)
    .attr(bottom ? "y" : "x", bottom ? 16 : -6)
    .attr("dy", bottom ? null : "0.32em")
    .attr("text-anchor", bottom ? "middle" : "end")
    .each(withText(format));
}

/** The powers of ten from 10^bottom to 10^top, up the left of a plot of this width. */
export const powersAxis = (
  g: Element,
  y: (value: number) => number,
  {bottom, top, width}: {bottom: number; top: number; width: number},
) =>
  axis(
    g,
    range(bottom, top + 1).map((power) => 10 ** power),
    y,
    {side: "left", across: width, format: (value) => String(Number(value.toPrecision(1)))},
  );
