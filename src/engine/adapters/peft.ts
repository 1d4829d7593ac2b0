/** Reads a PEFT adapter: adapter_config.json and adapter_model.safetensors → A and B of each module. */
import type {Matrix} from "../linalg/matrix.ts";
import type {Lora} from "../lora/lora.ts";
import {grouped, shown} from "../wording.ts";
import {type FloatDtype, isWideFloat, shapeText, toFloat64} from "./dtype.ts";
import {type Expert, splitExperts} from "./experts.ts";
import {type AdapterConfig, parseAdapterConfig} from "./peftConfig.ts";
import {groupByModule, type ModuleTensors} from "./peftNames.ts";
import {lookupNames, type Rules, rulesOf} from "./peftRules.ts";
import {needOpened, type Safetensors, type TensorInfo, tensorBytes} from "./safetensors.ts";
import type {Tensor} from "./safetensorsWriter.ts";

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
   * The base model stores this weight as (in, out), so ΔW must be transposed before it is added. The file does not say
   * so for an expert; then it is false.
   */
  transposed: boolean;
  /** DoRA's row norms (out). */
  magnitude?: Float64Array;
  /** B's own bias (out). */
  bias?: Float64Array;
  /** Its place among the experts of a parameter that one pair adapts; see `experts.ts`. */
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

/** The most experts a parameter may have; the largest models of 2026 have some hundreds. */
const MAX_EXPERTS = 10_000;

/** A module before its experts are separated, and what the config says of it. */
interface FoundModule {
  module: AdapterModule;
  experts: number;
  /** The rank and the alpha by the config. */
  configured: {rank: number; alpha: number};
}

/**
 * adapter_config.json (text) and the opened tensors → the adapter. Ranks come from the shapes of the tensors, and an
 * alpha beside A and B takes precedence over the config's; if the config differs, a note says so. Stacked experts become a
 * module each. Throws when A and B do not fit each other, and as `parseAdapterConfig` and `groupByModule` do: for
 * another method than LoRA, or when A or B is missing.
 */
export function readAdapter(configText: string, file: Safetensors): Adapter {
  const config = parseAdapterConfig(configText);
  const {modules: tensors, others, prefix} = groupByModule(needOpened(file).tensors.keys());
  const notes = [...config.variants];
  const rules = rulesOf(config, notes);
  const foundModules = [...tensors].map(([name, names]) => readModule(name, names, file, config, rules));
  const modules = foundModules.flatMap(({module, experts}) => (experts > 1 ? expertsOf(module, experts) : [module]));
  notes.push(...notesOn(foundModules, config));
  return {
    config,
    modules: new Map(modules.map((module) => [module.name, module])),
    others: new Map(others.map((name) => [name, tensorOf(name, file)])),
    notes,
    prefix,
    metadata: new Map(file.metadata),
  };
}

/** Reads a module and checks that its tensors fit each other. */
function readModule(
  name: string,
  names: ModuleTensors,
  file: Safetensors,
  config: AdapterConfig,
  rules: Rules,
): FoundModule {
  const pair = readFactors(name, names, file);
  const {rank, alpha, experts} = configuredNumbers(name, pair.A.rows, config, rules);
  const r = pair.A.rows / experts;
  const storedAlpha = names.alpha === undefined ? undefined : readFloats(names.alpha, file);
  if (storedAlpha && !(storedAlpha.data.length === 1 && Number.isFinite(storedAlpha.data[0])))
    throw new Error(`peft: ${shown(names.alpha!)} must be one finite number`);
  const [magnitude, bias] = [names.magnitude, names.bias].map((one) =>
    one === undefined ? undefined : readVector(one, pair.B.rows, file),
  );
  if (experts > 1 && (magnitude || bias))
    throw new Error(`peft: ${shown(name)} stacks ${experts} experts; PEFT has no magnitudes and no biases for them`);
  const alphaFactor = config.use_rslora ? Math.sqrt(r) : 1;
  const {dtypes, ...rest} = pair;
  const module: AdapterModule = {
    ...rest,
    name,
    alpha: (storedAlpha?.data[0] ?? alpha) * alphaFactor,
    r,
    transposed: pair.kind === "embedding" || (pair.kind === "linear" && config.fan_in_fan_out),
    ...(magnitude && {magnitude: magnitude.data}),
    ...(bias && {bias: bias.data}),
    dtypes: {
      ...dtypes,
      ...(magnitude && {magnitude: magnitude.dtype}),
      ...(bias && {bias: bias.dtype}),
      ...(storedAlpha && {alpha: storedAlpha.dtype}),
    },
  };
  return {module, experts, configured: {rank, alpha: alpha * alphaFactor}};
}

/**
 * The rank and the alpha that the config gives to a module, and how many experts its A, with `rows` rows, is for. Throws if
 * the config does not tell how its experts are stacked, or if there are too many.
 */
function configuredNumbers(name: string, rows: number, config: AdapterConfig, rules: Rules) {
  const names = lookupNames(name, rows, config, rules);
  const [rank, ...ranks] = new Set(names.map(rules.rank));
  const [alpha, ...alphas] = new Set(names.map(rules.alpha));
  if (names[0] === name) return {rank, alpha, experts: 1};
  if (ranks.length + alphas.length > 0)
    throw new Error(
      `peft: ${shown(name)} may be ${names.slice(0, 4).map(shown).join(" or ")}, for which adapter_config.json has ` +
        "different ranks or alphas; the file does not say which it is",
    );
  if (rows % rank !== 0)
    throw new Error(
      `peft: ${shown(name)} stacks the factors of experts (target_parameters), but its A has ${grouped(rows)} rows, ` +
        `not a multiple of r = ${grouped(rank)}; r or rank_pattern must say the rank of one expert`,
    );
  if (rows / rank > MAX_EXPERTS)
    throw new Error(
      `peft: ${shown(name)} stacks ${grouped(rows / rank)} experts; at most ${grouped(MAX_EXPERTS)} are read`,
    );
  return {rank, alpha, experts: rows / rank};
}

/** The experts of a module, as a module each. */
function expertsOf(module: AdapterModule, count: number): AdapterModule[] {
  return splitExperts(module.A, module.B, count).map((pair, index) => ({
    ...module,
    ...pair,
    name: `${module.name}[${index}]`,
    expert: {of: module.name, index, count},
  }));
}

/** Sentences on the modules: above all, in what they differ from the config. */
function notesOn(foundModules: readonly FoundModule[], {use_dora}: AdapterConfig): string[] {
  const ofModules = (count: number) => `${grouped(count)} of the modules`;
  const ranks = foundModules.filter(({module, configured}) => module.r !== configured.rank);
  const alphas = foundModules.filter(({module, configured}) => module.alpha !== configured.alpha);
  const norms = foundModules.filter(({module}) => module.magnitude !== undefined);
  const stacked = foundModules.filter(({experts}) => experts > 1);
  const broken = foundModules.flatMap(({module: {name, A, B}}) => brokenEntry(name, A, B) ?? []);
  return [
    ranks.length > 0 &&
      `ranks that differ from adapter_config.json: ${grouped(ranks.length)} (${shown(ranks[0].module.name)} has ` +
        `${ranks[0].module.r}, not ${ranks[0].configured.rank}); those of the tensors are used`,
    alphas.length > 0 &&
      `an alpha beside A and B that differs from adapter_config.json in ${ofModules(alphas.length)} ` +
        `(${shown(alphas[0].module.name)} has ${alphas[0].module.alpha}, not ${alphas[0].configured.alpha}); it is used, ` +
        "though PEFT takes the config's",
    norms.length > 0 &&
      !use_dora &&
      `row norms in ${ofModules(norms.length)}, as under use_dora, which adapter_config.json does not set`,
    stacked.length > 0 &&
      `stacked experts in ${ofModules(stacked.length)} (${shown(stacked[0].module.name)} has ${stacked[0].experts}); each is ` +
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

/** The most numbers that B of a grouped convolution may have once it is spread out. */
const MAX_SPREAD = 2 ** 26;

/**
 * A (r × in) and B (out × r) of a module, and what their shapes tell of it. B of a grouped convolution is spread out, so
 * that B·A is its ΔW. Throws when the shapes do not fit each other.
 */
function readFactors(name: string, names: ModuleTensors, file: Safetensors) {
  const [A, B] = [readFloats(names.A, file), readFloats(names.B, file)];
  const [r, , ...kernel] = A.shape;
  const [out, inner, ...ones] = B.shape;
  const groups = kernel.length > 0 && inner > 0 ? r / inner : 1;
  const fits =
    A.shape.length >= 2 &&
    B.shape.length === A.shape.length &&
    r >= 1 &&
    inner * groups === r &&
    Number.isInteger(groups) &&
    out % groups === 0;
  if (!fits || ones.some((size) => size !== 1))
    throw new Error(
      `peft: ${shown(name)}: A is ${shapeText(A.shape)} and B is ${shapeText(B.shape)}; ` +
        "they must be r × in and out × r, with r at least 1",
    );
  if (groups > 1 && out * r > MAX_SPREAD)
    throw new Error(`peft: ${shown(name)}: spread out, B is ${grouped(out)} × ${grouped(r)}, too large to read`);
  return {
    A: {rows: r, cols: A.data.length / r, data: A.data},
    B: {rows: out, cols: r, data: groups > 1 ? spreadGroups(B.data, out, r, groups) : B.data},
    kind: names.embedding ? ("embedding" as const) : kernel.length > 0 ? ("convolution" as const) : ("linear" as const),
    kernel,
    ...(groups > 1 && {groups}),
    dtypes: {A: A.dtype, B: B.dtype},
  };
}

/** B of a grouped convolution (out × r / groups) → (out × r), in which the outputs of a group see its own ranks only. */
function spreadGroups(data: Float64Array, out: number, r: number, groups: number): Float64Array {
  const [rows, cols] = [out / groups, r / groups];
  const spread = new Float64Array(out * r);
  for (let i = 0; i < out; i++)
    spread.set(data.subarray(i * cols, (i + 1) * cols), i * r + Math.floor(i / rows) * cols);
  return spread;
}

/** A tensor of floats, in float64. Throws for whole numbers, and for floats of 8 bits and fewer. */
function readFloats(name: string, file: Safetensors): {shape: number[]; dtype: FloatDtype; data: Float64Array} {
  const {dtype, shape, bytes} = tensorOf(name, file);
  if (!isWideFloat(dtype))
    throw new Error(`peft: ${shown(name)} is stored as ${dtype}; F64, F32, F16 and BF16 are read here`);
  return {shape, dtype, data: toFloat64(dtype, bytes)};
}

/** B's bias or DoRA's norms. Throws unless there are `out` of them. */
function readVector(name: string, out: number, file: Safetensors) {
  const vector = readFloats(name, file);
  if (vector.data.length !== out)
    throw new Error(
      `peft: ${shown(name)} is ${shapeText(vector.shape)}; it must hold ${grouped(out)} numbers, one for each row of B`,
    );
  return vector;
}

/** A tensor of the file; its bytes are a view. */
function tensorOf(name: string, file: Safetensors): Tensor & {shape: number[]} {
  const {dtype, shape} = file.tensors.get(name) as TensorInfo;
  return {dtype, shape, bytes: tensorBytes(file, name)};
}
