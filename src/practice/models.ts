/** The models that a reader can choose, with their shapes, and how many parameters LoRA trains on them. */
import presetData from "../../content/practice/presets.json" with {type: "json"};
import {countLora, type Shape} from "../engine/lora/counts.ts";
import {type Model, matricesOf, matrixShapes, type OutsideArray} from "../engine/memory/models.ts";

/** A language model: a gated decoder without biases, as Llama's. */
export interface LanguagePreset {
  kind: "language";
  id: string;
  label: string;
  name: string;
  /** Its name on the hub, by which scripts load it. */
  hub: string;
  /** The hub name of its version that follows instructions, for dialogues and preferences. */
  chat?: string;
  /** Whether TRL has a chat template for it that marks the answers: claim data-assistant-only. */
  marksAnswers?: boolean;
  /** The class of a layer, by which FSDP divides the model; undefined for a model that we do not know. */
  block?: string;
  layers: number;
  width: number;
  heads: number;
  /** Outputs of the queries, heads times their width; the model's width if left out. */
  queryWidth?: number;
  /** Outputs of the keys, and of the values. */
  keyValueWidth: number;
  mlp: number;
  vocabulary: number;
  /** The longest context that it was made for, in tokens, if we know it. */
  context?: number;
  /** Whether the output layer shares the embedding's weights. */
  tied: boolean;
  source: string;
  /** LoRA's parameters per rank on every linear layer, as somebody else counted them; a test compares. */
  perRank?: number;
}

/** An image model: its parameters as published, and the matrices that its script adapts. */
interface ImagePreset {
  kind: "images";
  id: string;
  label: string;
  name: string;
  hub: string;
  parameters: number;
  shapes: readonly (Required<Shape> & {what: string})[];
  targets: readonly string[];
  shapeNote: string;
  source: string;
}

export type ModelPreset = LanguagePreset | ImagePreset;

export const presets = presetData as readonly ModelPreset[];

/** The preset of this id; undefined if there is none. */
export const presetOf = (id: string): ModelPreset | undefined => presets.find((one) => one.id === id);

/** A language model for the engine: its layers, an embedding, a last norm and, unless it is tied, an output layer. */
export function modelOf(preset: LanguagePreset): Model {
  const {name, layers, width: dModel, keyValueWidth: dKeyValue, heads, mlp: dMlp, vocabulary, tied, source} = preset;
  const dQuery = preset.queryWidth ?? dModel;
  const rows = {rows: vocabulary, cols: dModel};
  const outside: OutsideArray[] = [
    {name: "token embedding", ...rows},
    {name: "last norm gain", rows: 1, cols: dModel},
    ...(tied ? [] : [{name: "output layer", ...rows}]),
  ];
  return {name, layers, dModel, dQuery, dKeyValue, heads, dMlp, gated: true, biases: false, outside, source};
}

/** LoRA's parameters at rank r: on every linear layer of a language model, or on the matrices that an image model's script adapts. */
export function adapterParameters(preset: ModelPreset, r: number): number {
  if (preset.kind === "images") return countLora(preset.shapes, r);
  const model = modelOf(preset);
  return countLora(matrixShapes(model, matricesOf(model)), r);
}
