import {select} from "d3";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {bins} from "../axes/scales.ts";
import {outlines} from "./outlines.ts";

export interface HeatmapOptions {
  /** Size of a cell, across and down. */
  cellWidth: number;
  cellHeight: number;
  /** The color scale runs from −limit to limit. */
  limit: number;
}

const BINS = 21;

/** m (d,k) as colored cells: one path for each of 21 color bins (10 is zero), around all that is in it. Empty ones are bare. */
export function heatmap(g: Element, m: Matrix, {cellWidth, cellHeight, limit}: HeatmapOptions) {
  const of = Array.from(m.data, bins(limit || 1, BINS));
  const scale = `scale(${+cellWidth.toFixed(3)} ${+cellHeight.toFixed(3)})`;
  const paths = outlines({of, rows: m.rows, cols: m.cols}, BINS);
  select(g)
    .selectChildren<SVGPathElement, string>("path")
    .data(paths)
    .join("path")
    .attr("class", (d, i) => (d ? `bin bin-${i}` : null))
    .attr("transform", (d) => (d ? scale : null))
    .attr("d", (d) => d || null);
}
