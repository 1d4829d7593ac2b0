import {log} from "../../linalg/elementary.ts";
import type {Matrix} from "../../linalg/matrix.ts";
import {softmax} from "./softmax.ts";
import {countTargets, IGNORED} from "./targets.ts";

/**
 * The mean of −log softmax(logits)[target] over the rows whose target is not −1.
 * logits (N,V), targets (N) → loss in nats, `probabilities` (N,V) for backward, and `counted`, the number of those
 * rows.
 * Throws when a target is neither −1 nor one of 0 … V − 1, when the lengths differ, or when every target is −1.
 */
export function crossEntropy(
  logits: Matrix,
  targets: Int32Array,
): {loss: number; probabilities: Matrix; counted: number} {
  const {rows: N, cols: V} = logits;
  const counted = countTargets(targets, N, V);
  const probabilities = {rows: N, cols: V, data: logits.data.slice()};
  let sum = 0;
  targets.forEach((target, n) => {
    const {largest, sum: exponentials} = softmax(probabilities.data, n * V, V);
    if (target !== IGNORED) sum += largest + log(exponentials) - logits.data[n * V + target];
  });
  return {loss: sum / counted, probabilities, counted};
}

/** dlogits (N,V) += (probabilities − one-hot of the target) / counted in the rows that are not ignored. */
export function crossEntropyBackward(
  {probabilities, counted}: {probabilities: Matrix; counted: number},
  targets: Int32Array,
  dlogits: Matrix,
): void {
  const V = probabilities.cols;
  targets.forEach((target, n) => {
    if (target === IGNORED) return;
    for (let i = n * V; i < (n + 1) * V; i++) dlogits.data[i] += probabilities.data[i] / counted;
    dlogits.data[n * V + target] -= 1 / counted;
  });
}
