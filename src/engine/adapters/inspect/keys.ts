/** Sorts tensor names into modules and their parts; the names tell which program wrote them and which programs read them. */
import {inOrder} from "../moduleNames.ts";
import {PREFIX} from "../peftNames.ts";
import type {StoredTensor} from "./container.ts";
import type {Family, Part} from "./families/families.ts";
import {UNREAD_KINDS, type UnreadKind} from "./families/others.ts";
import {isWrapped, placeOf} from "./families/placeOf.ts";

/** The names of one module's tensors, by what they are to it. */
export type ModuleTensors = Partial<Record<Part, string>>;

/** A module of the file. */
export interface ModuleKeys {
  module: string;
  family: Family;
  parts: ModuleTensors;
  embedding: boolean;
  /** Why a loader does not find the module, as parts of a sentence: "base_model.model. is missing". */
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
  /** How PEFT's names differ from those that PEFT looks for: "base_model.model. is missing"; absent if they do not. */
  faults?: string[];
}

/** The tensor names of a file, by what they belong to. */
export interface Keys {
  /** By name, without PEFT's prefix; layer 2 comes before layer 10. Each has A or B, most have both. */
  modules: Map<string, ModuleKeys>;
  rows: KeyRow[];
  /** Kinds of adapters that are recognized and not read, with how many tensors they have and the first of them. */
  unread: {kind: UnreadKind; tensors: number; first: string}[];
  /** Names that belong to no adapter: heads, biases, whole weights. */
  others: string[];
  /** Tensors that are the same part of a module as another tensor, each with the name of the one that is used. */
  rivals: [string, string][];
  /** The adapters' names that occur in tensor names: `default`, usually. */
  adapters: string[];
}

/** Sorts the tensor names of a file. It throws nothing: what belongs to no module is in `others`. */
export function keysOf(tensors: ReadonlyMap<string, StoredTensor>): Keys {
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
  const modules = new Map<string, ModuleKeys>();
  for (const keys of inOrder([...modulesByKey.values()], ({module}) => module)) {
    // Where two families have one name, the second says which it is.
    const name = modules.has(keys.module) ? `${keys.module} (${keys.family.title})` : keys.module;
    modules.set(name, keys);
  }
  // Alphas, norms and the like belong to the module of their name, whichever family it is.
  for (const {name, module, part} of otherParts) {
    const keys = modules.get(module);
    const rival = keys?.parts[part];
    if (!keys) others.push(name);
    else if (rival !== undefined) rivals.push([name, rival]);
    else keys.parts[part] = name;
  }
  return {modules, rows: rowsOf(modules), ...kindsOf(others), rivals, adapters: [...adapters].sort()};
}

/** Splits names that belong to no pair into those of kinds that are not read, and the rest. */
function kindsOf(names: readonly string[]): Pick<Keys, "unread" | "others"> {
  const kinds = new Map<UnreadKind, Keys["unread"][number]>();
  const others = names.filter((name) => {
    // The patterns look at the end of a name only; names come from anyone and may be long.
    const kind = name.length > 1000 ? undefined : UNREAD_KINDS.find(({pattern}) => pattern.test(name.slice(-64)));
    if (!kind) return true;
    const entry = kinds.get(kind) ?? {kind, tensors: 0, first: name};
    entry.tensors++;
    kinds.set(kind, entry);
    return false;
  });
  return {unread: [...kinds.values()], others};
}

/** The table of keys: a row for each family, prefix and list of faults. */
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
      readers: faults.length > 0 ? readersDespite(family, faults) : family.readers,
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
  const adapter = /\.lora_(?:(?:embedding_)?[AB]|magnitude_vector)\.(?!weight$|bias$)([\w-]+)/.exec(name)?.[1];
  return [
    ...(name.startsWith(PREFIX) ? [] : [`${PREFIX} is missing`]),
    ...(adapter === undefined ? [] : [`“${adapter}” is in the names`]),
    ...(/\.lora_[AB]$/.test(name) ? ["“.weight” is missing at their ends"] : []),
  ];
}

/** What the table says of the programs that read names with these faults. vLLM and llama.cpp's converter read names without PEFT's prefix, or with two. */
function readersDespite({id}: Family, faults: readonly string[]): string {
  const why = `as they are: ${faults.join(", ")}`;
  if (id !== "peft") return `no program ${why}`;
  const isPrefix = faults.every((fault) => fault.startsWith(PREFIX));
  return `not PEFT 0.20 ${why}${isPrefix ? "; vLLM and llama.cpp’s converter read them" : ""}`;
}
