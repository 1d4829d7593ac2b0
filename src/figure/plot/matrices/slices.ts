import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {largestAbs} from "./extent.ts";

/** The columns of B (d,r) as matrices (d,1), the rows of A (r,k) as matrices (1,k), and the largest magnitude in both. */
export function slices(B: Matrix, A: Matrix): {columns: Matrix[]; rows: Matrix[]; most: number} {
  const indices = Array.from({length: B.cols}, (_, l) => l);
  return {
    columns: indices.map((l) => ({
      rows: B.rows,
      cols: 1,
      data: Float64Array.from({length: B.rows}, (_, i) => B.data[i * B.cols + l]),
    })),
    rows: indices.map((l) => ({rows: 1, cols: A.cols, data: A.data.slice(l * A.cols, (l + 1) * A.cols)})),
    most: Math.max(largestAbs(B), largestAbs(A)),
  };
}
