/** The worked examples: small enough to check by hand. */
import {fromRows} from "../../engine/linalg/matrix.ts";

/** Forward pass: W0 (3,2), x (1,2), and A and B at the largest rank. */
export const forwardExample = {
  W0: fromRows([
    [1, 2],
    [0, -1],
    [3, 1],
  ]),
  x: fromRows([[2, 1]]),
  A: [
    [1, -1],
    [0.5, 1],
  ],
  B: [
    [1, 0],
    [-1, 1],
    [0.5, 2],
  ],
};

/** Similarity: the A of two adapters of one weight, as if trained at two ranks. They have 2 and 3 rows in place of 8 and 64. */
export const adapters = {
  A8: fromRows([
    [3, 1, 0, 1],
    [0, 1, 1, -1],
  ]),
  A64: fromRows([
    [2, 2, 0, 1],
    [0, 0, 2, -1],
    [1, -1, 1, 0],
  ]),
};
