import type {Matrix} from "../../engine/linalg/matrix.ts";

/** Each column of B (d,r) as a (d,1) matrix and each row of A (r,k) as a (1,k) one, with the largest magnitude among them. */
export function pieces(B: Matrix, A: Matrix): {columns: Matrix[]; rows: Matrix[]; most: number} {
  const each = Array.from({length: B.cols}, (_, l) => l);
  return {
    columns: each.map((l) => ({
      rows: B.rows,
      cols: 1,
      data: Float64Array.from({length: B.rows}, (_, i) => B.data[i * B.cols + l]),
    })),
    rows: each.map((l) => ({rows: 1, cols: A.cols, data: A.data.slice(l * A.cols, (l + 1) * A.cols)})),
    most: [...B.data, ...A.data].reduce((largest, x) => Math.max(largest, Math.abs(x)), 0),
  };
}
