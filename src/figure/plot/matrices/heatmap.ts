/** A matrix drawn as colored cells. */
import {select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {bins} from "../axes/scales.ts";
import {outlines} from "./outlines.ts";

interface HeatmapOptions {
  /** The size of a cell in units. */
  cellWidth: number;
  cellHeight: number;
  /** The color scale runs from −limit to limit. */
  limit: number;
}

const BINS = 21;

/** What was drawn last in each group. A matrix that has not changed, such as ΔW while r moves, is not drawn again. */
const lastDrawings = new WeakMap<Element, {bin: Uint8Array; cols: number; scale: string}>();

/** Draws m (d,k) as colored cells: one path around the cells of each of 21 color bins, of which 10 is zero. The path of an empty bin has no attributes. */
export function heatmap(g: Element, {rows, cols, data}: Matrix, {cellWidth, cellHeight, limit}: HeatmapOptions) {
  const bin = bins(data, limit || 1, BINS);
  const scale = `scale(${+cellWidth.toFixed(3)} ${+cellHeight.toFixed(3)})`;
  const last = lastDrawings.get(g);
  if (last?.scale === scale && last.cols === cols && isSame(last.bin, bin)) return;
  lastDrawings.set(g, {bin, cols, scale});
  select(g)
    .selectChildren<SVGPathElement, string>("path")
    .data(outlines({classes: bin, rows, cols}, BINS))
    .join("path")
    .attr("class", (d, i) => (d ? `bin bin-${i}` : null))
    .attr("transform", (d) => (d ? scale : null))
    .attr("d", (d) => d || null);
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((bin, n) => bin === b[n]);
