import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {type Chart, type ChartOptions, chart} from "../chart.ts";
import {group} from "../panel.ts";
import type {Room} from "../room.ts";
import {extentText} from "./extent.ts";
import {heatmap} from "./heatmap.ts";
import {outline, pick} from "./pick.ts";

export interface MapChartOptions extends Pick<ChartOptions, "label" | "nominal" | "interactive"> {
  /** What the matrix is; its extent is said after it. */
  alt: string;
  /** The color scale runs from −limit to limit. */
  limit: number;
  /** The traced entry, counted from 1; 0 for none. */
  row: number;
  column: number;
  onPoint(row: number, column: number): void;
}

/** A matrix (d,k) as a whole picture, in square cells as large as the panel allows, with its traced entry. */
export function mapChart(
  box: Element,
  name: string,
  room: Room,
  m: Matrix,
  options: MapChartOptions,
): Chart & {cell: number} {
  const {alt, limit, row, column, onPoint, ...rest} = options;
  const most = Math.max(m.rows, m.cols);
  const drawn = chart(box, name, room, {
    ...rest,
    height: (width) => (width / most) * m.rows,
    alt: `${alt}: ${extentText(m)}`,
  });
  const cell = drawn.width / most;
  const cells = {rows: m.rows, cols: m.cols, cellWidth: cell, cellHeight: cell};
  heatmap(group(drawn.g, "map"), m, {...cells, limit});
  outline(group(drawn.g, "trace"), row && column ? [{row, column, rows: 1, cols: 1}] : [], cell, cell);
  pick(group(drawn.g, "picker"), {...cells, onPoint});
  return {...drawn, cell};
}
