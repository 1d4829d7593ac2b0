/** Strong directions of a tuned weight that the original weight did not have: Shuttleworth et al. 2024. */

import {type Matrix, matmulTA, needMatrix} from "../linalg/matrix.ts";
import {svd} from "../linalg/svd.ts";
import {firstColumns} from "./subspace.ts";

/**
 * W (d × k) and W + ΔW (d × k) → for each of the first `count` left-singular vectors of W + ΔW its largest |cosine|
 * with any left-singular vector of W. A value far below 1 marks an intruder: a strong direction that is not one of W's
 * own.
 * Throws when the shapes differ or count is not a whole number from 1 to min(d, k).
 */
export function nearestCosines(W: Matrix, tuned: Matrix, count: number): number[] {
  needMatrix("nearestCosines", W);
  needMatrix("nearestCosines", tuned);
  if (W.rows !== tuned.rows || W.cols !== tuned.cols)
    throw new Error(`nearestCosines: W is ${W.rows}×${W.cols} and the tuned weight ${tuned.rows}×${tuned.cols}`);
  const cosines = matmulTA(firstColumns(svd(tuned).u, count), svd(W).u);
  return Array.from({length: count}, (_, j) => {
    const row = cosines.data.subarray(j * cosines.cols, (j + 1) * cosines.cols);
    return row.reduce((largest, cosine) => Math.max(largest, Math.abs(cosine)), 0);
  });
}
