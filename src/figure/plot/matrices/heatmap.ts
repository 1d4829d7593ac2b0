/** A matrix drawn as colored cells. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {binsOf} from "../axes/scales.ts";
import {attributes, each} from "../children.ts";

interface HeatmapOptions {
  /** The size of a cell in units. */
  cellWidth: number;
  cellHeight: number;
  /** The color scale runs from −limit to limit. */
  limit: number;
}

/** The number of color bins; the one in the middle, 10, is zero. */
export const BIN_COUNT = 21;

/** Draws m (d,k) as colored cells, with one path for each color bin. The path of an empty bin has no attributes. */
export function heatmap(g: Element, {rows, cols, data}: Matrix, {cellWidth, cellHeight, limit}: HeatmapOptions) {
  const transform = `scale(${+cellWidth.toFixed(3)} ${+cellHeight.toFixed(3)})`;
  each(g, "path", binPaths(binsOf(data, limit || 1, BIN_COUNT), rows, cols), (path, d, bin) =>
    attributes(path, d ? {class: `bin bin-${bin}`, transform, d} : {class: null, transform: null, d: null}),
  );
}

/** The path of each bin, in cells as units: a rectangle for each stretch of its cells in a row. */
function binPaths(bins: Uint8Array, rows: number, cols: number): string[] {
  const paths = new Array<string>(BIN_COUNT).fill("");
  for (let row = 0; row < rows; row++)
    for (let from = 0, to = 0; from < cols; from = to) {
      const bin = bins[row * cols + from]!;
      while (to < cols && bins[row * cols + to] === bin) to++;
      paths[bin] += `M${from} ${row}h${to - from}v1h${from - to}z`;
    }
  return paths;
}
