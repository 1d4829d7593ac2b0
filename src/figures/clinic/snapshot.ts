import type {Matrix} from "../../engine/linalg/matrix.ts";

/** The outputs wanted for every input (N,d), and the loss before training, at ΔW = 0. */
export interface WantedOutputs {
  wanted: Matrix;
  untouched: number;
}

/** A run after a step, with A (r,k) and B (d,r). */
export interface ClinicSnapshot {
  ground?: WantedOutputs;
  A: Matrix;
  B: Matrix;
  /** The loss that training logs, and the loss of the served model. */
  trained: number;
  served: number;
  /** ‖ΔW‖ as it is used, ‖BA‖, ‖∂L/∂A‖ and ‖∂L/∂B‖. */
  delta: number;
  product: number;
  dA: number;
  dB: number;
  /** The served outputs for every input (N,d), from two calls. */
  call: Matrix;
  again: Matrix;
}
