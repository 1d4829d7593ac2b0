import type {Matrix} from "../../engine/linalg/matrix.ts";

/** What is looked for: the outputs wanted for every input (N,d), and the loss at ΔW = 0. */
export interface Ground {
  wanted: Matrix;
  untouched: number;
}

/** A run after a step. A (r,k) and B (d,r) are trained; what is served is computed with them. */
export interface Frame {
  ground?: Ground;
  A: Matrix;
  B: Matrix;
  /** The loss that training logs, and the one of what is served. */
  trained: number;
  served: number;
  /** ‖ΔW‖ as it is used, ‖BA‖, and the norms of the gradients. */
  delta: number;
  product: number;
  dA: number;
  dB: number;
  /** The served outputs for every input (N,d), asked for twice. */
  call: Matrix;
  again: Matrix;
}
