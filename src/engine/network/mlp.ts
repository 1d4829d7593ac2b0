/** A multilayer perceptron: linear layers without biases, ReLU between them, and softmax–cross-entropy on top. */

import {type Matrix, zeros} from "../linalg/matrix.ts";
import {normal} from "../linalg/random.ts";
import type {Problem} from "../training/train.ts";
import {crossEntropy, crossEntropyBackward} from "./layers/crossentropy.ts";
import {linear, linearBackward} from "./layers/linear.ts";
import {relu, reluBackward} from "./layers/relu.ts";
import {allocate, type Layout, type Tensors} from "./parameters.ts";

/** W1 (n₁,n₀), W2 (n₂,n₁), … for sizes n₀, n₁, …, n_L. Throws unless there are two sizes or more, all whole and ≥ 1. */
export function mlpLayout(sizes: readonly number[]): Layout {
  if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size >= 1))
    throw new Error(`mlpLayout: the sizes are ${sizes.join(", ")}; they must be two or more whole numbers ≥ 1`);
  return sizes.slice(1).map((rows, i) => [`W${i + 1}`, rows, sizes[i]]);
}

/**
 * Weights from N(0, 2 / fan-in), layer by layer (He et al. 2015, eq. 10): activations then keep their size under ReLU.
 */
export function initMlp(sizes: readonly number[], random: () => number): Tensors {
  const weights = allocate(mlpLayout(sizes));
  for (const [name, , fanIn] of weights.layout) {
    const {data} = weights.views[name];
    const deviation = Math.sqrt(2 / fanIn);
    for (let i = 0; i < data.length; i++) data[i] = deviation * normal(random);
  }
  return weights;
}

/** The input of each layer and its output before ReLU; the last of `outputs` are the logits. */
interface Activations {
  inputs: readonly Matrix[];
  outputs: readonly Matrix[];
}

function forward({layout, views}: Tensors, x: Matrix): Activations {
  const inputs: Matrix[] = [];
  const outputs: Matrix[] = [];
  for (const [name] of layout) {
    const previous = outputs.at(-1);
    const input = previous ? relu(previous) : x;
    inputs.push(input);
    outputs.push(linear(input, views[name]));
  }
  return {inputs, outputs};
}

/** x (N,n₀) → logits (N,n_L). Throws when the sizes do not fit. */
export const mlpLogits = (weights: Tensors, x: Matrix): Matrix => forward(weights, x).outputs.at(-1)!;

/** x (N,n₀) → the class of the largest logit in each row (N); of several equal ones the first. */
export function mlpClasses(weights: Tensors, x: Matrix): Int32Array {
  const {rows, cols, data} = mlpLogits(weights, x);
  return Int32Array.from({length: rows}, (_, n) => {
    let best = 0;
    for (let i = 1; i < cols; i++) if (data[n * cols + i] > data[n * cols + best]) best = i;
    return best;
  });
}

/** The problem of training `weights` on the mean cross-entropy over all examples x (N,n₀) and their classes (N). */
export function mlpProblem(weights: Tensors, x: Matrix, classes: Int32Array): Problem {
  return {
    params: weights,
    loss(dweights) {
      const {inputs, outputs} = forward(weights, x);
      const last = outputs.length - 1;
      const result = crossEntropy(outputs[last], classes);
      let dy = zeros(x.rows, outputs[last].cols);
      crossEntropyBackward(result, classes, dy);
      for (let l = last; l >= 0; l--) {
        const [name] = weights.layout[l];
        const dx = zeros(x.rows, inputs[l].cols);
        linearBackward(dy, inputs[l], weights.views[name], dx, dweights.views[name]);
        if (l === 0) break;
        dy = zeros(x.rows, inputs[l].cols);
        reluBackward(dx, outputs[l - 1], dy);
      }
      return result.loss;
    },
  };
}
