import {rounded} from "../rounded.ts";

/** Cells in rows, each with the number of its class: cell [i, j] has `of[i * cols + j]`. */
export interface Cells {
  of: ArrayLike<number>;
  rows: number;
  cols: number;
  width: number;
  height: number;
}

/**
 * The outlines of each class as the text of one path, `classes` of them; less than half as long as a rectangle for each run of
 * cells. They go clockwise around cells and the other way around holes.
 */
export function outlines(cells: Cells, classes: number): string[] {
  const {of, rows, cols} = cells;
  const paths = new Array<string>(classes).fill("");
  // A frame of no class around the cells.
  const wide = cols + 2;
  const grid = new Int16Array(wide * (rows + 2)).fill(-1);
  for (let i = 0, n = 0; i < rows; i++) for (let j = 0, at = (i + 1) * wide + 1; j < cols; j++) grid[at++] = of[n++]!;
  const seen = new Uint8Array(grid.length);
  const xs = Array.from({length: cols + 1}, (_, j) => rounded(j * cells.width));
  const ys = Array.from({length: rows + 1}, (_, i) => rounded(i * cells.height));
  const trace = tracer(grid, wide, seen);
  for (let i = 0; i < rows; i++)
    for (let j = 0, at = (i + 1) * wide + 1; j < cols; j++, at++)
      // Every outline has an upper side, and none is gone along twice.
      if (!seen[at] && grid[at - wide] !== grid[at]) paths[grid[at]!] += written(trace(at), xs, ys, {i, j});
  return paths;
}

/**
 * Follows the outline that begins with the upper side of a cell. Gives how far each of its straight pieces goes, in cells: the
 * first to the right, then by turns up or down and to a side.
 */
function tracer(grid: Int16Array, wide: number, seen: Uint8Array) {
  /** Along the upper side of a cell to the right, and so on around it. */
  const steps = [1, wide, -1, -wide];
  return (start: number): number[] => {
    const one = grid[start]!;
    const pieces: number[] = [];
    let [at, side, length] = [start, 0, 0];
    do {
      if (side === 0) seen[at] = 1;
      length++;
      const ahead = at + steps[side]!;
      const left = (side + 3) & 3;
      if (grid[ahead] === one) {
        const beyond = ahead + steps[left]!;
        if (grid[beyond] !== one) {
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

/** An outline as the text of a path; its last piece is what `z` draws. */
function written(
  pieces: readonly number[],
  xs: readonly number[],
  ys: readonly number[],
  {i, j}: {i: number; j: number},
): string {
  let [column, row, x, y] = [j, i, xs[j]!, ys[i]!];
  let text = `M${x} ${y}`;
  for (let n = 0; n < pieces.length - 1; n++) {
    const from = n % 2 ? y : x;
    if (n % 2) row += pieces[n]!;
    else column += pieces[n]!;
    [x, y] = [xs[column]!, ys[row]!];
    text += `${n % 2 ? "v" : "h"}${rounded((n % 2 ? y : x) - from)}`;
  }
  return `${text}z`;
}
