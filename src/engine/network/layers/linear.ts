import {type Matrix, matmul, matmulTA, matmulTB} from "../../linalg/matrix.ts";

/** x (N,K), W (D,K) → y = x·Wᵀ (N,D), one row for each example. Throws when the sizes K differ. */
export function linear(x: Matrix, W: Matrix): Matrix {
  return matmulTB(x, W);
}

/** dy (N,D) → dx (N,K) += dy·W and dW (D,K) += dyᵀ·x; a frozen W has no dW. */
export function linearBackward(dy: Matrix, x: Matrix, W: Matrix, dx: Matrix, dW?: Matrix): void {
  accumulate(dx, matmul(dy, W));
  if (dW) accumulate(dW, matmulTA(dy, x));
}

/** target += source, both (m × n). Gradients of a value that is used twice add up. Throws when the shapes differ. */
export function accumulate(target: Matrix, source: Matrix): void {
  if (target.rows !== source.rows || target.cols !== source.cols)
    throw new Error(
      `accumulate: ${source.rows}×${source.cols} into ${target.rows}×${target.cols}: the shapes must be equal`,
    );
  for (let i = 0; i < target.data.length; i++) target.data[i] += source.data[i];
}
