/**
 * Stacked experts. PEFT from 0.18 on adapts a parameter that holds the weights of E experts with one pair: A (E·r × in)
 * has the rows of expert 0, then the rows of expert 1, and so on; in B (out × r·E) the expert's number runs fastest, so
 * expert e has the columns e, e + E, e + 2·E, … (PEFT's `ParamWrapper.get_delta_weight`.)
 */
import {type Matrix, zeros} from "../linalg/matrix.ts";

/** Which of the stacked experts a module is. */
export interface Expert {
  /** The module's name in the file. */
  of: string;
  /** Counted from 0. */
  index: number;
  /** E, how many there are. */
  count: number;
}

/** A (E·r × in), B (out × r·E) → A (r × in) and B (out × r) of each expert. The parts of A are views of it. */
export function splitExperts(A: Matrix, B: Matrix, count: number): {A: Matrix; B: Matrix}[] {
  const r = A.rows / count;
  return Array.from({length: count}, (_, expert) => {
    const part = zeros(B.rows, r);
    for (let i = 0; i < B.rows; i++) {
      for (let l = 0; l < r; l++) part.data[i * r + l] = B.data[i * B.cols + l * count + expert];
    }
    const rows = A.data.subarray(expert * r * A.cols, (expert + 1) * r * A.cols);
    return {A: {rows: r, cols: A.cols, data: rows}, B: part};
  });
}

/** The inverse of `splitExperts`: the pairs of all experts, of the same shapes, → one pair. */
export function stackExperts(pairs: readonly {A: Matrix; B: Matrix}[]): {A: Matrix; B: Matrix} {
  const [{A, B}] = pairs;
  const count = pairs.length;
  const stackedA = zeros(count * A.rows, A.cols);
  const stackedB = zeros(B.rows, count * B.cols);
  for (const [expert, pair] of pairs.entries()) {
    stackedA.data.set(pair.A.data, expert * pair.A.data.length);
    for (let at = 0; at < pair.B.data.length; at++) stackedB.data[at * count + expert] = pair.B.data[at];
  }
  return {A: stackedA, B: stackedB};
}
