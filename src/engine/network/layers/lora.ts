import {type Matrix, matmul, matmulTA, scale} from "../../linalg/matrix.ts";
import {type Lora, scaling} from "../../lora/lora.ts";
import {accumulate, linear, linearBackward} from "./linear.ts";

/** The gradients of a LoRA: `A` holds dA (r × k), `B` holds dB (d × r). */
export type LoraGradient = Pick<Lora, "A" | "B">;

/**
 * x (N,k), W0 (d,k) → h = W0·x + Σ (alpha / r)·B·A·x over the LoRAs (N,d), one row for each example: equation (3) of
 * Hu et al. 2021. ΔW is never formed: u = x·Aᵀ (N,r) is computed first and kept for backward.
 * There is no dropout, so a forward pass is the same function in training and in use; `loraDropout` has it.
 */
export function loraLinear(x: Matrix, W0: Matrix, loras: readonly Lora[]): {h: Matrix; us: readonly Matrix[]} {
  const h = linear(x, W0);
  const us = loras.map(({A}) => linear(x, A));
  loras.forEach((lora, i) => {
    accumulate(h, scale(linear(us[i], lora.B), scaling(lora)));
  });
  return {h, us};
}

/**
 * dh (N,d) → dx (N,k) += dh·W0 + Σ s·dh·B·A with s = alpha / r, and for every LoRA, when dLoras is given,
 * dB (d,r) += s·dhᵀ·u and dA (r,k) += (s·dh·B)ᵀ·x. If B = 0 then dA = 0, and if A = 0 then dB = 0.
 * W0 gets a gradient only in full fine-tuning, when dW0 is given.
 */
export function loraLinearBackward(
  dh: Matrix,
  x: Matrix,
  W0: Matrix,
  loras: readonly Lora[],
  us: readonly Matrix[],
  dx: Matrix,
  dLoras?: readonly LoraGradient[],
  dW0?: Matrix,
): void {
  linearBackward(dh, x, W0, dx, dW0);
  loras.forEach((lora, i) => {
    const scaled = scale(dh, scaling(lora));
    const du = matmul(scaled, lora.B);
    linearBackward(du, x, lora.A, dx, dLoras?.[i].A);
    if (dLoras) accumulate(dLoras[i].B, matmulTA(scaled, us[i]));
  });
}
