import {frobenius, type Matrix, matmul, subtract} from "../../linalg/matrix.ts";
import type {Lora} from "../lora.ts";
import {principalFactors} from "./pissa.ts";

/** Rounds a weight to fewer bits and reads it back, (d × k) → (d × k). */
export type Quantize = (W: Matrix) => Matrix;

/**
 * LoftQ: a quantized weight and the adapter that repairs it. Starting from A = B = 0, repeat: Q = quantize(W0 − B·A),
 * then B·A = the nearest matrix of rank r to W0 − Q. Li et al. 2023, arXiv 2310.08659; PEFT's default is 1 step.
 * W0 (d × k), r, `steps` ≥ 1 → Q (d × k), lora with ΔW = B·A (alpha = r), and `errors`: first ‖W0 − Q‖_F of plain
 * quantization with B = 0 (QLoRA's start), then ‖W0 − Q − B·A‖_F after each step.
 *
 * The first step never raises the error. Nor do the next ones if quantize picks the nearest of a fixed set of matrices;
 * if its grid depends on its input (a scale per block), a step can raise the error, and `errors` shows it.
 * Throws unless r and steps are whole numbers ≥ 1.
 */
export function initLoftq(
  W0: Matrix,
  {r, steps, quantize}: {r: number; steps: number; quantize: Quantize},
): {Q: Matrix; lora: Lora; errors: Float64Array} {
  for (const [name, value] of Object.entries({r, steps})) {
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`loftq: ${name} is ${value}; it must be a whole number of at least 1`);
  }
  let Q = quantize(W0);
  let factors = principalFactors(subtract(W0, Q), r);
  const error = () => frobenius(subtract(subtract(W0, Q), matmul(factors.B, factors.A)));
  const errors = [frobenius(subtract(W0, Q)), error()];
  for (let step = 1; step < steps; step++) {
    Q = quantize(subtract(W0, matmul(factors.B, factors.A)));
    factors = principalFactors(subtract(W0, Q), r);
    errors.push(error());
  }
  return {Q, lora: {...factors, alpha: r, r}, errors: Float64Array.from(errors)};
}
