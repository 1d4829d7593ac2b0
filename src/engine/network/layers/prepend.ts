import {type Matrix, zeros} from "../../linalg/matrix.ts";
import {addMultiple} from "../../linalg/segments.ts";

/** Puts the prefix before each of B sequences. prefix (P,C), x (B·T,C) → (B·(P + T),C). */
export function prepend(prefix: Matrix, x: Matrix, B: number): Matrix {
  const [T, S] = [x.rows / B, x.rows / B + prefix.rows];
  const y = zeros(B * S, x.cols);
  for (let b = 0; b < B; b++) {
    y.data.set(prefix.data, b * S * x.cols);
    y.data.set(x.data.subarray(b * T * x.cols, (b + 1) * T * x.cols), (b * S + prefix.rows) * x.cols);
  }
  return y;
}

/** dy (B·(P + T),C) → dx (B·T,C) += the rows of x; dprefix (P,C), when given, += the rows of the prefix. */
export function prependBackward(dy: Matrix, P: number, B: number, dx: Matrix, dprefix?: Matrix): void {
  const [before, own] = [P * dy.cols, (dx.rows / B) * dy.cols];
  for (let b = 0; b < B; b++) {
    const start = b * (before + own);
    if (dprefix) addMultiple(dprefix.data, 0, dy.data, start, before, 1);
    addMultiple(dx.data, b * own, dy.data, start + before, own, 1);
  }
}
