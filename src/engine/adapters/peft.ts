/** Reads a PEFT adapter: adapter_config.json and adapter_model.safetensors → A and B of each module. */

import type {Matrix} from "../linalg/matrix.ts";
import type {Lora} from "../lora/lora.ts";
import {grouped, shown} from "../wording.ts";
import type {FloatDtype} from "./dtype.ts";
import {type Expert, splitExperts} from "./experts.ts";
import {type AdapterConfig, parseAdapterConfig} from "./peftConfig.ts";
import {groupByModule, type ModuleTensors} from "./peftNames.ts";
import {askedNames, type Rules, rulesOf} from "./peftRules.ts";
import {readFactors, readFloats, readVector, tensorOf} from "./peftTensors.ts";
import {needOpened, type Safetensors} from "./safetensors.ts";
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
const MOST_EXPERTS = 10_000;

/** What is read of one module before its experts are separated, and what the config says of it. */
interface Found {
  module: AdapterModule;
  experts: number;
  /** The rank and the alpha by the config. */
  due: {rank: number; alpha: number};
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
  const found = [...tensors].map(([name, names]) => readModule(name, names, file, config, rules));
  const modules = found.flatMap(({module, experts}) => (experts > 1 ? expertsOf(module, experts) : [module]));
  notes.push(...notesOn(found, config));
  return {
    config,
    modules: new Map(modules.map((module) => [module.name, module])),
    others: new Map(others.map((name) => [name, tensorOf(name, file)])),
    notes,
    prefix,
    metadata: new Map(file.metadata),
  };
}

function readModule(name: string, names: ModuleTensors, file: Safetensors, config: AdapterConfig, rules: Rules): Found {
  const pair = readFactors(name, names, file);
  const {rank, alpha, experts} = expected(name, pair.A.rows, config, rules);
  const r = pair.A.rows / experts;
  const beside = names.alpha === undefined ? undefined : readFloats(names.alpha, file);
  if (beside && !(beside.data.length === 1 && Number.isFinite(beside.data[0])))
    throw new Error(`peft: ${shown(names.alpha!)} must be one finite number`);
  const [magnitude, bias] = [names.magnitude, names.bias].map((one) =>
    one === undefined ? undefined : readVector(one, pair.B.rows, file),
  );
  if (experts > 1 && (magnitude || bias))
    throw new Error(`peft: ${shown(name)} stacks ${experts} experts; PEFT has no magnitudes and no biases for them`);
  const stretch = config.use_rslora ? Math.sqrt(r) : 1;
  const {dtypes, ...rest} = pair;
  const module: AdapterModule = {
    ...rest,
    name,
    alpha: (beside?.data[0] ?? alpha) * stretch,
    r,
    transposed: pair.kind === "embedding" || (pair.kind === "linear" && config.fan_in_fan_out),
    ...(magnitude && {magnitude: magnitude.data}),
    ...(bias && {bias: bias.data}),
    dtypes: {
      ...dtypes,
      ...(magnitude && {magnitude: magnitude.dtype}),
      ...(bias && {bias: bias.dtype}),
      ...(beside && {alpha: beside.dtype}),
    },
  };
  return {module, experts, due: {rank, alpha: alpha * stretch}};
}

/** The rank and alpha that the config gives to a module, and how many experts its `rows` of A are for. */
function expected(name: string, rows: number, config: AdapterConfig, rules: Rules) {
  const names = askedNames(name, rows, config, rules);
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
  if (rows / rank > MOST_EXPERTS)
    throw new Error(
      `peft: ${shown(name)} stacks ${grouped(rows / rank)} experts; at most ${grouped(MOST_EXPERTS)} are read`,
    );
  return {rank, alpha, experts: rows / rank};
}

function expertsOf(module: AdapterModule, count: number): AdapterModule[] {
  return splitExperts(module.A, module.B, count).map((pair, index) => ({
    ...module,
    ...pair,
    name: `${module.name}[${index}]`,
    expert: {of: module.name, index, count},
  }));
}

/** What a reader of the adapter should know and the config does not say. */
function notesOn(found: readonly Found[], {use_dora}: AdapterConfig): string[] {
  const of = (count: number) => `${grouped(count)} of the modules`;
  const ranks = found.filter(({module, due}) => module.r !== due.rank);
  const alphas = found.filter(({module, due}) => module.alpha !== due.alpha);
  const norms = found.filter(({module}) => module.magnitude !== undefined);
  const stacked = found.filter(({experts}) => experts > 1);
  const broken = found.flatMap(({module: {name, A, B}}) => brokenEntry(name, A, B) ?? []);
  return [
    ranks.length > 0 &&
      `ranks that differ from adapter_config.json: ${grouped(ranks.length)} (${shown(ranks[0].module.name)} has ` +
        `${ranks[0].module.r}, not ${ranks[0].due.rank}); those of the tensors are used`,
    alphas.length > 0 &&
      `an alpha beside A and B that differs from adapter_config.json in ${of(alphas.length)} ` +
        `(${shown(alphas[0].module.name)} has ${alphas[0].module.alpha}, not ${alphas[0].due.alpha}); it is used, ` +
        "though PEFT takes the config's",
    norms.length > 0 &&
      !use_dora &&
      `row norms in ${of(norms.length)}, as under use_dora, which adapter_config.json does not set`,
    stacked.length > 0 &&
      `stacked experts in ${of(stacked.length)} (${shown(stacked[0].module.name)} has ${stacked[0].experts}); each is ` +
        "a module here. Where the base stores their weights as in × out, as gpt-oss does, ΔW must be transposed",
    broken.length > 0 && `numbers that are not finite in ${of(broken.length)} (${broken[0]})`,
  ].filter((note) => note !== false);
}

function brokenEntry(name: string, A: Matrix, B: Matrix): string | undefined {
  for (const [factor, {data}] of Object.entries({A, B})) {
    let bad = 0;
    while (bad < data.length && Math.abs(data[bad]) < Infinity) bad++;
    if (bad < data.length) return `${shown(name)}: ${factor} has ${data[bad]}`;
  }
  return undefined;
}
