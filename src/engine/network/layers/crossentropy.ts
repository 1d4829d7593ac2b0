import {log} from "../../linalg/elementary.ts";
import type {Matrix} from "../../linalg/matrix.ts";
import {softmax} from "./softmax.ts";

/** The target of a row that is ignored. */
export const IGNORED = -1;

/** → how many of N rows are not ignored. Throws as `crossEntropy` does. */
export function countTargets(targets: Int32Array, N: number, V: number): number {
  if (targets.length !== N) throw new Error(`crossEntropy: ${targets.length} targets for ${N} rows of logits`);
  let counted = 0;
  targets.forEach((target, n) => {
    if (!(target >= IGNORED && target < V))
      throw new Error(
        `crossEntropy: target ${target} in row ${n}; it must be from 0 to ${V - 1}, or −1 to be left out`,
      );
    if (target !== IGNORED) counted += 1;
  });
  if (counted === 0) throw new Error("crossEntropy: every target is −1; at least one row must count");
  return counted;
}

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
