import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {decades, logarithmic} from "../../../figures/axes/scales.ts";
import {threshold} from "../../../figures/axes/threshold.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {lines} from "../../../figures/plots/lines.ts";
import {count} from "../../../figures/text/format.ts";
import {label} from "../../../figures/text/label.ts";

export interface CountsOptions {
  width: number;
  height: number;
  r: number;
  onMove(r: number): void;
}

export interface Counts {
  /** Parameters in the full matrix, and in B and A for each unit of rank. */
  full: number;
  perRank: number;
  /** The largest rank, and the rank at which both have equally many parameters. */
  most: number;
  breakEven: number;
}

/** Parameters over rank, both logarithmic: a rising line for B and A, a level line for the matrix, and a mark where they cross. */
export function counts(
  svg: Element,
  {full, perRank, most, breakEven}: Counts,
  {width, height, r, onMove}: CountsOptions,
) {
  const last = Math.max(most, 2);
  const [ranks, sizes] = [
    [1, last],
    [perRank, Math.max(last * perRank, full)],
  ] as const;
  const x = logarithmic(ranks, [0, width]);
  const y = logarithmic(sizes, [height, 0]);
  const plot = group(svg, "plot", 46, 10);
  axis(group(plot, "x", 0, height), decades(ranks, width < 180 ? 3 : 5), x, {
    side: "bottom",
    across: height,
    format: count,
  });
  axis(group(plot, "y"), decades(sizes, 5), y, {side: "left", across: width, format: count});
  const level = (name: string, from: number, to: number) => ({
    name,
    points: [[1, from] as const, [last, to] as const],
  });
  lines(group(plot, "series"), [level("full", full, full), level("pair", perRank, last * perRank)], {x, y});
  select(layer(plot, "circle", "crossing"))
    .attr("cx", x(Math.max(breakEven, 1)))
    .attr("cy", y(full))
    .attr("r", 4);
  const middle = Math.sqrt(last);
  label(plot, "name full", "full matrix", {x: x(r) < 76 ? x(r) + 8 : 4, y: y(full) + 16});
  label(plot, "name pair", "B and A", {x: x(middle) + 10, y: y(middle * perRank) + 16});
  threshold(group(plot, "handle"), x(r), {
    width,
    height,
    steps: width,
    onMove: (at) => onMove(Math.min(Math.max(Math.round(x.invert(at)), 1), most)),
  });
}
