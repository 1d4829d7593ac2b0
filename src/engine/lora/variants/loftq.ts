import {frobenius, type Matrix, matmul, subtract} from "../../linalg/matrix.ts";
import type {Transformer} from "../../network/transformer.ts";
import type {Attachment} from "../attachment.ts";
import type {Lora} from "../lora.ts";
import {attachLora, type LoraPlan} from "../loras.ts";
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

/**
 * LoRAs that start as LoftQ's repair of a quantized base, with one step, PEFT's default: each B·A·alpha/r is the
 * nearest matrix of rank r to W0 − quantize(W0). Pass the model before quantization, and attach the result to what
 * `quantizeLayers` makes of it. Ranks beyond min(d, k) are 0 in A and B and stay 0. Throws as `attachLora` and
 * `initLoftq` do.
 */
export function attachLoftq(
  {sizes, weights}: Transformer,
  plan: LoraPlan,
  quantize: Quantize,
  random: () => number,
): Attachment {
  const attachment = attachLora(sizes, plan, random);
  attachment.view(attachment.params).forEach(({loras = {}}, l) => {
    for (const [target, {A, B, alpha, r}] of Object.entries(loras)) {
      const W0 = weights.views[`layers.${l}.${target}` as keyof typeof weights.views];
      const {lora} = initLoftq(W0, {r, steps: 1, quantize});
      A.data.set(lora.A.data);
      B.data.set(lora.B.data.map((x) => (x * r) / alpha));
    }
  });
  return attachment;
}
