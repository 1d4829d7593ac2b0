/** Reads a PEFT adapter: adapter_config.json and adapter_model.safetensors → A and B of each module. */
import type {Rows} from "../kernels/gram/gramKernel.ts";
import {type Matrix, transpose} from "../linalg/matrix.ts";
import type {Lora} from "../lora/lora.ts";
import {grouped, shown} from "../wording.ts";
import {type FloatDtype, isWideFloat, shapeText, toFloat64} from "./dtype.ts";
import type {UnreadKind} from "./inspect/families/others.ts";
import {keysOf, type ModuleKeys} from "./inspect/keys.ts";
import {pairOf, type StoredPair, updatesFrom, withExperts} from "./inspect/pairs.ts";
import {type AdapterConfig, parseAdapterConfig} from "./peftConfig.ts";
import {PREFIX} from "./peftNames.ts";
import {lookupNames, type Rules, rulesOf} from "./peftRules.ts";
import {needOpened, type Safetensors, type TensorInfo, tensorBytes} from "./safetensors.ts";
import type {Tensor} from "./safetensorsWriter.ts";

/** Which of the stacked experts a module is. */
export interface Expert {
  /** The module's name in the file. */
  of: string;
  /** Counted from 0. */
  index: number;
  /** How many there are. */
  count: number;
}

/**
 * A and B of one module. `deltaWeight` gives its ΔW (out × in); a convolution's `in` counts every place of the kernel.
 * `alpha` is such that alpha / r is the file's factor: under rsLoRA it is lora_alpha · √r.
 */
export interface AdapterModule extends Lora {
  name: string;
  kind: "linear" | "convolution" | "embedding";
  /** The sizes of a convolution's kernel; [] for the other kinds. */
  kernel: number[];
  /** The groups of a grouped convolution, whose B is zero outside its blocks; otherwise absent. */
  groups?: number;
  /**
   * The base model stores this weight as (in, out), so ΔW must be transposed before it is added: true for embeddings, and for
   * linear modules under fan_in_fan_out. Nothing in the file says so of experts alone.
   */
  transposed: boolean;
  /** DoRA's row norms (out). */
  magnitude?: Float64Array;
  /** B's own bias (out). */
  bias?: Float64Array;
  /** Which of the stacked experts this is, if the file has one pair for all of them; otherwise absent. */
  expert?: Expert;
  /** The formats of the numbers in the file. `writeAdapter` keeps them. `alpha` is there if the file has one beside A and B. */
  dtypes: {A: FloatDtype; B: FloatDtype; magnitude?: FloatDtype; bias?: FloatDtype; alpha?: FloatDtype};
}

/** A PEFT adapter: A and B of each module, and everything else that the two files hold. */
export interface Adapter {
  config: AdapterConfig;
  /** By name, without `base_model.model.`; layer 2 comes before layer 10. Expert 3 of a module is `module[3]`. */
  modules: Map<string, AdapterModule>;
  /** All other tensors of the file: trained heads and biases, for example. */
  others: Map<string, Tensor>;
  /** Sentences about the file: above all, why ΔW is not the whole change of the model. */
  notes: string[];
  /** What comes before the modules' names in the file: `base_model.model.` or nothing. */
  prefix: string;
  metadata: Map<string, string>;
}

/** What is read for one pair of the file: one module, or one for each expert. */
interface FoundModule {
  pair: StoredPair;
  modules: AdapterModule[];
  /** The rank and the alpha by the config. */
  configured: {rank: number; alpha: number};
}

/**
 * adapter_config.json (text) and the opened tensors → the adapter. Ranks come from the shapes of the tensors, and an
 * alpha beside A and B takes precedence over the config's; if the config differs, a note says so. Stacked experts become a
 * module each. Throws as `parseAdapterConfig` does, for another method than LoRA or other names than PEFT's, and when A or B is
 * missing or they do not fit each other.
 */
export function readAdapter(configText: string, file: Safetensors): Adapter {
  const config = parseAdapterConfig(configText);
  const {modules, others, prefix} = groupTensors(needOpened(file));
  const notes = [...config.variants];
  const rules = rulesOf(config, notes);
  const foundModules = Array.from(modules, ([name, keys]) => {
    const pair = pairOf(name, keys, {tensors: file.tensors, format: "safetensors"});
    return readModule(withExperts(pair, config, rules), file, config, rules);
  });
  notes.push(...notesOn(foundModules, config));
  return {
    config,
    modules: new Map(foundModules.flatMap((one) => one.modules.map((module) => [module.name, module]))),
    others: new Map(others.map((name) => [name, tensorOf(name, file)])),
    notes,
    prefix,
    metadata: new Map(file.metadata),
  };
}

/** The tensors of an adapter's file by what they are. */
interface TensorGroups {
  /** By name, without `base_model.model.`; layer 2 comes before layer 10. */
  modules: Map<string, ModuleKeys>;
  /** The names of all other tensors. */
  others: string[];
  /** What comes before the modules' names in the file: `base_model.model.` or nothing. */
  prefix: string;
}

/**
 * Sorts the tensors of a file. Throws when two of them are the same part of a module, when a module has the names of another
 * program, or when there is none.
 */
function groupTensors({tensors}: Safetensors): TensorGroups {
  const {modules, rivals, unread} = keysOf(tensors);
  if (modules.size === 0) throw new Error(`peft: ${whyNoModule([...tensors.keys()], unread[0]?.kind)}`);
  const [rival] = rivals;
  if (rival)
    throw new Error(
      `peft: ${rival.map(shown).join(" and ")} are the same part of one module; a file must hold one adapter`,
    );
  // diffusers writes PEFT's names with a component before them.
  const foreign = [...modules.values()].find(({family: {id}}) => id !== "peft" && id !== "diffusers");
  if (foreign)
    throw new Error(
      `peft: ${shown(foreign.module)} has ${foreign.family.title} names; only PEFT's names lora_A and lora_B are read here, ` +
        "and openAdapter reads others",
    );
  const used = new Set([...modules.values()].flatMap(({parts}) => Object.values(parts)));
  const isPrefixed = [...used].some((name) => name.includes(PREFIX));
  return {modules, others: [...tensors.keys()].filter((name) => !used.has(name)), prefix: isPrefixed ? PREFIX : ""};
}

/** What a file without lora_A and lora_B probably is. */
function whyNoModule(names: readonly string[], kind: UnreadKind | undefined): string {
  if (kind) return `this is ${kind.title}, which is not read: ${kind.why}`;
  if (names.length === 0) return "the file has no tensors; an adapter has lora_A and lora_B for each module";
  return (
    `none of the ${grouped(names.length)} tensors is a lora_A or lora_B (the first is ${shown(names[0])}); ` +
    "this may be a whole model, not an adapter"
  );
}

/** Reads a pair and what belongs to it, and checks that all fits. */
function readModule(pair: StoredPair, file: Safetensors, config: AdapterConfig, rules: Rules): FoundModule {
  const {name, kind, kernel, groups, r, d, experts, configName = name} = pair;
  if (experts > 1) needOneConfig(pair, config, rules);
  const updates = updatesFrom(pair, (tensor) => readFloats(tensor, file).data);
  const storedAlpha = pair.alpha === undefined ? undefined : readFloats(pair.alpha, file);
  if (storedAlpha && !(storedAlpha.data.length === 1 && Number.isFinite(storedAlpha.data[0])))
    throw new Error(`peft: ${shown(pair.alpha!)} must be one finite number`);
  const [magnitude, bias] = [pair.magnitude, pair.bias].map((tensor) =>
    tensor === undefined ? undefined : readVector(tensor, d, file),
  );
  if (experts > 1 && (magnitude || bias))
    throw new Error(`peft: ${shown(name)} stacks ${experts} experts; PEFT has no magnitudes and no biases for them`);
  const alphaFactor = config.use_rslora ? Math.sqrt(r) : 1;
  const configured = {rank: rules.rank(configName), alpha: rules.alpha(configName) * alphaFactor};
  const dtypes: AdapterModule["dtypes"] = {
    A: floatDtype(pair.A, file),
    B: floatDtype(pair.B, file),
    ...(magnitude && {magnitude: magnitude.dtype}),
    ...(bias && {bias: bias.dtype}),
    ...(storedAlpha && {alpha: storedAlpha.dtype}),
  };
  const modules = updates.map(
    (update, index): AdapterModule => ({
      name: update.name,
      A: matrixOf(update.A),
      B: transpose(matrixOf(update.B)),
      alpha: storedAlpha ? storedAlpha.data[0] * alphaFactor : configured.alpha,
      r,
      kind,
      kernel,
      ...(groups > 1 && {groups}),
      transposed: kind === "embedding" || (kind === "linear" && config.fan_in_fan_out),
      ...(magnitude && {magnitude: magnitude.data}),
      ...(bias && {bias: bias.data}),
      ...(experts > 1 && {expert: {of: name, index, count: experts}}),
      dtypes,
    }),
  );
  return {pair, modules, configured};
}

/** Throws if a module stacks experts of parameters to which the config gives different ranks or alphas. */
function needOneConfig({name, r, experts}: StoredPair, config: AdapterConfig, rules: Rules): void {
  const names = lookupNames(name, r * experts, config, rules);
  if (names.every((one) => rules.rank(one) === rules.rank(names[0]) && rules.alpha(one) === rules.alpha(names[0])))
    return;
  throw new Error(
    `peft: ${shown(name)} may be ${names.slice(0, 4).map(shown).join(" or ")}, for which adapter_config.json has ` +
      "different ranks or alphas; the file does not say which it is",
  );
}

/** Rows whose numbers were read as float64. */
const matrixOf = ({rows, cols, data}: Rows): Matrix => ({rows, cols, data: data as Float64Array<ArrayBuffer>});

/** Sentences on the modules: above all, in what they differ from the config. */
function notesOn(foundModules: readonly FoundModule[], {use_dora}: AdapterConfig): string[] {
  const ofModules = (count: number) => `${grouped(count)} of the modules`;
  const ranks = foundModules.filter(({pair, configured}) => pair.r !== configured.rank);
  const alphas = foundModules.filter(({modules, configured}) => modules[0].alpha !== configured.alpha);
  const norms = foundModules.filter(({pair}) => pair.magnitude !== undefined);
  const stacked = foundModules.filter(({pair}) => pair.experts > 1);
  const broken = foundModules.flatMap(({modules}) => {
    const entries = modules.flatMap(({name, A, B}) => brokenEntry(name, A, B) ?? []);
    return entries.slice(0, 1);
  });
  return [
    ranks.length > 0 &&
      `ranks that differ from adapter_config.json: ${grouped(ranks.length)} (${shown(ranks[0].pair.name)} has ` +
        `${ranks[0].pair.r}, not ${ranks[0].configured.rank}); those of the tensors are used`,
    alphas.length > 0 &&
      `an alpha beside A and B that differs from adapter_config.json in ${ofModules(alphas.length)} ` +
        `(${shown(alphas[0].pair.name)} has ${alphas[0].modules[0].alpha}, not ${alphas[0].configured.alpha}); it is used, ` +
        "though PEFT takes the config's",
    norms.length > 0 &&
      !use_dora &&
      `row norms in ${ofModules(norms.length)}, as under use_dora, which adapter_config.json does not set`,
    stacked.length > 0 &&
      `stacked experts in ${ofModules(stacked.length)} (${shown(stacked[0].pair.name)} has ${stacked[0].pair.experts}); each is ` +
        "a module here. Where the base stores their weights as in × out, as gpt-oss does, ΔW must be transposed",
    broken.length > 0 && `numbers that are not finite in ${ofModules(broken.length)} (${broken[0]})`,
  ].filter((note) => note !== false);
}

/** The first entry of A and B that is not finite, as the end of a sentence; undefined if all are finite. */
function brokenEntry(name: string, A: Matrix, B: Matrix): string | undefined {
  for (const [factor, {data}] of Object.entries({A, B})) {
    const bad = data.find((value) => !(Math.abs(value) < Infinity));
    if (bad !== undefined) return `${shown(name)}: ${factor} has ${bad}`;
  }
  return undefined;
}

/** The format of a tensor of floats, and its numbers in float64. Throws as `floatDtype` does. */
function readFloats(name: string, file: Safetensors) {
  const dtype = floatDtype(name, file);
  return {dtype, data: toFloat64(dtype, tensorBytes(file, name))};
}

/** The format of a tensor. Throws for whole numbers, and for floats of 8 bits and fewer. */
function floatDtype(name: string, file: Safetensors): FloatDtype {
  const {dtype} = file.tensors.get(name) as TensorInfo;
  if (isWideFloat(dtype)) return dtype;
  throw new Error(`peft: ${shown(name)} is stored as ${dtype}; F64, F32, F16 and BF16 are read here`);
}

/** The format and the numbers of B's bias or of DoRA's norms. Throws unless there are `out` of them. */
function readVector(name: string, out: number, file: Safetensors) {
  const vector = readFloats(name, file);
  const {shape} = file.tensors.get(name) as TensorInfo;
  if (vector.data.length !== out)
    throw new Error(
      `peft: ${shown(name)} is ${shapeText(shape)}; it must hold ${grouped(out)} numbers, one for each row of B`,
    );
  return vector;
}

/** A tensor of the file; its bytes are a view. */
function tensorOf(name: string, file: Safetensors): Tensor {
  const {dtype, shape} = file.tensors.get(name) as TensorInfo;
  return {dtype, shape, bytes: tensorBytes(file, name)};
}
