/** The shapes of real models, as published, and their parameter counts. */
import type {Shape} from "../lora/counts.ts";

/**
 * The matrices of one layer: attention's four, then the MLP's. W1 widens and W2 narrows; a gated MLP multiplies the
 * output of W1 by the output of W3. The names are from Llama's code.
 */
export const MATRICES = ["Wq", "Wk", "Wv", "Wo", "W1", "W2", "W3"] as const;

/** The name of a matrix in a layer. */
export type MatrixName = (typeof MATRICES)[number];

/** An array outside the layers: an embedding, a norm, or a part before or after the layers. */
export interface OutsideArray {
  name: string;
  rows: number;
  cols: number;
  /** True for bias vectors, which BitFit trains. */
  bias?: boolean;
}

/** A decoder or encoder of equal layers, each of attention, an MLP and two norms. */
export interface Model {
  name: string;
  layers: number;
  dModel: number;
  /** Output width of W_q, and the input width of W_o: heads times their width. dModel where it is left out. */
  dQuery?: number;
  /** Output width of W_k and W_v: below dModel when several heads share keys and values (grouped-query attention). */
  dKeyValue: number;
  heads: number;
  dMlp: number;
  gated: boolean;
  /** True: every matrix has a bias and every norm a shift (layer norm). False: none has (RMS norm). */
  biases: boolean;
  outside: readonly OutsideArray[];
  source: string;
}

const norm = (name: string, width: number): OutsideArray[] => [
  {name: `${name} gain`, rows: 1, cols: width},
  {name: `${name} shift`, rows: 1, cols: width, bias: true},
];

/** A GPT. Its output layer is the token embedding again and adds no parameters. */
function gpt(name: string, layers: number, dModel: number, heads: number, positions: number, source: string): Model {
  const outside = [
    {name: "token embedding", rows: 50_257, cols: dModel},
    {name: "position embedding", rows: positions, cols: dModel},
    ...norm("last norm", dModel),
  ];
  const sizes = {layers, dModel, dKeyValue: dModel, heads, dMlp: 4 * dModel};
  return {name, ...sizes, gated: false, biases: true, outside, source};
}

/** RoBERTa with its pooler, but without the classifier after it, which depends on the task. */
function roberta(name: string, layers: number, dModel: number, heads: number): Model {
  const outside = [
    {name: "token embedding", rows: 50_265, cols: dModel},
    {name: "position embedding", rows: 514, cols: dModel},
    {name: "segment embedding", rows: 1, cols: dModel},
    ...norm("embedding norm", dModel),
    {name: "pooler", rows: dModel, cols: dModel},
    {name: "pooler bias", rows: 1, cols: dModel, bias: true},
  ];
  const sizes = {layers, dModel, dKeyValue: dModel, heads, dMlp: 4 * dModel};
  const source = `Liu et al. 2019, arXiv 1907.11692; config.json of ${name.toLowerCase()}`;
  return {name, ...sizes, gated: false, biases: true, outside, source};
}

function debertaXxl(): Model {
  const dModel = 1536;
  const outside = [
    {name: "token embedding", rows: 128_100, cols: dModel},
    {name: "relative position embedding", rows: 2 * 256, cols: dModel},
    ...norm("embedding norm", dModel),
    ...norm("relative position norm", dModel),
    {name: "convolution of 3 tokens", rows: dModel, cols: 3 * dModel},
    {name: "convolution bias", rows: 1, cols: dModel, bias: true},
    ...norm("convolution norm", dModel),
  ];
  const sizes = {layers: 48, dModel, dKeyValue: dModel, heads: 24, dMlp: 4 * dModel};
  const source = "He et al. 2021, arXiv 2006.03654; config.json of deberta-v2-xxlarge";
  return {name: "DeBERTa-XXL (v2)", ...sizes, gated: false, biases: true, outside, source};
}

/** Llama 2. Rotary positions have no parameters; the output layer is a separate matrix. */
function llama2(name: string, sizes: Pick<Model, "layers" | "dModel" | "dKeyValue" | "heads" | "dMlp">): Model {
  const outside = [
    {name: "token embedding", rows: 32_000, cols: sizes.dModel},
    {name: "last norm gain", rows: 1, cols: sizes.dModel},
    {name: "output layer", rows: 32_000, cols: sizes.dModel},
  ];
  const source = `Touvron et al. 2023, arXiv 2307.09288; config.json of ${name.toLowerCase().replaceAll(" ", "-")}`;
  return {name, ...sizes, gated: true, biases: false, outside, source};
}

const GPT2_SOURCE = "Radford et al. 2019, Language Models are Unsupervised Multitask Learners, table 2";

/** The models, from small to large. */
export const MODELS: readonly Model[] = [
  roberta("RoBERTa-base", 12, 768, 12),
  gpt("GPT-2 medium", 24, 1024, 16, 1024, GPT2_SOURCE),
  roberta("RoBERTa-large", 24, 1024, 16),
  gpt("GPT-2 large", 36, 1280, 20, 1024, GPT2_SOURCE),
  debertaXxl(),
  llama2("Llama 2 7B", {layers: 32, dModel: 4096, dKeyValue: 4096, heads: 32, dMlp: 11_008}),
  llama2("Llama 2 70B", {layers: 80, dModel: 8192, dKeyValue: 1024, heads: 64, dMlp: 28_672}),
  gpt("GPT-3 175B", 96, 12_288, 96, 2048, "Brown et al. 2020, arXiv 2005.14165, table 2.1"),
];

/** The model of this name. Throws when there is none; the message lists the names. */
export function modelNamed(name: string): Model {
  const model = MODELS.find((one) => one.name === name);
  if (!model)
    throw new Error(`models: no model is named ${name}; there are ${MODELS.map((one) => one.name).join(", ")}`);
  return model;
}

/**
 * A GPT of any depth and width, with GPT-2's tokens, 1,024 positions and heads of width 64.
 * Throws unless layers is a whole number ≥ 1 and dModel a whole multiple of 64.
 */
export function customModel({layers, dModel}: {layers: number; dModel: number}): Model {
  if (!Number.isInteger(layers) || layers < 1)
    throw new Error(`models: ${layers} layers; it must be a whole number of at least 1`);
  if (!Number.isInteger(dModel / 64) || dModel < 64)
    throw new Error(`models: the width is ${dModel}; it must be a whole multiple of 64, the width of a head`);
  return gpt("custom", layers, dModel, dModel / 64, 1024, "a GPT of the given width and depth");
}

/** The d × k shapes of the chosen matrices, with one copy a layer. Throws when the model lacks one of them. */
export function matrixShapes(model: Model, names: readonly MatrixName[] = matricesOf(model)): Shape[] {
  const {dModel, dQuery = dModel, dKeyValue, dMlp, layers} = model;
  const sizes: Record<MatrixName, [d: number, k: number]> = {
    Wq: [dQuery, dModel],
    Wk: [dKeyValue, dModel],
    Wv: [dKeyValue, dModel],
    Wo: [dModel, dQuery],
    W1: [dMlp, dModel],
    W2: [dModel, dMlp],
    W3: [dMlp, dModel],
  };
  return names.map((name) => {
    if (!matricesOf(model).includes(name)) throw new Error(`models: ${model.name} has no ${name}; only gated MLPs do`);
    const [d, k] = sizes[name];
    return {d, k, copies: layers};
  });
}

/** The names of the matrices in each layer. */
export function matricesOf(model: Model): readonly MatrixName[] {
  return model.gated ? MATRICES : MATRICES.filter((name) => name !== "W3");
}

/** Parameters in the matrices of all layers. */
export function matrixParameters(model: Model): number {
  return matrixShapes(model).reduce((sum, {d, k, copies = 1}) => sum + copies * d * k, 0);
}

/** Parameters in all bias vectors, including the shifts of layer norms; 0 for a model without biases. */
export function biasParameters(model: Model): number {
  const {layers, dModel, biases} = model;
  const inLayers = biases ? matrixShapes(model).reduce((sum, {d}) => sum + layers * d, 0) + layers * 2 * dModel : 0;
  return inLayers + entriesOf(model.outside.filter(({bias}) => bias));
}

/** All parameters: matrices, biases and two norm gains in every layer, and the parts outside the layers. */
export function parameters(model: Model): number {
  const rest = entriesOf(model.outside.filter(({bias}) => !bias));
  return matrixParameters(model) + biasParameters(model) + model.layers * 2 * model.dModel + rest;
}

/** How many numbers these arrays hold. */
function entriesOf(arrays: readonly OutsideArray[]): number {
  return arrays.reduce((sum, {rows, cols}) => sum + rows * cols, 0);
}
