/**
 * Bytes of training and storing a model, an estimate whose every constant is one of the assumptions named here.
 * Not counted: buffers of kernels and communication, fragmentation, an fp32 master copy of 16-bit weights, and time.
 */
import {addedParameters, type Method, trainedParameters} from "./methods.ts";
import {type Model, matrixParameters, parameters} from "./models.ts";

/** NF4 with double quantization: one 8-bit scale for 64 weights, one fp32 for 256 scales. Dettmers et al. 2023. */
const NF4 = {bits: 4, block: 64, scaleBits: 8, scaleBlock: 256, scaleOfScalesBits: 32};

/** Bits a number takes. int8's one scale a row, 32 / k bits a weight, is left out; NF4's scales are in. */
export const BITS = {
  fp32: 32,
  bf16: 16,
  fp16: 16,
  int8: 8,
  nf4: NF4.bits + NF4.scaleBits / NF4.block + NF4.scaleOfScalesBits / (NF4.block * NF4.scaleBlock),
} as const;

/** A format that numbers are stored in. */
export type Precision = keyof typeof BITS;

/** Moments kept for each trained parameter: SGD here is without momentum; Adam and AdamW keep two. */
export const MOMENTS = {sgd: 0, adam: 2} as const;

/** The name of an optimizer. */
export type Optimizer = keyof typeof MOMENTS;

/** What stays in 16 bits when the matrices of the layers are int8 or nf4: embeddings, norms and biases. */
const BITS_BESIDE_QUANTIZED = 16;

/** Bytes of the numbers kept between activations of 16 bits, and of a dropout mask. */
const ACTIVATION_BYTES = 2;
const MASK_BYTES = 1;

/** How one trains: by which optimizer, and what is stored how precisely. */
export interface Setup {
  optimizer: Optimizer;
  /** `gradients` holds for the added parameters too, which are stored as precisely as they are trained. */
  precision: {weights: Precision; gradients: Precision; moments: Precision};
}

/** Bytes by what they hold; `total` is the sum of the other four. */
export interface TrainingMemory {
  weights: number;
  added: number;
  gradients: number;
  moments: number;
  total: number;
}

/** Bytes of n numbers; a fraction is left where n numbers do not fill whole bytes. */
export function bytes(n: number, precision: Precision): number {
  return (n * BITS[precision]) / 8;
}

/** Bytes of a model's weights. In int8 and nf4 only the matrices of the layers are quantized. */
export function weightBytes(model: Model, precision: Precision): number {
  const matrices = matrixParameters(model);
  const rest = parameters(model) - matrices;
  return bytes(matrices, precision) + (rest * Math.max(BITS[precision], BITS_BESIDE_QUANTIZED)) / 8;
}

/**
 * Weights, added parameters, gradients and moments while training; activations are apart, since no method here saves
 * them. Gradients and moments exist for trained parameters only. Full fine-tuning of GPT-3 with Adam, all in 16 bits,
 * comes to 8 bytes a parameter, 1.4 TB; the paper prints 1.2 TB and lists no assumptions, so nothing is fitted to it.
 * Throws when full fine-tuning is asked of int8 or nf4 weights, which cannot take small steps.
 */
export function trainingMemory(model: Model, method: Method, {optimizer, precision}: Setup): TrainingMemory {
  if (method.kind === "full" && BITS[precision.weights] < 16)
    throw new Error(
      `memory: full fine-tuning moves the weights, and ${precision.weights} weights can only be frozen: choose 16 or 32 bits`,
    );
  const trained = trainedParameters(model, method);
  const weights = weightBytes(model, precision.weights);
  const added = bytes(addedParameters(model, method), precision.gradients);
  const gradients = bytes(trained, precision.gradients);
  const moments = MOMENTS[optimizer] * bytes(trained, precision.moments);
  return {weights, added, gradients, moments, total: weights + added + gradients + moments};
}

/** Bytes of n parameters that all train: the numbers, their gradients, and the optimizer's moments of each. */
export function trainedBytes(n: number, {optimizer, precision}: Setup): number {
  const {weights, gradients, moments} = precision;
  return bytes(n, weights) + bytes(n, gradients) + MOMENTS[optimizer] * bytes(n, moments);
}

/**
 * Activations kept for the backward pass, the same for every method, since gradients pass through frozen layers too.
 * Korthikanti et al. 2022, arXiv 2205.05198, section 4.1: nothing recomputed, attention scores stored, 16-bit values,
 * dropout masks of a byte. With dKeyValue = d, dMlp = 4d and no gate it is s·b·d·(34 + 5·heads·s/d) a layer. Left out:
 * the embeddings and the softmax over tokens. In, though Llama has none: the masks.
 */
export function activationBytes(model: Model, {batch, sequence}: {batch: number; sequence: number}): number {
  const {layers, dModel, dKeyValue, heads, dMlp, gated} = model;
  const norms = 2 * dModel;
  const attention = 3 * dModel + 2 * dKeyValue;
  const mlp = dModel + (gated ? 4 : 2) * dMlp;
  const values = ACTIVATION_BYTES * (norms + attention + mlp) + MASK_BYTES * 2 * dModel;
  const scores = (2 * ACTIVATION_BYTES + MASK_BYTES) * heads * sequence;
  return layers * batch * sequence * (values + scores);
}

/** Bytes of what one task's training leaves behind: the trained parameters and nothing else. */
export function checkpointBytes(model: Model, method: Method, precision: Precision): number {
  return method.kind === "full" ? weightBytes(model, precision) : bytes(trainedParameters(model, method), precision);
}

/** Bytes of n tasks: a full copy each, or one base and a checkpoint each, at the precision of `base` and of `each`. */
export function storageBytes(
  model: Model,
  method: Method,
  precision: {base: Precision; each: Precision},
  tasks: number,
): number {
  const each = checkpointBytes(model, method, precision.each);
  return method.kind === "full" ? tasks * each : sharedStorage(weightBytes(model, precision.base), each, tasks);
}

/** One base and n checkpoints: base + n · each. */
export function sharedStorage(base: number, each: number, tasks: number): number {
  return base + tasks * each;
}
