import {type Matrix, matmul, matmulTA, scale, zeros} from "../../linalg/matrix.ts";
import {type Lora, scaling} from "../../lora/lora.ts";
import {accumulate, linear, linearBackward} from "./linear.ts";
import type {LoraGradient} from "./lora.ts";

/**
 * (rows × cols) of 0 with probability p and 1/(1 − p) otherwise, drawn row by row, so that x ∘ mask is x on average.
 * Srivastava et al. 2014, in the form that needs no scaling outside training. Throws unless 0 ≤ p < 1.
 */
export function dropoutMask(rows: number, cols: number, p: number, random: () => number): Matrix {
  if (!(p >= 0 && p < 1)) throw new Error(`dropoutMask: p is ${p}; it must be at least 0 and below 1`);
  const mask = zeros(rows, cols);
  const weight = 1 / (1 - p);
  for (let i = 0; i < mask.data.length; i++) mask.data[i] = random() < p ? 0 : weight;
  return mask;
}

const masked = (x: Matrix, mask: Matrix): Matrix => ({...x, data: x.data.map((value, i) => value * mask.data[i])});

/**
 * x and mask (N,k), W0 (d,k) → h = W0·x + (alpha / r)·B·A·(x ∘ mask) (N,d), one row for each example. Only the LoRA's input
 * is masked, as by PEFT's `lora_dropout` and in loralib; W0 reads all of x. Outside training there is no mask, see
 * `loraLinear`.
 */
export function loraDropout(x: Matrix, W0: Matrix, lora: Lora, mask: Matrix): Matrix {
  const h = linear(x, W0);
  accumulate(h, scale(linear(linear(masked(x, mask), lora.A), lora.B), scaling(lora)));
  return h;
}

/** dh (N,d) → dB (d,r) += s·dhᵀ·((x ∘ mask)·Aᵀ) and dA (r,k) += (s·dh·B)ᵀ·(x ∘ mask), with s = alpha / r. */
export function loraDropoutBackward(
  dh: Matrix,
  x: Matrix,
  lora: Lora,
  mask: Matrix,
  {A: dA, B: dB}: LoraGradient,
): void {
  const input = masked(x, mask);
  const scaled = scale(dh, scaling(lora));
  linearBackward(matmul(scaled, lora.B), input, lora.A, zeros(x.rows, x.cols), dA);
  accumulate(dB, matmulTA(scaled, linear(input, lora.A)));
}
