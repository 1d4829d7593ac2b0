import {exp} from "../../linalg/elementary.ts";

/**
 * Turns `length` scores from `start` on into probabilities, in place: pᵢ = exp(zᵢ − max) / Σ exp(zⱼ − max), which
 * cannot overflow → the largest score and the sum, for log Σ exp zⱼ = largest + log sum.
 */
export function softmax(scores: Float64Array, start: number, length: number): {largest: number; sum: number} {
  const end = start + length;
  let largest = -Infinity;
  for (let i = start; i < end; i++) largest = Math.max(largest, scores[i]);
  let sum = 0;
  for (let i = start; i < end; i++) {
    scores[i] = exp(scores[i] - largest);
    sum += scores[i];
  }
  for (let i = start; i < end; i++) scores[i] /= sum;
  return {largest, sum};
}
