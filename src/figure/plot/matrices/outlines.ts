/** Cells in rows, each with the number of its class: cell [i, j] has `of[i * cols + j]`. */
interface Cells {
  of: ArrayLike<number>;
  rows: number;
  cols: number;
}

/**
 * The outlines of each class as the text of one path, `classes` of them, in cells; less than half as long as a rectangle for each
 * run of cells. They go clockwise around cells and the other way around holes.
 */
export function outlines(cells: Cells, classes: number): string[] {
  const {of, rows, cols} = cells;
  const paths = new Array<string>(classes).fill("");
  // A frame of no class around the cells.
  const wide = cols + 2;
  const grid = new Int16Array(wide * (rows + 2)).fill(-1);
  for (let i = 0, n = 0; i < rows; i++) for (let j = 0, at = (i + 1) * wide + 1; j < cols; j++) grid[at++] = of[n++]!;
  const seen = new Uint8Array(grid.length);
  const trace = tracer(grid, wide, seen);
  for (let i = 0; i < rows; i++)
    for (let j = 0, at = (i + 1) * wide + 1; j < cols; j++, at++)
      // Every outline has an upper side, and none is gone along twice.
      if (!seen[at] && grid[at - wide] !== grid[at]) paths[grid[at]!] += written(trace(at), i, j);
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

/** An outline from the upper left corner of cell [i, j] on, as the text of a path; its last piece is what `z` draws. */
const written = (pieces: readonly number[], i: number, j: number): string =>
  `M${j} ${i}${pieces
    .slice(0, -1)
    .map((length, n) => (n % 2 ? "v" : "h") + length)
    .join("")}z`;
