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

/** The bin in the middle, 10, is zero. */
const BIN_COUNT = 21;

/** What was drawn last in each group. A matrix that has not changed, such as ΔW while r moves, is not drawn again. */
const lastDrawings = new WeakMap<Element, {bins: Uint8Array; cols: number; scale: string}>();

/** Draws m (d,k) as colored cells: one path around the cells of each color bin. The path of an empty bin has no attributes. */
export function heatmap(g: Element, {rows, cols, data}: Matrix, {cellWidth, cellHeight, limit}: HeatmapOptions) {
  const bins = binsOf(data, limit || 1, BIN_COUNT);
  const scale = `scale(${+cellWidth.toFixed(3)} ${+cellHeight.toFixed(3)})`;
  const last = lastDrawings.get(g);
  if (last?.scale === scale && last.cols === cols && isSame(last.bins, bins)) return;
  lastDrawings.set(g, {bins, cols, scale});
  each(g, "path", outlines({classes: bins, rows, cols}, BIN_COUNT), (path, d, i) =>
    attributes(path, d ? {class: `bin bin-${i}`, transform: scale, d} : {class: null, transform: null, d: null}),
  );
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((bin, n) => bin === b[n]);

/** Cells in rows, each with the number of its class: cell [i, j] has `classes[i * cols + j]`. */
interface Cells {
  classes: ArrayLike<number>;
  rows: number;
  cols: number;
}

/**
 * The path of each class: the outlines of its cells, in cells as units. This text is less than half as long as one with a rectangle
 * for each run of cells. Outlines go clockwise around cells and counterclockwise around holes.
 */
function outlines({classes, rows, cols}: Cells, classCount: number): string[] {
  const paths = new Array<string>(classCount).fill("");
  // The grid has a border of cells without a class.
  const gridWidth = cols + 2;
  const grid = new Int16Array(gridWidth * (rows + 2)).fill(-1);
  for (let i = 0, n = 0; i < rows; i++)
    for (let j = 0, at = (i + 1) * gridWidth + 1; j < cols; j++) grid[at++] = classes[n++]!;
  const visited = new Uint8Array(grid.length);
  const trace = tracer(grid, gridWidth, visited);
  for (let i = 0; i < rows; i++)
    for (let j = 0, at = (i + 1) * gridWidth + 1; j < cols; j++, at++)
      // Every outline has an upper side. A side that was passed is on an outline that is known.
      if (!visited[at] && grid[at - gridWidth] !== grid[at]) paths[grid[at]!] += pathText(trace(at), i, j);
  return paths;
}

/**
 * Gives a function that follows the outline which begins with the upper side of a cell, and marks in `visited` the cells whose
 * upper side is on it. The function gives the signed length of each straight piece, in cells: the first goes right, then vertical
 * and horizontal pieces alternate.
 */
function tracer(grid: Int16Array, gridWidth: number, visited: Uint8Array) {
  /** To the next cell right, down, left, up: clockwise, beginning on the upper side. */
  const steps = [1, gridWidth, -1, -gridWidth];
  return (start: number): number[] => {
    const cellClass = grid[start]!;
    const pieces: number[] = [];
    let [at, side, length] = [start, 0, 0];
    do {
      if (side === 0) visited[at] = 1;
      length++;
      const ahead = at + steps[side]!;
      const left = (side + 3) & 3;
      if (grid[ahead] === cellClass) {
        const beyond = ahead + steps[left]!;
        if (grid[beyond] !== cellClass) {
          at = ahead;
          continue;
        }
        at = beyond;
        pieces.push(side < 2 ? length : -length);
        side = left;
      } else {
        pieces.push(side < 2 ? length : -length);
        side = (side + 1) & 3;
      }
      length = 0;
    } while (at !== start || side !== 0);
    return pieces;
  };
}

/** An outline as the text of a path that begins at the upper left corner of cell [i, j]; `z` draws its last piece. */
const pathText = (pieces: readonly number[], i: number, j: number): string =>
  `M${j} ${i}${pieces
    .slice(0, -1)
    .map((length, n) => (n % 2 ? "v" : "h") + length)
    .join("")}z`;
