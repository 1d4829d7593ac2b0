/** Sorts tensor names into modules and their parts, and tells from the names which program wrote them and which read them. */
import {inOrder} from "../moduleNames.ts";
import {PREFIX} from "../peftNames.ts";
import type {Stored} from "./container.ts";
import type {Family, Part} from "./families/families.ts";
import {OTHERS, type Other} from "./families/others.ts";
import {isWrapped, placeOf} from "./families/placeOf.ts";

/** The names of one module's tensors. */
export interface ModuleKeys {
  module: string;
  family: Family;
  parts: Partial<Record<Part, string>>;
  embedding: boolean;
  /** Why a loader does not find it by the names in the file, as parts of a sentence: "base_model.model. is missing". */
  faults: string[];
}

/** A row of the table of keys: names of one family under one prefix. */
export interface KeyRow {
  family: string;
  /** What the names begin with, up to the first number: `lora_unet_down_blocks_`. */
  prefix: string;
  tensors: number;
  modules: number;
  example: string;
  readers: string;
  /** How names differ from the names that PEFT looks for: "base_model.model. is missing"; absent if they do not. */
  faults?: string[];
}

/** The names of a file, sorted. */
export interface Keys {
  /** By name, without PEFT's prefix; layer 2 comes before layer 10. Each has A or B, most have both. */
  modules: Map<string, ModuleKeys>;
  rows: KeyRow[];
  /** Kinds of adapters that are recognized and not read, with how many tensors they have and the first of them. */
  named: {other: Other; tensors: number; first: string}[];
  /** Names that belong to no adapter: heads, biases, whole weights. */
  others: string[];
  /** Tensors that are the same part of a module as another tensor, each with the name of the one that is used. */
  rivals: [string, string][];
  /** The adapters' names that occur in keys: `default`, usually. */
  adapters: string[];
}

/** Sorts the names of a file. It throws nothing: what belongs to no module is in `others`. */
export function keysOf(tensors: ReadonlyMap<string, Stored>): Keys {
  const modulesByKey = new Map<string, ModuleKeys>();
  const [others, rivals]: [string[], [string, string][]] = [[], []];
  const otherParts: {name: string; module: string; part: Part}[] = [];
  const adapters = new Set<string>();
  // Where a name occurs with a wrapper and without, the one that loaders look for is used: it goes first.
  const names = [...tensors.keys()];
  for (const name of [...names.filter((name) => !isWrapped(name)), ...names.filter(isWrapped)]) {
    const place = placeOf(name);
    if (!place) {
      others.push(name);
      continue;
    }
    const {family, module, part, embedding, adapter, clean, faults} = place;
    if (adapter !== undefined) adapters.add(adapter);
    if (part !== "A" && part !== "B") {
      otherParts.push({name, module, part});
      continue;
    }
    const key = `${family.id}\n${module}`;
    const keys = modulesByKey.get(key) ?? {
      module,
      family,
      parts: {},
      embedding,
      faults: family.id === "peft" ? [...faults, ...peftFaults(clean)] : faults,
    };
    modulesByKey.set(key, keys);
    if (keys.parts[part] !== undefined) rivals.push([name, keys.parts[part]]);
    else keys.parts[part] = name;
  }
  const modules = byName(inOrder([...modulesByKey.values()], ({module}) => module));
  attachOtherParts(otherParts, modules, others, rivals);
  const kinds = kindsOf(others);
  return {modules, rows: rowsOf(modules), ...kinds, rivals, adapters: [...adapters].sort()};
}

/** The modules by name; where two families have one name, the second says which it is. */
function byName(list: readonly ModuleKeys[]): Map<string, ModuleKeys> {
  const modules = new Map<string, ModuleKeys>();
  for (const keys of list) {
    const name = modules.has(keys.module) ? `${keys.module} (${keys.family.title})` : keys.module;
    modules.set(name, keys);
  }
  return modules;
}

/** Gives alphas, norms and the like to the module of their name, whichever family it is. */
function attachOtherParts(
  otherParts: readonly {name: string; module: string; part: Part}[],
  modules: ReadonlyMap<string, ModuleKeys>,
  others: string[],
  rivals: [string, string][],
): void {
  for (const {name, module, part} of otherParts) {
    const keys = modules.get(module);
    const rival = keys?.parts[part];
    if (!keys) others.push(name);
    else if (rival !== undefined) rivals.push([name, rival]);
    else keys.parts[part] = name;
  }
}

/** Splits names that belong to no pair into adapters of other kinds and the rest. */
function kindsOf(names: readonly string[]): Pick<Keys, "named" | "others"> {
  const kinds = new Map<Other, {other: Other; tensors: number; first: string}>();
  const others = names.filter((name) => {
    const other = OTHERS.find(({pattern}) => pattern.test(name.slice(-64)) && name.length <= 1000);
    if (!other) return true;
    const kind = kinds.get(other) ?? {other, tensors: 0, first: name};
    kind.tensors++;
    kinds.set(other, kind);
    return false;
  });
  return {named: [...kinds.values()], others};
}

function rowsOf(modules: ReadonlyMap<string, ModuleKeys>): KeyRow[] {
  const rows = new Map<string, KeyRow>();
  for (const {family, parts, faults} of modules.values()) {
    const names = Object.values(parts);
    const prefix = /^[^\d]*/.exec(names[0])![0];
    const key = [family.id, prefix, ...faults].join("\n");
    const row = rows.get(key) ?? {
      family: family.title,
      prefix,
      tensors: 0,
      modules: 0,
      example: names[0],
      readers: faults.length > 0 ? unreadBy(family, faults) : family.readers,
      ...(faults.length > 0 && family.id === "peft" && {faults}),
    };
    row.tensors += names.length;
    row.modules++;
    rows.set(key, row);
  }
  return [...rows.values()];
}

/**
 * What keeps PEFT from finding a tensor, wrappers aside. PEFT 0.20 puts the adapter's name behind `lora_A` itself, so one
 * that is there already is there twice (save_and_load.py, `_insert_adapter_name_into_state_dict`).
 */
function peftFaults(name: string): string[] {
  const inside = /\.lora_(?:(?:embedding_)?[AB]|magnitude_vector)\.(?!weight$|bias$)([\w-]+)/.exec(name)?.[1];
  return [
    ...(name.startsWith(PREFIX) ? [] : [`${PREFIX} is missing`]),
    ...(inside === undefined ? [] : [`“${inside}” is in the names`]),
    ...(/\.lora_[AB]$/.test(name) ? ["“.weight” is missing at their ends"] : []),
  ];
}

/** Which programs do not read names with faults. vLLM and llama.cpp's converter read names without PEFT's prefix, or with two. */
function unreadBy({id}: Family, faults: readonly string[]): string {
  const why = `as they are: ${faults.join(", ")}`;
  if (id !== "peft") return `no program ${why}`;
  const isPrefix = faults.every((fault) => fault.startsWith(PREFIX));
  return `not PEFT 0.20 ${why}${isPrefix ? "; vLLM and llama.cpp’s converter read them" : ""}`;
}
