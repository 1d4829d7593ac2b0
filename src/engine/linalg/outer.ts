import {type Matrix, needMatrix, outer} from "./matrix.ts";

/**
 * B (d × r), A (r × k) → the r rank-1 pieces of B·A, each (d × k): column i of B times row i of A. Their sum is B·A.
 * Throws when the inner sizes differ.
 */
export function outerProducts(B: Matrix, A: Matrix): Matrix[] {
  needMatrix("outerProducts: B", B);
  needMatrix("outerProducts: A", A);
  if (B.cols !== A.rows)
    throw new Error(
      `outerProducts: B (${B.rows}×${B.cols}) and A (${A.rows}×${A.cols}): ` +
        `the inner sizes ${B.cols} and ${A.rows} must be equal`,
    );
  return Array.from({length: A.rows}, (_, i) => {
    const column = Float64Array.from({length: B.rows}, (_, row) => B.data[row * B.cols + i]);
    return outer(column, A.data.subarray(i * A.cols, (i + 1) * A.cols));
  });
}
