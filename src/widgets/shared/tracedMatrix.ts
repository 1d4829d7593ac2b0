import type {Matrix} from "../../engine/linalg/matrix.ts";
import {heatmap} from "../../figures/matrices/heatmap.ts";
import {outline, pick} from "../../figures/matrices/pick.ts";
import {group} from "../../figures/panel.ts";

export interface TracedOptions {
  /** Edge of a cell. */
  cell: number;
  limit: number;
  /** The outlined entry, counted from 1; none if either is 0. */
  row: number;
  column: number;
  onPoint(at: {row: number; column: number}): void;
}

/** A matrix as a heatmap with one entry outlined; pointing at a cell picks another. */
export function tracedMatrix(svg: Element, m: Matrix, {cell, limit, row, column, onPoint}: TracedOptions) {
  const cells = {cellWidth: cell, cellHeight: cell};
  heatmap(group(svg, "map"), m, {...cells, limit});
  outline(group(svg, "trace"), row && column ? [{row, column, rows: 1, cols: 1}] : [], cell, cell);
  pick(group(svg, "picker"), {
    ...cells,
    rows: m.rows,
    cols: m.cols,
    onPoint: (toRow, toColumn) => onPoint({row: toRow, column: toColumn}),
  });
}
