/** Opens an adapter of any family by its header: modules, ranks, sizes, formats, names, their faults, and which base it is for. */

import {grouped, shown} from "../../wording.ts";
import {countOf, shapeText} from "../dtype.ts";
import {type Config, readConfig} from "./config.ts";
import {type Container, openContainer, type StoredTensor} from "./container.ts";
import {type Fault, faultsOf} from "./faults.ts";
import {type Keys, keysOf} from "./keys.ts";
import {counted} from "./loading/found.ts";
import {pairOf, type StoredPair, withExperts} from "./pairs.ts";
import {type SavedTensors, savedOf} from "./saved.ts";
import {type ScaleSources, scaleSources} from "./scales.ts";
import type {Source} from "./source.ts";

/** Why one module or one tensor is not read, in words. The others are read all the same. */
export interface Problem {
  /** The module or the tensor. */
  name: string;
  sentence: string;
}

/** A base model's name, and where it was found. */
export interface BaseModel {
  name: string;
  from: string;
}

/** What the header and the config tell. */
export interface Facts {
  format: Container["format"];
  /** The families of the modules' names, as they are called in a sentence: "PEFT". */
  families: string[];
  base: BaseModel | undefined;
  /** How many updates its pairs have; each expert of a pair counts. */
  modules: number;
  /** How many tensors the file has, and how many of them belong to a pair. */
  tensors: number;
  used: number;
  /** How many numbers the pairs have, and all other tensors. */
  numbers: number;
  otherNumbers: number;
  /** The size of the file. */
  bytes: number;
  /** How many tensors are stored in each format, most first. */
  dtypes: [string, number][];
  /** How many pairs have each rank, most first. */
  ranks: [number, number][];
  /** How many pairs have DoRA's norms. */
  dora: number;
}

/** An opened adapter. Nothing but its header and its config has been read. */
export interface OpenedAdapter {
  container: Container;
  config: Config | undefined;
  keys: Keys;
  pairs: Map<string, StoredPair>;
  problems: Problem[];
  /** Why the file as a whole cannot be measured, worst first. */
  faults: Fault[];
  scales: ScaleSources;
  /** Whole tensors that belong to no pair and that the config explains. */
  saved: SavedTensors;
  facts: Facts;
  /** What a reader should know: why ΔW is not the whole change, above all. */
  notes: string[];
}

/**
 * Opens the weights of an adapter, with the text of its adapter_config.json if there is one. Reads only the header of the weights, so it
 * takes milliseconds at any size. A module that cannot be read is a problem and stops nothing.
 * Throws, in words, for a file that is no adapter or is damaged as a whole; see `openContainer`.
 */
export async function openAdapter(weights: Source, configText?: string): Promise<OpenedAdapter> {
  const container = await openContainer(weights);
  const config = configText === undefined ? undefined : readConfig(configText);
  const keys = keysOf(container.tensors);
  if (keys.modules.size === 0 && keys.unread.length === 0) throw new Error(`inspect: ${whatItMayBe(container)}`);
  const pairs = new Map<string, StoredPair>();
  const problems: Problem[] = keys.rivals.map(([name, usedName]) => ({
    name,
    sentence: `${shown(name)} and ${shown(usedName)} are the same part of one module; the latter is used`,
  }));
  for (const [name, module] of keys.modules) {
    try {
      const pair = pairOf(name, module, container);
      pairs.set(name, config?.kind === "PEFT" ? withExperts(pair, config, config.rules) : pair);
    } catch (error) {
      problems.push({name, sentence: (error as Error).message.replace(/^\w+: /, "")});
    }
  }
  const facts = factsOf(container, keys, pairs, config);
  return {
    container,
    config,
    keys,
    pairs,
    problems,
    faults: faultsOf(container, keys),
    scales: scaleSources(container.metadata, config),
    saved: savedOf(keys.others, container, config),
    facts,
    notes: notesOf(keys, facts, config),
  };
}

/** What a file may be in which no name is an adapter's, as the sentence of an error. */
function whatItMayBe({tensors}: Container): string {
  const [first] = tensors.keys();
  if (first === undefined) return "the file has no tensors; an adapter has a pair for each module";
  const factors = probableFactors(tensors);
  if (factors) {
    const [[name, wide], [, tall]] = factors;
    return (
      `none of the ${grouped(tensors.size)} names is known as a LoRA’s (${shown(name)} is the first); their shapes, ` +
      `${shapeText(wide.shape)} and ${shapeText(tall.shape)}, look like factors of rank ${wide.shape[0]}`
    );
  }
  return (
    `this is a whole model of ${counted(tensors.size, "tensor")}, not an adapter: none of them is an A or a B ` +
    `(${shown(first)} is the first)`
  );
}

/** The largest rank of what may be a factor, and the least ratio of its other side to the rank. */
const [MAX_RANK, MIN_RATIO] = [512, 8];

/**
 * A tensor that looks like A and one that looks like B; undefined unless the file has as many wide, low matrices as tall,
 * narrow ones, they are most of its matrices, and the first wide one has the same short side as a tall one.
 */
function probableFactors(tensors: Container["tensors"]): [[string, StoredTensor], [string, StoredTensor]] | undefined {
  const matrices = [...tensors].filter(([, {shape}]) => shape.length === 2);
  const isThin = (short: number, long: number) => short >= 1 && short <= MAX_RANK && short * MIN_RATIO <= long;
  const wide = matrices.filter(([, {shape}]) => isThin(shape[0], shape[1]));
  const tall = matrices.filter(([, {shape}]) => isThin(shape[1], shape[0]));
  if (wide.length !== tall.length || 4 * wide.length <= matrices.length) return undefined;
  const [firstWide] = wide;
  const partner = tall.find(([, {shape}]) => shape[1] === firstWide[1].shape[0]);
  return partner && [firstWide, partner];
}

/** How often each value occurs, most frequent first. */
const frequencies = <T>(values: Iterable<T>): [T, number][] => {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
};

function factsOf(container: Container, keys: Keys, pairs: ReadonlyMap<string, StoredPair>, config?: Config): Facts {
  const all = [...pairs.values()];
  const usedTensors = [...keys.modules].flatMap(([name, {parts}]) => (pairs.has(name) ? Object.values(parts) : []));
  const numbers = all.reduce((sum, pair) => sum + pair.numbers, 0);
  let total = 0;
  for (const {shape} of container.tensors.values()) total += countOf(shape);
  return {
    format: container.format,
    families: frequencies([...keys.modules.values()].map(({family}) => family.title)).map(([title]) => title),
    base: baseOf(pairs, container.metadata, config),
    modules: all.reduce((sum, {experts}) => sum + experts, 0),
    tensors: container.tensors.size,
    used: usedTensors.length,
    numbers,
    otherNumbers: total - numbers,
    bytes: container.source.size,
    dtypes: frequencies([...container.tensors.values()].map(({dtype}) => dtype)),
    ranks: frequencies(all.map(({r}) => r)),
    dora: all.filter(({magnitude}) => magnitude !== undefined).length,
  };
}

/** What a reader should know of the file, as sentences. */
function notesOf({modules, unread, adapters}: Keys, {dora, families}: Facts, config: Config | undefined): string[] {
  const notes: string[] = [];
  // What modules_to_save names is in Health, or PEFT stops at it: see `verdictsOf`.
  if (config?.kind === "PEFT") notes.push(...config.notes.filter((note) => !note.startsWith("modules_to_save")));
  if (config?.kind === "other") notes.push(config.sentence);
  if (dora > 0 && !(config?.kind === "PEFT" && config.use_dora))
    notes.push(
      `DoRA in ${counted(dora, "module")}: A, B and the norms m are here, but the change of the weight needs W0 too`,
    );
  for (const {kind, tensors, first} of unread)
    notes.push(`${kind.title}: ${counted(tensors, "tensor")} (${shown(first)} first) listed only, because ${kind.why}`);
  if (adapters.length > 0 && [...modules.values()].every(({faults}) => faults.length === 0)) {
    const names = adapters.slice(0, 3).map(shown).join(", ");
    notes.push(`an adapter's name is in the keys (${names}), where loaders expect none`);
  }
  if (families.includes("GGUF"))
    notes.push(
      "GGUF stores no rsLoRA flag: if the adapter was trained with rsLoRA, its scale here is too small by a factor of √r",
    );
  return notes;
}

/** Metadata that name the base, best first. */
const METADATA_KEYS = [
  "modelspec.architecture",
  "ss_base_model_version",
  "ss_sd_model_name",
  "base_model",
  "general.base_model.0.name",
  "general.architecture",
];

/** A name in the file is cut after this length: it comes from anyone. */
const MAX_NAME_LENGTH = 200;

/** Which base an adapter is for: by config or metadata, else by names and widths; undefined if the file does not say. */
export function baseOf(
  pairs: ReadonlyMap<string, StoredPair>,
  metadata: ReadonlyMap<string, string>,
  config: Config | undefined,
): BaseModel | undefined {
  const ofConfig =
    config?.kind === "PEFT" ? config.base_model_name_or_path : config?.kind === "MLX" ? config.model : undefined;
  if (ofConfig) return {name: ofConfig.slice(0, MAX_NAME_LENGTH), from: "adapter_config.json"};
  for (const key of METADATA_KEYS) {
    const value = metadata.get(key)?.trim();
    if (value && value !== "None") return {name: value.slice(0, MAX_NAME_LENGTH), from: `${key} in the metadata`};
  }
  return baseByNames(pairs);
}

/** The base models of U-Nets by the width of the text that their cross-attention reads. */
const BASES_BY_WIDTH: Readonly<Record<number, string>> = {
  768: "Stable Diffusion 1.x",
  1024: "Stable Diffusion 2.x",
  2048: "SDXL",
};

/** An image model, recognized by the names of its blocks, or a U-Net by its width; undefined for any other. */
function baseByNames(pairs: ReadonlyMap<string, StoredPair>): BaseModel | undefined {
  const names = [...pairs.keys()];
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/double_blocks[._]\d/) && has(/single_blocks[._]\d/))
    return {name: "Flux or Hunyuan Video", from: "its names"};
  if (has(/single_transformer_blocks[._]\d/)) return {name: "Flux", from: "its names"};
  if (has(/joint_blocks[._]\d/)) return {name: "Stable Diffusion 3", from: "its names"};
  const cross = names.find((name) => /attn2[._]to_[kv]$/.test(name));
  const width = cross === undefined ? undefined : pairs.get(cross)!.k;
  if (width !== undefined && Object.hasOwn(BASES_BY_WIDTH, width))
    return {name: BASES_BY_WIDTH[width], from: `its names, and cross-attention that reads ${width} numbers`};
  return has(/^lora_te2_/) ? {name: "SDXL", from: "its names: two text encoders"} : undefined;
}
