import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {largestAbs} from "./extent.ts";

/** The columns of B (d,r) as (d,1) matrices, the rows of A (r,k) as (1,k) matrices, and the largest magnitude in both. */
export function slices(B: Matrix, A: Matrix): {columns: Matrix[]; rows: Matrix[]; most: number} {
  const each = Array.from({length: B.cols}, (_, l) => l);
  return {
    columns: each.map((l) => ({
      rows: B.rows,
      cols: 1,
      data: Float64Array.from({length: B.rows}, (_, i) => B.data[i * B.cols + l]),
    })),
    rows: each.map((l) => ({rows: 1, cols: A.cols, data: A.data.slice(l * A.cols, (l + 1) * A.cols)})),
    most: Math.max(largestAbs(B), largestAbs(A)),
  };
}
