/** Writes an adapter that was opened, cut or merged: as PEFT files, or with the names of its own family. */

import {norm} from "../../linalg/exponent.ts";
import {transpose} from "../../linalg/matrix.ts";
import {grouped, shown} from "../../wording.ts";
import {countOf, type FloatDtype, isDtype, isWideFloat} from "../dtype.ts";
import {writeJson} from "../json.ts";
import {floatTensor} from "../loraWriter.ts";
import {type AdapterConfig, parseAdapterConfig} from "../peftConfig.ts";
import {type WritableModule, writeAdapter} from "../peftWriter.ts";
import {type Tensor, writeSafetensors} from "../safetensorsWriter.ts";
import {type Change, type Changed, changedPair, leftOutOf, onlyInOther, onlyOther} from "./changes.ts";
import {type Container, readTensor, type Stored} from "./container.ts";
import {familyOf} from "./families/families.ts";
import type {FamilyId} from "./families/family.ts";
import {unwrapped} from "./families/wrappers.ts";
import {counted, startOf} from "./loading/found.ts";
import {atOneRank, type OneRank} from "./oneRank.ts";
import type {OpenedAdapter} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import {TASKS_WITH_HEAD} from "./saved.ts";
import type {Choice} from "./scales.ts";
import {bytesFrom} from "./source.ts";

/** How an adapter is written. */
export interface TakeOptions {
  /** PEFT's names, which needs a family that has them, or the family's own. */
  as: "PEFT" | "same";
  /** One format for all pairs; without it each keeps its own, and 8-bit formats become F16. */
  dtype?: FloatDtype;
  choice?: Choice;
  /** All modules at one rank and one scale, without patterns and rsLoRA, as vLLM and llama.cpp need it; PEFT files only. */
  oneRank?: boolean;
  /** Without the tensors that belong to no pair, which vLLM and llama.cpp refuse. */
  pairsOnly?: boolean;
  /** Modules that are left out, because their numbers cannot be used, each with the reason; a note says so. */
  without?: ReadonlyMap<string, string>;
}

/** How many modules have been written, of how many. */
export interface TakeProgress {
  done: number;
  of: number;
}

/** The files, by the names they should have, and the error of what was cut. */
export interface Taken {
  files: {name: string; bytes: Uint8Array}[];
  /** ‖ΔW − ΔW′‖ / ‖ΔW‖ over all that is written, before the numbers were rounded to their format; 0 where nothing was cut. */
  error: number;
  /** The same from rounding B to one scale alone; 0 where that is exact. */
  rounding: number;
  notes: string[];
}

/** A pipeline's models, as diffusers puts them before its modules' names. */
const COMPONENT = /^(unet|text_encoder(?:_\d)?|transformer(?:_2)?|prior|image_encoder|controlnet)\./;

/** Why an adapter cannot be written with these names, as a sentence; undefined if it can. */
export function cannotTake({keys, pairs}: OpenedAdapter, as: TakeOptions["as"]): string | undefined {
  if (pairs.size === 0) return "there is no pair to write";
  const families = [...new Set([...keys.modules.values()].map(({family}) => family))];
  if (as === "PEFT") {
    const without = families.find((family) => family.peftName("a.b") === undefined);
    if (without) return `${without.title}'s names have no PEFT map: dots are lost or blocks are called otherwise`;
    const models = new Set(
      [...pairs.values()].map(({name, family}) => (family === "peft" ? "" : (COMPONENT.exec(name)?.[1] ?? ""))),
    );
    return models.size > 1
      ? `the file is for several models (${[...models].map((name) => name || "one without a name").join(", ")}), and PEFT files are for one`
      : undefined;
  }
  if (families.length > 1) return `the file mixes ${families.map(({title}) => title).join(" and ")}`;
  return families[0].id === "gguf"
    ? "GGUF is not written here: take safetensors and use llama.cpp's convert_lora_to_gguf.py"
    : undefined;
}

/**
 * Why a change would make another update of an adapter whose start moved the base: PEFT makes the start again at the rank and the
 * scale of the config that it reads. LoftQ's is a quantized base at any rank.
 */
export function cannotChange(adapter: OpenedAdapter, change: Change, oneRank: boolean): string | undefined {
  const moved = [adapter, ...(change.kind === "merge" ? [change.other] : [])].find(
    (one) => !["loftq", undefined].includes(startOf(one)),
  );
  if (!moved) return undefined;
  const hasPatterns =
    moved.config?.kind === "PEFT" && moved.config.config.rank_pattern.size + moved.config.config.alpha_pattern.size > 0;
  if (change.kind === "none" && !(oneRank && hasPatterns)) return undefined;
  return (
    `init_lora_weights is ${shown(startOf(moved)!)}: training moved the base’s weights too, so B·A alone cannot be cut, merged or ` +
    "given another rank. Convert it in PEFT first: save_pretrained with path_initial_model_for_weight_conversion"
  );
}

/**
 * Makes the change, module by module, and writes the files; yields how far it is and returns them, so end the loop to
 * cancel. Throws where `cannotTake` says so, and by name for a module to which the change cannot be made.
 */
export async function* takeHome(
  adapter: OpenedAdapter,
  change: Change,
  {as, dtype, choice, without = new Map(), oneRank = false, pairsOnly = false}: TakeOptions,
): AsyncGenerator<TakeProgress, Taken> {
  if (dtype !== undefined && !isWideFloat(dtype))
    throw new Error(`takeHome: the format is ${dtype}; it must be F64, F32, F16 or BF16`);
  const sentence = cannotTake(adapter, as) ?? cannotChange(adapter, change, oneRank);
  if (sentence) throw new Error(`takeHome: ${sentence}`);
  const more = onlyInOther(adapter, change);
  const of = adapter.pairs.size + more.length;
  const changed: Changed[] = [];
  const leftOutPairs = leftOut(adapter, change, without);
  let done = 0;
  for (const pair of adapter.pairs.values()) {
    if (!leftOutPairs.has(pair)) changed.push(...(await changedPair(adapter, pair, change, choice)));
    yield {done: ++done, of};
  }
  for (const pair of more) {
    if (change.kind === "merge" && !leftOutPairs.has(pair)) changed.push(...(await onlyOther(pair, change)));
    yield {done: ++done, of};
  }
  if (changed.length === 0) throw new Error(`takeHome: ${NOTHING_LEFT}`);
  const others = pairsOnly ? new Map<string, Tensor>() : await otherTensors(adapter);
  const one =
    oneRank && isPeftFile(adapter, as) ? atOneRank(changed, ({pair}) => formatOf(pair.dtypes.B, dtype)) : undefined;
  const updates = one?.changed ?? changed;
  const files = isPeftFile(adapter, as)
    ? await peftFiles(adapter, updates, others, {dtype, one, pairsOnly})
    : await familyFile(adapter, updates, others, dtype);
  const [lost, whole] = [changed.map((one) => one.lost), changed.map((one) => one.whole)].map((all) =>
    norm(Float64Array.from(all)),
  );
  return {
    files,
    error: whole > 0 ? lost / whole : 0,
    rounding: one?.error ?? 0,
    notes: [...(one ? [oneRankNote(one)] : []), ...notesOf(adapter, change, leftOutPairs)],
  };
}

/** Whether PEFT's two files are written: asked for, or the names that the file has. */
export const isPeftFile = (adapter: OpenedAdapter, as: TakeOptions["as"]): boolean =>
  as === "PEFT" || adapter.keys.modules.values().next().value?.family.id === "peft";

function oneRankNote({r, scale, rounded, changed, error}: OneRank): string {
  const all = `all modules have rank ${r} and the scale ${short(scale)}: r = ${r}, lora_alpha = ${short(scale * r)}, no patterns, no rsLoRA`;
  if (rounded === 0) return `${all}; every number is exact`;
  return (
    `${all}; B of ${grouped(rounded)} of ${grouped(changed.length)} modules was multiplied and rounded once, which changes the ` +
    `adapter by ${Number((100 * error).toPrecision(2))}% of its length; the others are exact`
  );
}

const short = (x: number) => String(Number(x.toPrecision(6)));

/** The error if no module can be written. */
export const NOTHING_LEFT = "the numbers of no module can be used, so nothing can be written";

/** The pairs that are left out, each with the reason, of both adapters where there are two. */
export function leftOut(
  adapter: OpenedAdapter,
  change: Change,
  without: ReadonlyMap<string, string>,
): Map<StoredPair, string> {
  const reasons = new Map<StoredPair, string>();
  for (const pair of adapter.pairs.values()) {
    const why = without.get(pair.name) ?? leftOutOf(pair, change);
    if (why !== undefined) reasons.set(pair, why);
  }
  for (const pair of onlyInOther(adapter, change)) {
    const why = change.kind === "merge" ? change.without?.get(pair.name) : undefined;
    if (why !== undefined) reasons.set(pair, `in the second adapter, ${why}`);
  }
  return reasons;
}

const withProblems = (count: number, whose = "") =>
  count === 0 ? [] : [`${counted(count, "module")}${whose} with a problem ${count === 1 ? "was" : "were"} left out`];

/** Notes on the files: what was taken over unchanged, what was left out and why. */
export function notesOf(
  {keys, problems, facts}: OpenedAdapter,
  change: Change,
  without: ReadonlyMap<StoredPair, string>,
): string[] {
  const [broken] = without;
  const unreadNotes = keys.named.map(
    ({other, tensors}) => `${grouped(tensors)} tensors of ${other.title} were taken over unchanged`,
  );
  return [
    ...unreadNotes,
    ...(facts.dora > 0 && change.kind === "cut"
      ? ["DoRA's norms m were kept as they are; the error is that of B·A alone"]
      : []),
    ...(broken === undefined
      ? []
      : [
          without.size === 1
            ? `the module ${shown(broken[0].name)} was left out: ${broken[1]}`
            : `${grouped(without.size)} modules were left out, ${shown(broken[0].name)} first: ${broken[1]}`,
        ]),
    ...withProblems(problems.length),
    ...(change.kind === "merge" ? withProblems(change.other.problems.length, " of the second adapter") : []),
    ...(change.kind === "merge" && keys.others.length > 0 ? ["all other tensors are those of the first adapter"] : []),
  ];
}

/** The bytes of all tensors that belong to no pair, as they are. */
async function otherTensors(adapter: OpenedAdapter): Promise<Map<string, Tensor>> {
  const others = new Map<string, Tensor>();
  for (const [name, stored, dtype] of othersOf(adapter))
    others.set(name, await tensorFrom(adapter.container, stored, dtype));
  return others;
}

/** The tensors that belong to no pair and are taken over, by names without wrappers where those are free. */
export function othersOf({container, keys}: OpenedAdapter): [name: string, stored: Stored, dtype: Tensor["dtype"]][] {
  const tensorsOfPairs = new Set([...keys.modules.values()].flatMap(({parts}) => Object.values(parts)));
  for (const [rival] of keys.rivals) tensorsOfPairs.add(rival);
  const usedNames = new Set(container.tensors.keys());
  const free = (name: string) => {
    const clean = unwrapped(name).name;
    if (usedNames.has(clean)) return name;
    usedNames.add(clean);
    return clean;
  };
  return [...container.tensors].flatMap(([name, stored]): [string, Stored, Tensor["dtype"]][] =>
    !tensorsOfPairs.has(name) && isDtype(stored.dtype) ? [[free(name), stored, stored.dtype]] : [],
  );
}

async function tensorFrom({source}: Container, {shape, begin, end}: Stored, dtype: Tensor["dtype"]): Promise<Tensor> {
  return {dtype, shape, bytes: await bytesFrom(source, begin, end)};
}

/** The format of a factor when it is written: its own, or the nearest that can be. */
export const formatOf = (stored: string, dtype: FloatDtype | undefined): FloatDtype =>
  dtype ?? (isWideFloat(stored) ? stored : "F16");

async function vectorOf({container}: OpenedAdapter, pair: StoredPair, part: "magnitude" | "bias") {
  const name = pair[part];
  return name !== undefined && container.tensors.has(name)
    ? Float64Array.from((await readTensor(container, name)).data)
    : undefined;
}

async function peftFiles(
  adapter: OpenedAdapter,
  changed: readonly Changed[],
  others: ReadonlyMap<string, Tensor>,
  {dtype, one: even, pairsOnly}: {dtype: FloatDtype | undefined; one: OneRank | undefined; pairsOnly: boolean},
): Promise<Taken["files"]> {
  const own = adapter.config?.kind === "PEFT" ? adapter.config.config : undefined;
  const config = own && plainConfig(own, even, pairsOnly);
  const modules = new Map<string, WritableModule>();
  for (const one of changed) {
    const {pair, A, B, scale, expert} = one;
    const name = familyOf(pair.family).peftName(pair.name)!;
    const [magnitude, bias] = [await vectorOf(adapter, pair, "magnitude"), await vectorOf(adapter, pair, "bias")];
    modules.set(expert === undefined ? name : `${name}[${expert}]`, {
      A,
      B,
      r: A.rows,
      alpha: scale * A.rows,
      kind: pair.kind,
      kernel: pair.kernel,
      ...(pair.groups > 1 && {groups: pair.groups}),
      transposed: pair.kind === "embedding" || (pair.kind === "linear" && config?.fan_in_fan_out === true),
      ...(magnitude && {magnitude}),
      ...(bias && {bias}),
      ...(expert !== undefined && {expert: {of: name, index: expert, count: pair.experts}}),
      dtypes: {A: formatOf(pair.dtypes.A, dtype), B: formatOf(pair.dtypes.B, dtype)},
    });
  }
  const files = writeAdapter({modules, others, ...(config && {config}), metadata: peftMetadata(adapter)});
  return [
    {name: "adapter_config.json", bytes: new TextEncoder().encode(files.config)},
    {name: "adapter_model.safetensors", bytes: files.model},
  ];
}

/** The config for one rank and one scale, and for a file with pairs alone. */
function plainConfig(config: AdapterConfig, one: OneRank | undefined, pairsOnly: boolean): AdapterConfig {
  const fields = new Map(config.fields);
  if (one) {
    fields.set("r", {digits: String(one.r)});
    fields.set("lora_alpha", {digits: String(one.scale * one.r)});
    for (const name of ["rank_pattern", "alpha_pattern"]) if (fields.has(name)) fields.set(name, new Map());
    if (fields.has("use_rslora")) fields.set("use_rslora", false);
  }
  if (pairsOnly) {
    if (fields.has("modules_to_save")) fields.set("modules_to_save", null);
    if (fields.has("bias")) fields.set("bias", "none");
    // For these tasks PEFT would look for a head in the file.
    if (TASKS_WITH_HEAD.has(config.task_type ?? "")) fields.set("task_type", null);
  }
  return one || pairsOnly ? parseAdapterConfig(writeJson(fields)) : config;
}

/** The metadata for PEFT files: what is still true of the opened file's. */
export const peftMetadata = ({container: {format, metadata}}: OpenedAdapter): Map<string, string> =>
  new Map([["format", "pt"], ...(format === "safetensors" ? withoutNetwork(metadata) : [])]);

/** The metadata of a family's own file, whose modules have these ranks. */
export function familyMetadata({container: {metadata}}: OpenedAdapter, ranks: Iterable<number>): Map<string, string> {
  const result = new Map(withoutNetwork(metadata));
  const all = new Set(ranks);
  if (metadata.has("ss_network_dim")) result.set("ss_network_dim", all.size === 1 ? String([...all][0]) : "Dynamic");
  return result;
}

/** Families whose loaders read an alpha beside the pair; for the others the scale goes into B. */
export const WITH_ALPHA: readonly FamilyId[] = ["kohya", "comfy", "diffusers"];

async function familyFile(
  adapter: OpenedAdapter,
  changed: readonly Changed[],
  others: ReadonlyMap<string, Tensor>,
  dtype: FloatDtype | undefined,
): Promise<Taken["files"]> {
  const tensors = new Map(others);
  for (const one of changed) {
    for (const [name, tensor] of familyTensors(one, dtype)) tensors.set(name, tensor);
    const magnitude = storedMagnitude(adapter, one.pair);
    if (magnitude) tensors.set(magnitude.name, await tensorFrom(adapter.container, magnitude.stored, magnitude.dtype));
  }
  const metadata = familyMetadata(
    adapter,
    changed.map(({A}) => A.rows),
  );
  return [{name: "adapter.safetensors", bytes: writeSafetensors(tensors, metadata)}];
}

/** A tensor of a pair under its family's name, before it has numbers. */
interface FamilySpec {
  part: "A" | "B" | "alpha";
  name: string;
  dtype: FloatDtype;
  shape: number[];
}

/** A, B and, if the family stores it, the alpha of a pair at rank r. Throws for stacked experts. */
export function familySpecs(pair: StoredPair, r: number, dtype: FloatDtype | undefined): FamilySpec[] {
  const {name, d, k, kernel, dtypes} = pair;
  if (pair.experts > 1)
    throw new Error(`takeHome: ${shown(`${name}[0]`)} is one of stacked experts, which are written as PEFT files only`);
  const {id, names, turned} = familyOf(pair.family);
  const plainA = turned ? [k, r] : [r, k];
  const shapeA = kernel.length > 0 ? [r, k / countOf(kernel), ...kernel] : plainA;
  const shapeB = [...(turned ? [r, d] : [d, r]), ...kernel.map(() => 1)];
  const specs: FamilySpec[] = [
    {part: "A", name: names.A(name), dtype: formatOf(dtypes.A, dtype), shape: shapeA},
    {part: "B", name: names.B(name), dtype: formatOf(dtypes.B, dtype), shape: shapeB},
  ];
  if (WITH_ALPHA.includes(id)) specs.push({part: "alpha", name: names.alpha(name), dtype: "F32", shape: []});
  return specs;
}

/** DoRA's norms of a pair, which are taken over as they are, by their name without wrappers; undefined if it has none. */
export function storedMagnitude({container}: OpenedAdapter, {magnitude}: StoredPair) {
  const stored = magnitude === undefined ? undefined : container.tensors.get(magnitude);
  return stored && isDtype(stored.dtype) ? {name: unwrapped(magnitude!).name, stored, dtype: stored.dtype} : undefined;
}

function familyTensors({pair, A, B, scale}: Changed, dtype: FloatDtype | undefined): [string, Tensor][] {
  const specs = familySpecs(pair, A.rows, dtype);
  const [a, b] = familyOf(pair.family).turned ? [transpose(A), transpose(B)] : [A, B];
  const hasAlpha = specs.some(({part}) => part === "alpha");
  const numbers = {
    A: a.data,
    B: hasAlpha || scale === 1 ? b.data : b.data.map((value) => value * scale),
    alpha: Float64Array.of(scale * A.rows),
  };
  return specs.map(({part, name, shape, dtype}) => [
    name,
    floatTensor(`${pair.name}: ${part}`, shape, numbers[part], dtype),
  ]);
}

/** Metadata without what a new file would make false: ranks, alphas and hashes of the old one. */
const withoutNetwork = (metadata: ReadonlyMap<string, string>) =>
  [...metadata].filter(
    ([key]) => !/^(?:ss_network_(?:dim|alpha)|sshs_\w+|modelspec\.hash_\w+|lora_adapter_metadata)$/.test(key),
  );
