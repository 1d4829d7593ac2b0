/**
 * Estimates of the bytes that training and storing a model take. Every constant is an assumption named here. Not
 * counted: buffers of kernels and communication, fragmentation, and an fp32 master copy of 16-bit weights.
 */
import {addedParameters, type Method, trainedParameters} from "./methods.ts";
import {type MatrixName, type Model, matrixParameters, parameters} from "./models.ts";

/** NF4 with double quantization: one 8-bit scale for 64 weights, one fp32 for 256 scales. Dettmers et al. 2023. */
const NF4 = {bits: 4, block: 64, scaleBits: 8, scaleBlock: 256, scaleOfScalesBits: 32};

/** Bits a number takes. NF4 includes its scales; int8 leaves out its one scale a row, 32 / k bits a weight. */
export const BITS = {
  fp32: 32,
  bf16: 16,
  fp16: 16,
  int8: 8,
  nf4: NF4.bits + NF4.scaleBits / NF4.block + NF4.scaleOfScalesBits / (NF4.block * NF4.scaleBlock),
} as const;

/** A number format. */
export type Precision = keyof typeof BITS;

/** Moments stored for each trained parameter: none by SGD (without momentum), two by Adam and AdamW. */
export const MOMENTS = {sgd: 0, adam: 2} as const;

/** The name of an optimizer. */
export type OptimizerName = keyof typeof MOMENTS;

/** Bits of an entry of embeddings, norms and biases when the matrices of the layers are int8 or nf4. */
const BITS_BESIDE_QUANTIZED = 16;

/** Bytes of an activation (16 bits), of an entry of a dropout mask, and of the one fp32 that a fused kernel keeps. */
const ACTIVATION_BYTES = 2;
const MASK_BYTES = 1;
const KERNEL_BYTES = 4;

/** The optimizer, and the number formats that weights, gradients and moments are stored in. */
export interface Setup {
  optimizer: OptimizerName;
  /** `gradients` is also the precision of the added parameters, which are stored as precisely as they are trained. */
  precision: {weights: Precision; gradients: Precision; moments: Precision};
}

/** Bytes by what they store; `total` is the sum of the other four. */
export interface TrainingMemory {
  weights: number;
  added: number;
  gradients: number;
  moments: number;
  total: number;
}

/** Bytes of n numbers; a fraction when n numbers do not fill whole bytes. */
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
 * Weights, added parameters, gradients and moments during training. Only trained parameters have gradients and moments.
 * Activations are left out: `activationBytes` counts them. Full fine-tuning of GPT-3 with Adam, all in 16 bits,
 * takes 8 bytes a parameter, 1.4 TB; the paper prints 1.2 TB without its assumptions, so nothing is fitted to it.
 * Throws for full fine-tuning of int8 or nf4 weights, which are too coarse for small steps.
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

/** Bytes of n parameters that all train: the parameters, their gradients and the optimizer's moments. */
export function trainedBytes(n: number, {optimizer, precision}: Setup): number {
  const {weights, gradients, moments} = precision;
  return bytes(n, weights) + bytes(n, gradients) + MOMENTS[optimizer] * bytes(n, moments);
}

/** What a training step works on, and whether attention's scores are kept for the backward pass. */
export interface Load {
  batch: number;
  sequence: number;
  /** A fused kernel, such as FlashAttention, stores no scores and computes them again (Dao et al. 2022, arXiv 2205.14135). */
  scores: "stored" | "recomputed";
}

/** The matrices of a layer, grouped by the input that they share. */
const INPUT_GROUPS: readonly (readonly MatrixName[])[] = [["Wq", "Wk", "Wv"], ["Wo"], ["W1", "W3"], ["W2"]];

/**
 * Bytes of the activations stored for the backward pass. Gradients pass through frozen layers too, so the inputs of
 * norms, of nonlinearities and of the products of two activations are kept with every method. The input of a matrix is
 * kept only if the matrix trains, or an A and B beside it: the gradient of a frozen matrix is not computed. LoRA's B also
 * has an input, r values for each adapted matrix; so have the parts of an adapter layer.
 * Korthikanti et al. 2022, arXiv 2205.05198, section 4.1: nothing is recomputed but attention's scores where they are
 * not stored, values take 16 bits and dropout masks a byte. With all weights trained, scores stored, dKeyValue = d,
 * dMlp = 4d and no gate this is their s·b·d·(34 + 5·heads·s/d) a layer. The embeddings and the softmax over tokens are
 * not counted. The masks are, even for Llama, which has none.
 */
export function activationBytes(model: Model, method: Method, {batch, sequence, scores}: Load): number {
  const {layers, dModel, dQuery = dModel, dKeyValue, heads, dMlp, gated} = model;
  const alwaysKept = 2 * dModel + dQuery + 2 * dKeyValue + (gated ? 3 : 1) * dMlp;
  // A fused kernel keeps attention's output, which is the input of Wo.
  const isKept = (group: readonly MatrixName[]) =>
    group.some((name) => needsInput(method, name)) || (scores === "recomputed" && group.includes("Wo"));
  const widths: Partial<Record<MatrixName, number>> = {Wo: dQuery, W2: dMlp};
  const inputs = INPUT_GROUPS.filter(isKept).reduce((sum, [first]) => sum + (widths[first!] ?? dModel), 0);
  const values = ACTIVATION_BYTES * (alwaysKept + inputs + ownValues(model, method)) + MASK_BYTES * 2 * dModel;
  const attention = scores === "stored" ? (2 * ACTIVATION_BYTES + MASK_BYTES) * heads * sequence : KERNEL_BYTES * heads;
  return layers * batch * sequence * (values + attention);
}

/** Whether a gradient is formed from the input of this matrix; BitFit's biases need none. */
const needsInput = (method: Method, name: MatrixName): boolean =>
  method.kind === "full" || (method.kind === "lora" && method.matrices.includes(name));

/** Values for each token and layer that are kept only for the method's own parameters. */
function ownValues({layers, dModel}: Model, method: Method): number {
  if (method.kind === "lora") return method.r * method.matrices.length;
  // The inputs of the way down, the nonlinearity and the way up, and of a norm where one is trained.
  if (method.kind === "adapters") return method.perLayer * (dModel + 2 * method.r) + (method.norms / layers) * dModel;
  return 0;
}

/** Bytes of one task's checkpoint: the trained parameters and nothing else. */
export function checkpointBytes(model: Model, method: Method, precision: Precision): number {
  return method.kind === "full" ? weightBytes(model, precision) : bytes(trainedParameters(model, method), precision);
}

/**
 * Bytes of n tasks: a full copy for each, or one base (`precision.base`) and a checkpoint for each (`precision.each`).
 */
export function storageBytes(
  model: Model,
  method: Method,
  precision: {base: Precision; each: Precision},
  tasks: number,
): number {
  const each = checkpointBytes(model, method, precision.each);
  return method.kind === "full" ? tasks * each : sharedStorage(weightBytes(model, precision.base), each, tasks);
}

/** Bytes of one base and a checkpoint for each task: base + tasks · each. */
export function sharedStorage(base: number, each: number, tasks: number): number {
  return base + tasks * each;
}
