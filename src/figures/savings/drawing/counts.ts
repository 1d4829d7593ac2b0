import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {decades, logarithmic} from "../../../figure/plot/axes/scales.ts";
import {threshold} from "../../../figure/plot/axes/threshold.ts";
import {lines} from "../../../figure/plot/charts/lines.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {count} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface CountsOptions {
  width: number;
  height: number;
  r: number;
  onMove(r: number): void;
}

interface Counts {
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
  const [across, level] = [x(Math.max(breakEven, 1)), y(full)];
  // Left of the crossing B and A are the smaller.
  select(layer(plot, "rect", "pays"))
    .attr("width", rounded(across))
    .attr("height", height);
  axis(group(plot, "x", 0, height), decades(ranks, width < 180 ? 3 : 5), x, {
    side: "bottom",
    across: height,
    format: count,
  });
  axis(group(plot, "y"), decades(sizes, 5), y, {side: "left", across: width, format: count});
  const line = (name: string, from: number, to: number) => ({
    name,
    points: [[1, from] as const, [last, to] as const],
  });
  lines(group(plot, "series"), [line("full", full, full), line("pair", perRank, last * perRank)], {x, y});
  select(layer(plot, "circle", "crossing"))
    .attr("cx", rounded(across))
    .attr("cy", rounded(level))
    .attr("r", 8);
  label(plot, "name pays", width < 180 ? "" : "low rank pays", {x: across - 8, y: height - 8, anchor: "end"});
  const middle = Math.sqrt(last);
  label(plot, "name full", "full matrix", {x: x(r) < 76 ? x(r) + 8 : 4, y: level + 16});
  label(plot, "name pair", "B and A", {x: x(middle) + 10, y: y(middle * perRank) + 16});
  threshold(group(plot, "handle"), x(r), {
    width,
    height,
    steps: width,
    onMove: (at) => onMove(Math.min(Math.max(Math.round(x.invert(at)), 1), most)),
  });
}
