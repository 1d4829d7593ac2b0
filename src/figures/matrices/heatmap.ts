import {select} from "d3";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {bins} from "../axes/scales.ts";

export interface HeatmapOptions {
  /** Size of a cell, across and down. */
  cellWidth: number;
  cellHeight: number;
  /** The value at both ends of the color scale. */
  limit: number;
  /** How far each row stands right of the one above: a cell's width puts a column on a diagonal. */
  shift?: number;
}

const BINS = 21;

/** m (d,k) → cells grouped by color bin (10 is zero), one path a bin, runs merged along rows: 21 nodes at any size. */
export function heatmap(g: Element, m: Matrix, {cellWidth, cellHeight, limit, shift = 0}: HeatmapOptions) {
  const bin = bins(limit || 1, BINS);
  const paths = new Array<string>(BINS).fill("");
  for (let i = 0, n = 0; i < m.rows; i++)
    for (let j = 0; j < m.cols; ) {
      const b = bin(m.data[n]);
      const from = j;
      while (j < m.cols && bin(m.data[n]) === b) {
        j++;
        n++;
      }
      paths[b] +=
        `M${short(from * cellWidth + i * shift)} ${short(i * cellHeight)}h${short((j - from) * cellWidth)}v${short(cellHeight)}h${short((from - j) * cellWidth)}z`;
    }
  select(g)
    .selectChildren<SVGPathElement, string>("path")
    .data(paths)
    .join("path")
    .attr("class", (_, i) => `bin bin-${i}`)
    .each(function (d) {
      // Parsing a path costs more than comparing it, and of a figure's matrices most stand still in a drag.
      if (d === (this.getAttribute("d") ?? "")) return;
      if (d) this.setAttribute("d", d);
      else this.removeAttribute("d");
    });
}

const short = (x: number): number => Math.round(x * 100) / 100;
