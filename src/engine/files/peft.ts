/** Reads a PEFT adapter: adapter_config.json and adapter_model.safetensors → A and B of each module. */

import type {Lora} from "../lora/lora.ts";
import {shapeText, toFloat64} from "./dtype.ts";
import {endMatcher, moduleMatcher} from "./pattern.ts";
import {type AdapterConfig, parseAdapterConfig} from "./peftConfig.ts";
import {groupByModule, type ModuleTensors} from "./peftNames.ts";
import {type Safetensors, type TensorInfo, tensorBytes} from "./safetensors.ts";
import {grouped, shown} from "./wording.ts";

/**
 * A and B of one module. `deltaWeight` gives its ΔW (out × in); a convolution's `in` counts every place of the kernel.
 * `alpha` is such that alpha / r is the file's factor: under rsLoRA it is lora_alpha · √r.
 */
export interface AdapterModule extends Lora {
  kind: "linear" | "convolution" | "embedding";
  /** The sizes of a convolution's kernel; [] for the other kinds. */
  kernel: number[];
  /** The base model stores this weight as (in, out), so ΔW must be transposed before it is added. */
  transposed: boolean;
  /** DoRA's row norms (out). */
  magnitude?: Float64Array;
  /** B's own bias (out). */
  bias?: Float64Array;
}

/** A PEFT adapter: A and B of each module, and everything else that affects ΔW. */
export interface Adapter {
  config: AdapterConfig;
  /** By name, without `base_model.model.`; layer 2 comes before layer 10. */
  modules: Map<string, AdapterModule>;
  /** The names of all other tensors in the file. */
  others: string[];
  /** Sentences about the file: above all, why ΔW is not the whole change of the model. */
  notes: string[];
}

/** The budget for rank_pattern and for alpha_pattern: under a second, and enough to name each of 4,000 modules. */
const STEPS = 20_000_000;

/**
 * adapter_config.json (text) and the opened tensors → the adapter. Ranks come from the shapes of the tensors; if the
 * config gives others, a note says so. Throws when A and B do not fit each other, and as `parseAdapterConfig` and
 * `groupByModule` do: for another method than LoRA, or when A or B is missing.
 */
export function readAdapter(configText: string, file: Safetensors): Adapter {
  const config = parseAdapterConfig(configText);
  const {modules: tensors, others} = groupByModule(file.tensors.keys());
  const notes = [...config.variants];
  const rankOf = firstMatch("rank_pattern", config.rank_pattern, config.r, notes);
  const alphaOf = firstMatch("alpha_pattern", config.alpha_pattern, config.lora_alpha, notes);
  const modules = new Map<string, AdapterModule>();
  const otherRanks: string[] = [];
  for (const [name, names] of tensors) {
    const module = readModule(name, names, file, config, alphaOf(name));
    modules.set(name, module);
    const rank = rankOf(name);
    if (rank !== module.r) otherRanks.push(`${shown(name)} has ${module.r}, not ${rank}`);
  }
  if (otherRanks.length > 0)
    notes.push(
      `ranks that differ from adapter_config.json: ${grouped(otherRanks.length)} (${otherRanks[0]}); ` +
        "those of the tensors are used",
    );
  const norms = [...modules.values()].filter(({magnitude}) => magnitude !== undefined).length;
  if (norms > 0 && !config.use_dora)
    notes.push(
      `row norms in ${grouped(norms)} of the modules, as under use_dora, which adapter_config.json does not set`,
    );
  return {config, modules, others, notes};
}

/**
 * PEFT's rule: the number of the first pattern for which ^(.*\.)?(pattern)$ matches the name, or else `otherwise`. A
 * pattern that `moduleMatcher` cannot read is compared with the end of the name, and a note says so.
 */
function firstMatch(what: string, patterns: ReadonlyMap<string, number>, otherwise: number, notes: string[]) {
  const budget = {steps: STEPS};
  const matchers = [...patterns].map(([pattern, number]) => {
    const matches = moduleMatcher(pattern);
    if (!matches) notes.push(`${what}: ${shown(pattern)} is no pattern read here; it is taken as the end of a name`);
    return {number, matches: matches ?? endMatcher(pattern)};
  });
  return (name: string) => matchers.find(({matches}) => matches(name, budget))?.number ?? otherwise;
}

function readModule(
  name: string,
  names: ModuleTensors,
  file: Safetensors,
  {use_rslora, fan_in_fan_out}: AdapterConfig,
  lora_alpha: number,
): AdapterModule {
  const [A, B] = [readFactor(names.A, file), readFactor(names.B, file)];
  const [r, , ...kernel] = A.shape;
  const [out, inner, ...ones] = B.shape;
  const fits = A.shape.length >= 2 && B.shape.length === A.shape.length && r >= 1 && inner === r;
  if (!fits || ones.some((size) => size !== 1))
    throw new Error(
      `peft: ${shown(name)}: A is ${shapeText(A.shape)} and B is ${shapeText(B.shape)}; ` +
        "they must be r × in and out × r, with r at least 1",
    );
  const kind = names.embedding ? "embedding" : kernel.length > 0 ? "convolution" : "linear";
  return {
    A: {rows: r, cols: A.data.length / r, data: A.data},
    B: {rows: out, cols: r, data: B.data},
    alpha: use_rslora ? lora_alpha * Math.sqrt(r) : lora_alpha,
    r,
    kind,
    kernel,
    transposed: kind === "embedding" || (kind === "linear" && fan_in_fan_out),
    ...(names.magnitude !== undefined && {magnitude: readVector(names.magnitude, out, file)}),
    ...(names.bias !== undefined && {bias: readVector(names.bias, out, file)}),
  };
}

/** A, B, a bias or DoRA's norms, in float64. */
function readFactor(name: string, file: Safetensors): {shape: number[]; data: Float64Array} {
  const bytes = tensorBytes(file, name);
  const {dtype, shape} = file.tensors.get(name) as TensorInfo;
  if (!["F64", "F32", "F16", "BF16"].includes(dtype))
    throw new Error(`peft: ${shown(name)} is stored as ${dtype}; F64, F32, F16 and BF16 are read here`);
  return {shape, data: toFloat64(dtype, bytes)};
}

function readVector(name: string, out: number, file: Safetensors): Float64Array {
  const {shape, data} = readFactor(name, file);
  if (data.length !== out)
    throw new Error(
      `peft: ${shown(name)} is ${shapeText(shape)}; it must hold ${grouped(out)} numbers, one a row of B`,
    );
  return data;
}
