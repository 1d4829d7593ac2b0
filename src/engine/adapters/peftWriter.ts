/** Writes a PEFT adapter: A and B of each module, and all that `readAdapter` found besides → the two files. */
import {type Matrix, needMatrix, zeros} from "../linalg/matrix.ts";
import type {Lora} from "../lora/lora.ts";
import {shown} from "../wording.ts";
import {countOf, type FloatDtype, isWideFloat} from "./dtype.ts";
import {type AdapterFiles, floatTensor, type LoraOptions, loraAlpha, needFactors, needName} from "./loraWriter.ts";
import type {Adapter, AdapterModule} from "./peft.ts";
import {configFor} from "./peftConfigWriter.ts";
import {PREFIX, partShapes} from "./peftNames.ts";
import {type Tensor, writeSafetensors} from "./safetensorsWriter.ts";

/** A module to write: A, B, alpha and r, and of the rest whatever it has. */
export type WritableModule = Lora & Partial<Omit<AdapterModule, keyof Lora>>;

/** What can be written: an adapter as `readAdapter` returns it, or new LoRAs by module name, without the rest. */
export interface WritableAdapter extends Partial<Omit<Adapter, "modules" | "others">> {
  modules: ReadonlyMap<string, WritableModule>;
  others?: ReadonlyMap<string, Tensor>;
}

/** What can be asked of `writeAdapter`. */
export interface WriteOptions extends LoraOptions {
  /** One format for A, B, biases and magnitudes. Without it each keeps the one it was read in, and new ones are F32. */
  dtype?: FloatDtype;
}

/** A module as it is written, with all its experts in one pair. */
export interface WrittenModule extends WritableModule {
  name: string;
  /** How many experts its A and B are for; r is the rank of one. */
  experts: number;
}

/**
 * An adapter → two files that PEFT loads, always the same bytes for the same input. What was read with `readAdapter`
 * and not changed is written as it was: kinds, formats, other tensors, metadata and every field of the config. Where
 * ranks or alphas differ from the config's, rank_pattern and alpha_pattern get entries with the modules' full names; so
 * does an alpha that the file has beside A and B, because PEFT does not look for it there.
 * Throws when there is no module, a name is not a dotted path, A and B do not fit each other, or a number is not finite
 * in its format; and, by name, for what no config of PEFT can express: DoRA, biases of B or transposed weights in some
 * modules only, experts without their config, or only some of them.
 */
export function writeAdapter(adapter: WritableAdapter, options: WriteOptions = {}): AdapterFiles {
  if (!(adapter?.modules instanceof Map))
    throw new Error(
      "peft: expected a whole adapter, as readAdapter returns it, or {modules} with a Map of LoRAs by name; " +
        `got ${adapter instanceof Map ? "a Map alone" : Array.isArray(adapter) ? "an array" : typeof adapter}`,
    );
  const {dtype, use_rslora = adapter.config?.use_rslora ?? false} = options;
  if (dtype !== undefined && !isWideFloat(dtype))
    throw new Error(`peft: the format is ${dtype}; it must be F64, F32, F16 or BF16`);
  if (adapter.modules.size === 0) throw new Error("peft: there is no module to write; an adapter has at least one");
  const modules = stackedModules(adapter.modules);
  const tensors = new Map(adapter.others);
  for (const module of modules) {
    needModule(module);
    for (const [part, tensor] of tensorsOf(module, loraAlpha(module, use_rslora), dtype)) {
      const name = `${adapter.prefix ?? PREFIX}${module.name}.${part}`;
      if (tensors.has(name)) throw new Error(`peft: ${shown(name)} is already among the other tensors`);
      tensors.set(name, tensor);
    }
  }
  return {
    config: configFor(modules, adapter.config, options),
    model: writeSafetensors(tensors, adapter.metadata ?? new Map([["format", "pt"]])),
  };
}

/** The modules by name, with all experts of a parameter as one. Throws when some of them are missing or differ in shape. */
function stackedModules(modules: ReadonlyMap<string, WritableModule>): WrittenModule[] {
  const groups = new Map<string, WritableModule[]>();
  for (const [key, module] of modules) {
    const name = module?.expert?.of ?? key;
    groups.set(name, [...(groups.get(name) ?? []), module]);
  }
  const names = [...groups.keys()].sort();
  return names.map((name) => {
    const group = groups.get(name) as WritableModule[];
    const [first] = group;
    const {expert} = first ?? {};
    if (!expert) return {...first, name, experts: 1};
    for (const one of group) needModule({...one, name, experts: 1});
    const sorted = group.toSorted((a, b) => (a.expert?.index ?? -1) - (b.expert?.index ?? -1));
    const isWhole = sorted.every((one, i) => one.expert?.index === i) && sorted.length === expert.count;
    const isEven = sorted.every(
      ({A, B, alpha, r}) =>
        A.cols === first.A.cols && B.rows === first.B.rows && alpha === first.alpha && r === first.r,
    );
    if (!isWhole || !isEven)
      throw new Error(
        `peft: ${shown(name)} stacks ${expert.count} experts; it needs all of them, with equal shapes, ranks and alphas`,
      );
    return {...first, ...stackExperts(sorted), name, experts: sorted.length};
  });
}

/**
 * The pairs of all experts, of the same shapes, → one pair. A (E·r × in) has the rows of expert 0, then those of expert 1, and
 * so on; in B (out × r·E) the expert's number runs fastest, so expert e has the columns e, e + E, e + 2·E, … (PEFT's
 * `ParamWrapper.get_delta_weight`, from 0.18 on.)
 */
function stackExperts(pairs: readonly {A: Matrix; B: Matrix}[]): {A: Matrix; B: Matrix} {
  const [{A, B}] = pairs;
  const count = pairs.length;
  const stackedA = zeros(count * A.rows, A.cols);
  const stackedB = zeros(B.rows, count * B.cols);
  for (const [expert, pair] of pairs.entries()) {
    stackedA.data.set(pair.A.data, expert * pair.A.data.length);
    for (let at = 0; at < pair.B.data.length; at++) stackedB.data[at * count + expert] = pair.B.data[at];
  }
  return {A: stackedA, B: stackedB};
}

/** Throws unless a module's name, kind, sizes and vectors can be written and fit each other. */
function needModule(module: WrittenModule): void {
  const {name, A, B, r, kind = "linear", kernel = [], experts} = module;
  needName(name);
  if (!["linear", "convolution", "embedding"].includes(kind))
    throw new Error(`peft: ${name} is of the kind ${kind}; linear, convolution and embedding are written here`);
  needMatrix(`peft: ${name}: A`, A);
  needMatrix(`peft: ${name}: B`, B);
  needFactors(name, module, r * experts);
  if (kernel.length > 0 !== (kind === "convolution") || A.cols % countOf(kernel) !== 0)
    throw new Error(
      `peft: ${name} is of the kind ${kind}, with a kernel of ${kernel.join("×") || "no sizes"}, ` +
        `which does not fit the ${A.cols} columns of A`,
    );
  for (const [what, vector] of [["magnitudes", module.magnitude] as const, ["biases", module.bias] as const])
    if (vector && vector.length !== B.rows)
      throw new Error(`peft: ${name} has ${vector.length} ${what}; it needs ${B.rows}, one for each row of B`);
}

/** The tensors of a module, by the end of their names. `alpha` is written only if the module was read with one of its own. */
function tensorsOf(module: WrittenModule, alpha: number, dtype: FloatDtype | undefined): [string, Tensor][] {
  const {name, A, B, groups = 1, magnitude, bias, dtypes} = module;
  const numbers = {
    A: A.data,
    B: groups > 1 ? gatherGroups(name, B, groups) : B.data,
    magnitude,
    bias,
    alpha: dtypes?.alpha && Float64Array.of(alpha),
  };
  const parts = partShapes({...module, d: B.rows, k: A.cols}, A.rows);
  return (Object.keys(parts) as (keyof typeof parts)[]).flatMap((part): [string, Tensor][] => {
    const {end, shape} = parts[part];
    const data = numbers[part];
    const format = (part !== "alpha" && dtype) || (dtypes?.[part] ?? "F32");
    return data ? [[end, floatTensor(`${name}: ${part}`, shape, data, format)]] : [];
  });
}

/** B of a grouped convolution (out × r) → the numbers of its blocks (out × r / groups). Throws unless it is 0 outside of them. */
function gatherGroups(name: string, {rows, cols, data}: Matrix, groups: number): Float64Array {
  const width = cols / groups;
  const [blocks, rest] = [new Float64Array(rows * width), data.slice()];
  for (let i = 0; i < rows; i++) {
    const from = i * cols + Math.floor((i * groups) / rows) * width;
    blocks.set(data.subarray(from, from + width), i * width);
    rest.fill(0, from, from + width);
  }
  if (rest.some((value) => value !== 0))
    throw new Error(`peft: ${name} is a convolution in ${groups} groups, but B is not zero outside their blocks`);
  return blocks;
}
