import {add, type Matrix, zeros} from "../../linalg/matrix.ts";
import {accumulate, linear, linearBackward} from "./linear.ts";
import {relu, reluBackward} from "./relu.ts";

/** A bottleneck adapter: down (m,C) narrows the stream to width m, up (C,m) widens it again. */
export interface Bottleneck {
  down: Matrix;
  up: Matrix;
}

/**
 * y = x + relu(x·downᵀ)·upᵀ: Houlsby et al. 2019, "Parameter-efficient transfer learning for NLP", without biases like
 * the rest of the model. With up = 0 it is the identity.
 * x (N,C) → y (N,C), and `narrow` (N,m), the input of the ReLU, for backward.
 */
export function bottleneck(x: Matrix, {down, up}: Bottleneck): {y: Matrix; narrow: Matrix} {
  const narrow = linear(x, down);
  return {y: add(x, linear(relu(narrow), up)), narrow};
}

/** dy (N,C) → dx (N,C) += dy + the gradient through the bottleneck; adds to `gradient` when it is given. */
export function bottleneckBackward(
  dy: Matrix,
  x: Matrix,
  {down, up}: Bottleneck,
  narrow: Matrix,
  dx: Matrix,
  gradient?: Bottleneck,
): void {
  const dactive = zeros(narrow.rows, narrow.cols);
  linearBackward(dy, relu(narrow), up, dactive, gradient?.up);
  const dnarrow = zeros(narrow.rows, narrow.cols);
  reluBackward(dactive, narrow, dnarrow);
  linearBackward(dnarrow, x, down, dx, gradient?.down);
  accumulate(dx, dy);
}
