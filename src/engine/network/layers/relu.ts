import type {Matrix} from "../../linalg/matrix.ts";

/** y = max(x, 0), entry by entry. x (N,D) → y (N,D). */
export function relu(x: Matrix): Matrix {
  return {...x, data: x.data.map((value) => Math.max(value, 0))};
}

/** dx += dy where x > 0. At exactly 0, where the slope jumps, the slope counts as 0. */
export function reluBackward(dy: Matrix, x: Matrix, dx: Matrix): void {
  for (let i = 0; i < x.data.length; i++) if (x.data[i] > 0) dx.data[i] += dy.data[i];
}
