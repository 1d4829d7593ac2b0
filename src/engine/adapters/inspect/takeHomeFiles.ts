/** The files that `takeHome` writes: PEFT's two, or one with the names of the adapter's own family. */

import {transpose} from "../../linalg/matrix.ts";
import {shown} from "../../wording.ts";
import {countOf, type FloatDtype, isDtype, isWideFloat} from "../dtype.ts";
import {writeJson} from "../json.ts";
import {floatTensor} from "../loraWriter.ts";
import {type AdapterConfig, parseAdapterConfig} from "../peftConfig.ts";
import {type WritableModule, writeAdapter} from "../peftWriter.ts";
import {type Tensor, writeSafetensors} from "../safetensorsWriter.ts";
import type {ChangedUpdate} from "./changes.ts";
import {type Container, readTensor, type StoredTensor} from "./container.ts";
import {familyOf} from "./families/families.ts";
import {unwrapped} from "./families/placeOf.ts";
import type {OneRank} from "./oneRank.ts";
import type {OpenedAdapter} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import {TASKS_WITH_HEAD} from "./saved.ts";
import {bytesFrom} from "./source.ts";

/** A file to save. */
interface WrittenFile {
  name: string;
  bytes: Uint8Array;
}

/** Whether PEFT's two files are written: asked for, or the names that the file has. */
export const isPeftFile = (adapter: OpenedAdapter, as: "PEFT" | "same"): boolean =>
  as === "PEFT" || adapter.keys.modules.values().next().value?.family.id === "peft";

/** The tensors that belong to no pair and are taken over, by names without wrappers where those are free. */
export function othersOf({
  container,
  keys,
}: OpenedAdapter): [name: string, stored: StoredTensor, dtype: Tensor["dtype"]][] {
  const tensorsOfPairs = new Set([...keys.modules.values()].flatMap(({parts}) => Object.values(parts)));
  for (const [rival] of keys.rivals) tensorsOfPairs.add(rival);
  const usedNames = new Set(container.tensors.keys());
  const free = (name: string) => {
    const clean = unwrapped(name).name;
    if (usedNames.has(clean)) return name;
    usedNames.add(clean);
    return clean;
  };
  return [...container.tensors].flatMap(([name, stored]): [string, StoredTensor, Tensor["dtype"]][] =>
    !tensorsOfPairs.has(name) && isDtype(stored.dtype) ? [[free(name), stored, stored.dtype]] : [],
  );
}

/** A tensor as it is in the opened file. */
export async function tensorFrom(
  {source}: Container,
  {shape, begin, end}: StoredTensor,
  dtype: Tensor["dtype"],
): Promise<Tensor> {
  return {dtype, shape, bytes: await bytesFrom(source, begin, end)};
}

/** The format of a factor when it is written: its own, or the nearest that can be. */
export const formatOf = (stored: string, dtype: FloatDtype | undefined): FloatDtype =>
  dtype ?? (isWideFloat(stored) ? stored : "F16");

/** DoRA's norms or B's bias; undefined if the pair has none. */
async function vectorOf({container}: OpenedAdapter, pair: StoredPair, part: "magnitude" | "bias") {
  const name = pair[part];
  return name === undefined ? undefined : Float64Array.from((await readTensor(container, name)).data);
}

/** adapter_config.json and adapter_model.safetensors. */
export async function peftFiles(
  adapter: OpenedAdapter,
  changed: readonly ChangedUpdate[],
  others: ReadonlyMap<string, Tensor>,
  {dtype, even, pairsOnly}: {dtype: FloatDtype | undefined; even: OneRank | undefined; pairsOnly: boolean},
): Promise<WrittenFile[]> {
  const config = adapter.config?.kind === "PEFT" ? plainConfig(adapter.config, even, pairsOnly) : undefined;
  const modules = new Map<string, WritableModule>();
  for (const {pair, A, B, scale, expert} of changed) {
    const name = familyOf(pair.family).peftName!(pair.name);
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

/** The config with one rank and one scale if `even` has them, and without what is saved besides pairs if `pairsOnly`. */
function plainConfig(config: AdapterConfig, even: OneRank | undefined, pairsOnly: boolean): AdapterConfig {
  const fields = new Map(config.fields);
  if (even) {
    fields.set("r", {digits: String(even.r)});
    fields.set("lora_alpha", {digits: String(even.scale * even.r)});
    for (const name of ["rank_pattern", "alpha_pattern"]) if (fields.has(name)) fields.set(name, new Map());
    if (fields.has("use_rslora")) fields.set("use_rslora", false);
  }
  if (pairsOnly) {
    if (fields.has("modules_to_save")) fields.set("modules_to_save", null);
    if (fields.has("bias")) fields.set("bias", "none");
    // For these tasks PEFT would look for a head in the file.
    if (TASKS_WITH_HEAD.has(config.task_type ?? "")) fields.set("task_type", null);
  }
  return even || pairsOnly ? parseAdapterConfig(writeJson(fields)) : config;
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

/** One file, with the names of the adapter's own family. */
export async function familyFile(
  adapter: OpenedAdapter,
  changed: readonly ChangedUpdate[],
  others: ReadonlyMap<string, Tensor>,
  dtype: FloatDtype | undefined,
): Promise<WrittenFile[]> {
  const tensors = new Map(others);
  for (const one of changed) {
    for (const [name, tensor] of familyTensors(one, dtype)) tensors.set(name, tensor);
    const magnitude = storedMagnitude(adapter, one.pair);
    if (magnitude) tensors.set(magnitude.name, await tensorFrom(adapter.container, magnitude.stored, magnitude.dtype));
  }
  const ranks = changed.map(({A}) => A.rows);
  return [{name: "adapter.safetensors", bytes: writeSafetensors(tensors, familyMetadata(adapter, ranks))}];
}

/** A tensor of a pair under its family's name, before it has numbers. */
interface FamilySpec {
  part: "A" | "B" | "alpha";
  name: string;
  dtype: FloatDtype;
  shape: number[];
}

/** A, B and, if the family's loaders read one, the alpha of a pair at rank r. The family must have `names`. Throws for stacked experts. */
export function familySpecs(pair: StoredPair, r: number, dtype: FloatDtype | undefined): FamilySpec[] {
  const {name, d, k, kernel, dtypes} = pair;
  if (pair.experts > 1)
    throw new Error(`takeHome: ${shown(`${name}[0]`)} is one of stacked experts, which are written as PEFT files only`);
  const {names, turned} = familyOf(pair.family);
  const plainA = turned ? [k, r] : [r, k];
  const shapeA = kernel.length > 0 ? [r, k / countOf(kernel), ...kernel] : plainA;
  const shapeB = [...(turned ? [r, d] : [d, r]), ...kernel.map(() => 1)];
  const specs: FamilySpec[] = [
    {part: "A", name: names!.A(name), dtype: formatOf(dtypes.A, dtype), shape: shapeA},
    {part: "B", name: names!.B(name), dtype: formatOf(dtypes.B, dtype), shape: shapeB},
  ];
  if (names!.alpha) specs.push({part: "alpha", name: names!.alpha(name), dtype: "F32", shape: []});
  return specs;
}

/** DoRA's norms of a pair, which are written as they are, by their name without wrappers; undefined if it has none. */
export function storedMagnitude({container}: OpenedAdapter, {magnitude}: StoredPair) {
  const stored = magnitude === undefined ? undefined : container.tensors.get(magnitude);
  return stored && isDtype(stored.dtype) ? {name: unwrapped(magnitude!).name, stored, dtype: stored.dtype} : undefined;
}

/** The tensors of an update under the names of its family. */
function familyTensors({pair, A, B, scale}: ChangedUpdate, dtype: FloatDtype | undefined): [string, Tensor][] {
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
