/** What fine-tuning a model costs: the controls, and the memory, disk space and counts that follow. */
import printedSizes from "../../../content/paper/memory.json" with {type: "json"};
import {
  activationBytes,
  BITS,
  checkpointBytes,
  type Load,
  MOMENTS,
  type OptimizerName,
  type Precision,
  type Setup,
  storageBytes,
  type TrainingMemory,
  trainingMemory,
} from "../../engine/memory/memory.ts";
import {type Method, trainedParameters} from "../../engine/memory/methods.ts";
import {
  customModel,
  type MatrixName,
  type Model,
  matricesOf,
  matrixParameters,
  matrixShapes,
  modelNamed,
  parameters,
} from "../../engine/memory/models.ts";
import {choice, type Params, range, typedNumber} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** The paper's largest model. */
const gpt3 = modelNamed("GPT-3 175B");
/** The largest width of a custom model. */
const MAX_WIDTH = 16_384;
/** Bytes of the units in which the paper prints sizes. */
const UNIT_BYTES = {MB: 1e6, GB: 1e9, TB: 1e12} as const;

/** Conditions of controls: shown for these methods only; for a custom model; for memory; for disk. */
const ifMethod = (...method: string[]) => ({when: {method}});
const ifCustom = {when: {model: ["custom"]}};
const ifMemory = {when: {show: ["memory"]}};
const ifDisk = {when: {show: ["disk"]}};

export const controls = {
  show: choice(["Show"], {memory: "Memory while training", disk: "Tasks on the disk"}, "memory"),
  model: choice(
    ["Model"],
    {
      "roberta-base": "RoBERTa-base",
      "gpt2-medium": "GPT-2 medium",
      "roberta-large": "RoBERTa-large",
      "gpt2-large": "GPT-2 large",
      "deberta-xxl": "DeBERTa-XXL (v2)",
      "llama2-7b": "Llama 2 7B",
      "llama2-70b": "Llama 2 70B",
      gpt3: "GPT-3 175B",
      custom: "Custom",
    },
    "gpt3",
  ),
  method: choice(
    ["Method"],
    {full: "Full fine-tuning", lora: "LoRA", bitfit: "BitFit", adapters: "Adapter layers"},
    "lora",
  ),
  r: {
    ...typedNumber(["Rank or bottleneck ", symbol.r], {min: 1, max: MAX_WIDTH, value: 4}),
    ...ifMethod("lora", "adapters"),
  },
  tasks: {...typedNumber(["Tasks"], {min: 1, max: 1000, value: 100, more: true}), ...ifDisk},
  d: {...range(["Width ", symbol.d], {min: 64, max: MAX_WIDTH, step: 64, value: gpt3.dModel, more: true}), ...ifCustom},
  layers: {...range(["Layers"], {min: 1, max: 128, value: gpt3.layers, more: true}), ...ifCustom},
  matrices: {
    ...choice(["LoRA on"], {q: "Wq", v: "Wv", qv: "Wq, Wv", qkvo: "Wq, Wk, Wv, Wo", all: "every matrix"}, "qv", true),
    ...ifMethod("lora"),
  },
  places: {
    ...choice(["Adapter layers"], {two: "two a layer (Houlsby)", one: "one a layer (Lin)"}, "two", true),
    ...ifMethod("adapters"),
  },
  optimizer: {...choice(["Optimizer"], {adam: "Adam, AdamW", sgd: "SGD"}, "adam", true, "training"), ...ifMemory},
  precision: choice(
    ["Precision"],
    {
      bf16: "16 bits",
      mixed: "16 bits, moments in 32",
      fp32: "32 bits",
      int8: "16 bits, frozen weights in 8 (int8)",
      nf4: "16 bits, frozen weights in 4 (NF4)",
    },
    "bf16",
    true,
  ),
  batch: {...typedNumber(["Texts at once"], {min: 1, max: 1024, value: 1, more: true}), ...ifMemory},
  tokens: {...typedNumber(["Tokens a text"], {min: 1, max: 4096, value: 512, more: true}), ...ifMemory},
  scores: {
    ...choice(["Attention scores"], {recomputed: "not stored", stored: "stored"}, "recomputed", true),
    ...ifMemory,
  },
};
export type CostParams = Params<typeof controls>;

/** The matrices that each choice adapts. "all" is not among them, because it depends on the model. */
const MATRICES: Readonly<Record<string, readonly MatrixName[] | undefined>> = {
  q: ["Wq"],
  v: ["Wv"],
  qv: ["Wq", "Wv"],
  qkvo: ["Wq", "Wk", "Wv", "Wo"],
};

/** The chosen model. */
const modelOf = ({model, d, layers}: CostParams): Model =>
  model === "custom" ? customModel({dModel: d, layers}) : modelNamed(controls.model.options[model]);

/** The chosen method. */
function methodOf({method, r, matrices, places}: CostParams, model: Model): Method {
  if (method === "lora") return {kind: method, r, matrices: MATRICES[matrices] ?? matricesOf(model)};
  if (method !== "adapters") return {kind: method};
  // Houlsby puts adapters after attention and after the MLP; Lin only after the MLP, each with its own layer norm.
  return places === "two"
    ? {kind: method, r, perLayer: 2, norms: 0}
    : {kind: method, r, perLayer: 1, norms: model.layers};
}

/**
 * The limits of controls: a named model fixes width and layers; r is bounded by the smallest adapted matrix, and fixed if the
 * method has no rank.
 */
export function bounds(params: CostParams): Record<string, readonly [number, number]> {
  const model = modelOf(params);
  const method = methodOf(params, model);
  const matrixSides = method.kind === "lora" ? matrixShapes(model, method.matrices).flatMap(({d, k}) => [d, k]) : [];
  const fixed = {d: [model.dModel, model.dModel], layers: [model.layers, model.layers]} as const;
  return {
    ...(params.model === "custom" ? {} : fixed),
    r: "r" in method ? [1, Math.min(model.dModel, ...matrixSides)] : [params.r, params.r],
  };
}

/** The cost of a method, in bytes; `trained` is a count. */
export interface Cost {
  trained: number;
  memory: TrainingMemory;
  /** The activations that a step keeps for the gradients. */
  activations: number;
  /** The file of one task. */
  checkpoint: number;
  /** The disk space of all tasks, and the part of it that they share. */
  storage: number;
  base: number;
}

/** The memory that training fills, with activations. */
export const totalMemory = ({memory, activations}: Cost): number => memory.total + activations;

/** What the figure shows. */
export interface CostResult {
  model: Model;
  parameters: number;
  /** Parameters in the matrices of the layers, which int8 and NF4 round. */
  quantizable: number;
  full: Cost;
  /** The chosen method; undefined for full fine-tuning, and for BitFit on a model without biases. */
  chosen?: Cost;
  /** Bits of a frozen weight in the layers, of a trained parameter and its gradient, and of a moment. */
  bits: {weights: number; trained: number; moments: number};
  /** How many moments the optimizer keeps for each trained parameter. */
  moments: number;
  /** The sizes that the paper prints, in bytes; only for GPT-3. */
  paper?: Readonly<Record<keyof typeof printedSizes, number>>;
}

/** The precisions of weights, gradients and moments that a choice stands for. */
const precisionOf = (name: CostParams["precision"]): Setup["precision"] => {
  const trained: Precision = name === "fp32" ? "fp32" : "bf16";
  return {
    weights: name === "int8" || name === "nf4" ? name : trained,
    gradients: trained,
    moments: name === "mixed" ? "fp32" : trained,
  };
};

/** The cost of a method on a model. */
function costOf(model: Model, method: Method, {optimizer, precision}: Setup, tasks: number, load: Load): Cost {
  const storedPrecision = {base: precision.weights, each: precision.gradients};
  // Full fine-tuning cannot train weights in 8 or 4 bits.
  const weights = method.kind === "full" ? precision.gradients : precision.weights;
  const memory = trainingMemory(model, method, {optimizer, precision: {...precision, weights}});
  return {
    trained: trainedParameters(model, method),
    memory,
    activations: activationBytes(model, method, load),
    checkpoint: checkpointBytes(model, method, storedPrecision.each),
    storage: storageBytes(model, method, storedPrecision, tasks),
    base: method.kind === "full" ? 0 : memory.weights,
  };
}

/** The sizes that the paper prints for GPT-3, in bytes. */
const paperSizes = Object.fromEntries(
  Object.entries(printedSizes).map(([id, {value, unit}]) => [id, value * UNIT_BYTES[unit as keyof typeof UNIT_BYTES]]),
) as CostResult["paper"];

/** The costs of the chosen method and of full fine-tuning, on the chosen model. */
export function compute(params: CostParams): CostResult {
  const model = modelOf(params);
  const method = methodOf(params, model);
  const optimizer: OptimizerName = params.optimizer;
  const setup = {optimizer, precision: precisionOf(params.precision)};
  const hasFullOnly = method.kind === "full" || (method.kind === "bitfit" && !model.biases);
  const {weights, gradients, moments} = setup.precision;
  const load: Load = {batch: params.batch, sequence: params.tokens, scores: params.scores};
  return {
    model,
    parameters: parameters(model),
    quantizable: matrixParameters(model),
    full: costOf(model, {kind: "full"}, setup, params.tasks, load),
    chosen: hasFullOnly ? undefined : costOf(model, method, setup, params.tasks, load),
    bits: {weights: BITS[weights], trained: BITS[gradients], moments: BITS[moments]},
    moments: MOMENTS[optimizer],
    ...(params.model === "gpt3" && {paper: paperSizes}),
  };
}

/** Memory of one card in bytes: the size of an A100 or H100. */
export const CARD_BYTES = 80e9;
/** The most boxes in a strip; if there were more, each box stands for ten times as much. */
const MAX_BOXES = 40;

/**
 * The boxes into which strips of memory are divided. A box is a card of 80 GB, or a power of ten of cards if the model is small or
 * the load large. There are as many as Adam fills, so with SGD some are empty.
 */
export function boxesOf(params: CostParams): {boxBytes: number; count: number} {
  const {full, chosen} = compute({...params, optimizer: "adam"});
  const maxBytes = Math.max(totalMemory(full), chosen ? totalMemory(chosen) : 0);
  const boxBytes = CARD_BYTES * 10 ** Math.max(Math.ceil(Math.log10(maxBytes / CARD_BYTES / MAX_BOXES)), -3);
  return {boxBytes, count: Math.ceil(maxBytes / boxBytes)};
}
