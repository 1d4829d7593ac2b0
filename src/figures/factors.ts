import type {Matrix} from "../engine/matrix.ts";
import {heatmap} from "./heatmap.ts";
import {layer} from "./layer.ts";
import {group} from "./panel.ts";
import {type Box, outline, pick} from "./pick.ts";

export interface FactorsOptions {
  /** Edge of the square that holds BA. */
  size: number;
  /** Depth of the strips for B (left) and A (above) at most. */
  strip: number;
  limit: number;
  /** The traced entry, counted from 1; zeros trace nothing. */
  row: number;
  column: number;
  /** The traced term of the sum, counted from 1; 0 lights all. */
  term?: number;
  /** Columns of B and rows of A that are in BA; the others are veiled. All by default. */
  summed?: number;
  onPoint(row: number, column: number): void;
}

const GAP = 8;

function veil(g: Element, width: number, height: number) {
  const rect = layer(g, "rect", "wait");
  rect.setAttribute("width", String(width));
  rect.setAttribute("height", String(height));
}

/** B (d,r), A (r,k), BA (d,k) as three blocks that line up: B left of BA, A above it; a traced entry lights its row of B and column of A. */
export function factors(svg: Element, {B, A, BA}: {B: Matrix; A: Matrix; BA: Matrix}, options: FactorsOptions) {
  const {size, strip, limit, row, column, term = 0, summed = B.cols, onPoint} = options;
  const r = B.cols;
  const cell = size / Math.max(BA.rows, BA.cols);
  const thin = r ? Math.min(cell, strip / r) : 0;
  const own = (m: Matrix) => m.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const factorLimit = Math.max(own(B), own(A));
  const traced = row > 0 && column > 0;
  const left = group(svg, "B", strip - thin * r, strip + GAP);
  const top = group(svg, "A", strip + GAP, strip - thin * r);
  const main = group(svg, "BA", strip + GAP, strip + GAP);
  const block = (g: Element, m: Matrix, cellWidth: number, cellHeight: number, most: number, boxes: Box[]) => {
    heatmap(group(g, "map"), m, {cellWidth, cellHeight, limit: most});
    outline(group(g, "trace"), boxes, cellWidth, cellHeight);
  };
  const strips = (box: Box, one: Box) => (traced && r ? (term ? [box, one] : [box]) : []);
  block(
    left,
    B,
    thin,
    cell,
    factorLimit,
    strips({row, column: 1, rows: 1, cols: r}, {row, column: term, rows: 1, cols: 1}),
  );
  block(
    top,
    A,
    cell,
    thin,
    factorLimit,
    strips({row: 1, column, rows: r, cols: 1}, {row: term, column, rows: 1, cols: 1}),
  );
  block(main, BA, cell, cell, limit, traced ? [{row, column, rows: 1, cols: 1}] : []);
  const waiting = r - summed;
  veil(group(left, "veil", thin * summed), thin * waiting, cell * B.rows);
  veil(group(top, "veil", 0, thin * summed), cell * A.cols, thin * waiting);
  pick(main, {rows: BA.rows, cols: BA.cols, cellWidth: cell, cellHeight: cell, onPoint});
}
