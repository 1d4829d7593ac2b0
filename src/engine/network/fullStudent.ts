import {zeros} from "../linalg/matrix.ts";
import type {Problem} from "../training/train.ts";
import {linear, linearBackward} from "./layers/linear.ts";
import {allocate} from "./parameters.ts";
import {squaredError, type Teacher} from "./teacher.ts";

/** A student that trains the whole weight W (d,k), starting from W0. */
export function fullStudent({W0, x, y}: Teacher): Problem {
  const params = allocate([["W", W0.rows, W0.cols]]);
  params.views.W.data.set(W0.data);
  return {
    params,
    loss({views: {W: dW}}) {
      const {loss, dh} = squaredError(linear(x, params.views.W), y);
      linearBackward(dh, x, params.views.W, zeros(x.rows, x.cols), dW);
      return loss;
    },
  };
}
