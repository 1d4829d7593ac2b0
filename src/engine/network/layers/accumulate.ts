import type {Matrix} from "../../linalg/matrix.ts";

/** target += source, both (m × n). Gradients of a value that is used twice add up. Throws when the shapes differ. */
export function accumulate(target: Matrix, source: Matrix): void {
  if (target.rows !== source.rows || target.cols !== source.cols)
    throw new Error(
      `accumulate: ${source.rows}×${source.cols} into ${target.rows}×${target.cols}: the shapes must be equal`,
    );
  for (let i = 0; i < target.data.length; i++) target.data[i] += source.data[i];
}
