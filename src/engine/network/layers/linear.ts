import {type Matrix, matmul, matmulTA, matmulTB} from "../../linalg/matrix.ts";
import {accumulate} from "./accumulate.ts";

/** x (N,K), W (D,K) → y = x·Wᵀ (N,D), one row for each example. Throws when the sizes K differ. */
export function linear(x: Matrix, W: Matrix): Matrix {
  return matmulTB(x, W);
}

/** dy (N,D) → dx (N,K) += dy·W and dW (D,K) += dyᵀ·x; a frozen W has no dW. */
export function linearBackward(dy: Matrix, x: Matrix, W: Matrix, dx: Matrix, dW?: Matrix): void {
  accumulate(dx, matmul(dy, W));
  if (dW) accumulate(dW, matmulTA(dy, x));
}
