import {type Matrix, zeros} from "../../linalg/matrix.ts";
import {addMultiple} from "./segments.ts";

/** The P rows of `prefix` before the T rows of each of B sequences.  prefix (P,C), x (B·T,C) → (B·(P + T),C). */
export function prepend(prefix: Matrix, x: Matrix, B: number): Matrix {
  const [T, S] = [x.rows / B, x.rows / B + prefix.rows];
  const y = zeros(B * S, x.cols);
  for (let b = 0; b < B; b++) {
    y.data.set(prefix.data, b * S * x.cols);
    y.data.set(x.data.subarray(b * T * x.cols, (b + 1) * T * x.cols), (b * S + prefix.rows) * x.cols);
  }
  return y;
}

/** dy (B·(P + T),C) → dx (B·T,C) += its part, and dprefix (P,C) += the sum over the sequences, when it is given. */
export function prependBackward(dy: Matrix, P: number, B: number, dx: Matrix, dprefix?: Matrix): void {
  const [own, T] = [P * dy.cols, (dx.rows / B) * dy.cols];
  for (let b = 0; b < B; b++) {
    const start = b * (own + T);
    if (dprefix) addMultiple(dprefix.data, 0, dy.data, start, own, 1);
    addMultiple(dx.data, b * T, dy.data, start + own, T, 1);
  }
}
