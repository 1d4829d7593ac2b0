/** Writes an adapter that was opened, cut or merged: as PEFT files, or with the names of its own family. */

import {norm} from "../../linalg/exponent.ts";
import {grouped, shown} from "../../wording.ts";
import {type FloatDtype, isWideFloat} from "../dtype.ts";
import type {Tensor} from "../safetensorsWriter.ts";
import {type Change, type ChangedUpdate, changedPair, leftOutOf, onlyInOther, onlyOther} from "./changes.ts";
import {counted, startOf} from "./loading/found.ts";
import {atOneRank, type OneRank} from "./oneRank.ts";
import type {OpenedAdapter} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import type {ScaleChoice} from "./scales.ts";
import {familyFile, formatOf, isPeftFile, othersOf, peftFiles, tensorFrom} from "./takeHomeFiles.ts";

/** How an adapter is written. */
export interface TakeOptions {
  /** PEFT's names, which needs a family that has them, or the family's own. */
  as: "PEFT" | "same";
  /** One format for all pairs; without it each keeps its own, and 8-bit formats become F16. */
  dtype?: FloatDtype;
  choice?: ScaleChoice;
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

/** The files, by the names they should have, and what is lost in them. */
export interface TakeResult {
  files: {name: string; bytes: Uint8Array}[];
  /** ‖ΔW − ΔW′‖ / ‖ΔW‖ over all that is written, before the numbers were rounded to their format; 0 where nothing was cut. */
  error: number;
  /** What rounding B to one scale changes, also in lengths of ΔW; 0 where it is exact. */
  rounding: number;
  notes: string[];
}

/** The models of a pipeline, which diffusers names before their modules. */
const COMPONENT = /^(unet|text_encoder(?:_\d)?|transformer(?:_2)?|prior|image_encoder|controlnet)\./;

/** Why an adapter cannot be written with these names, as a sentence; undefined if it can. */
export function whyNotTaken({keys, pairs}: OpenedAdapter, as: TakeOptions["as"]): string | undefined {
  if (pairs.size === 0) return "there is no pair to write";
  const families = [...new Set([...keys.modules.values()].map(({family}) => family))];
  if (as === "PEFT") {
    const unmapped = families.find(({peftName}) => peftName === undefined);
    if (unmapped) return `${unmapped.title}'s names have no PEFT map: dots are lost or blocks are called otherwise`;
    const models = new Set(
      [...pairs.values()].map(({name, family}) => (family === "peft" ? "" : (COMPONENT.exec(name)?.[1] ?? ""))),
    );
    const names = [...models].map((name) => name || "one without a name").join(", ");
    return models.size > 1 ? `the file is for several models (${names}), and PEFT files are for one` : undefined;
  }
  if (families.length > 1) return `the file mixes ${families.map(({title}) => title).join(" and ")}`;
  return families[0].id === "gguf"
    ? "GGUF is not written here: take safetensors and use llama.cpp's convert_lora_to_gguf.py"
    : undefined;
}

/**
 * Why an adapter cannot be changed, as a sentence; undefined if it can. PEFT makes a start that moved the base's weights again
 * at the rank and the scale of the config, so B·A at another rank or scale would be another update. LoftQ's start is a
 * quantized base at any rank.
 */
export function whyNotChanged(adapter: OpenedAdapter, change: Change, oneRank: boolean): string | undefined {
  const {config} = adapter;
  const starts = (change.kind === "merge" ? [adapter, change.other] : [adapter]).map(startOf);
  const start = starts.find((one) => one !== undefined && one !== "loftq");
  const hasPatterns = config?.kind === "PEFT" && config.rank_pattern.size + config.alpha_pattern.size > 0;
  if (start === undefined || (change.kind === "none" && !(oneRank && hasPatterns))) return undefined;
  return (
    `init_lora_weights is ${shown(start)}: training moved the base’s weights too, so B·A alone cannot be cut, merged or ` +
    "given another rank. Convert it in PEFT first: save_pretrained with path_initial_model_for_weight_conversion"
  );
}

/**
 * Makes the change, module by module, and writes the files; yields how far it is and returns them, so end the loop to
 * cancel. Throws where `whyNotTaken` or `whyNotChanged` says so, and by name for a module to which the change cannot be made.
 */
export async function* takeHome(
  adapter: OpenedAdapter,
  change: Change,
  {as, dtype, choice, without = new Map(), oneRank = false, pairsOnly = false}: TakeOptions,
): AsyncGenerator<TakeProgress, TakeResult> {
  if (dtype !== undefined && !isWideFloat(dtype))
    throw new Error(`takeHome: the format is ${dtype}; it must be F64, F32, F16 or BF16`);
  const sentence = whyNotTaken(adapter, as) ?? whyNotChanged(adapter, change, oneRank);
  if (sentence) throw new Error(`takeHome: ${sentence}`);
  const leftOutPairs = leftOut(adapter, change, without);
  const pairs = [...adapter.pairs.values(), ...onlyInOther(adapter, change)];
  const changed: ChangedUpdate[] = [];
  for (const [i, pair] of pairs.entries()) {
    if (!leftOutPairs.has(pair)) {
      const isAdded = change.kind === "merge" && i >= adapter.pairs.size;
      changed.push(...(await (isAdded ? onlyOther(pair, change) : changedPair(adapter, pair, change, choice))));
    }
    yield {done: i + 1, of: pairs.length};
  }
  if (changed.length === 0) throw new Error(`takeHome: ${NOTHING_LEFT}`);
  const others = new Map<string, Tensor>();
  for (const [name, stored, dtype] of pairsOnly ? [] : othersOf(adapter))
    others.set(name, await tensorFrom(adapter.container, stored, dtype));
  const isPeft = isPeftFile(adapter, as);
  const even = oneRank && isPeft ? atOneRank(changed, ({pair}) => formatOf(pair.dtypes.B, dtype)) : undefined;
  const updates = even?.changed ?? changed;
  const [lost, whole] = (["lost", "whole"] as const).map((key) => norm(Float64Array.from(changed, (one) => one[key])));
  return {
    files: isPeft
      ? await peftFiles(adapter, updates, others, {dtype, even, pairsOnly})
      : await familyFile(adapter, updates, others, dtype),
    error: whole > 0 ? lost / whole : 0,
    rounding: even?.error ?? 0,
    notes: [...(even ? [oneRankNote(even)] : []), ...notesOf(adapter, change, leftOutPairs)],
  };
}

function oneRankNote({r, scale, roundedCount, changed, error}: OneRank): string {
  const all = `all modules have rank ${r} and the scale ${sixDigits(scale)}: r = ${r}, lora_alpha = ${sixDigits(scale * r)}, no patterns, no rsLoRA`;
  if (roundedCount === 0) return `${all}; every number is exact`;
  return (
    `${all}; B of ${grouped(roundedCount)} of ${grouped(changed.length)} modules was multiplied and rounded once, which changes the ` +
    `adapter by ${Number((100 * error).toPrecision(2))}% of its length; the others are exact`
  );
}

const sixDigits = (x: number) => String(Number(x.toPrecision(6)));

/** The error if no module can be written. */
export const NOTHING_LEFT = "the numbers of no module can be used, so nothing can be written";

/** The pairs of both adapters that are left out, each with the reason. `without` has those of the first, by module. */
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

const problemNotes = (count: number, whose = "") =>
  count === 0 ? [] : [`${counted(count, "module")}${whose} with a problem ${count === 1 ? "was" : "were"} left out`];

/** Notes on the files: what was taken over unchanged, what was left out and why. */
export function notesOf(
  {keys, problems, facts}: OpenedAdapter,
  change: Change,
  without: ReadonlyMap<StoredPair, string>,
): string[] {
  const notes = keys.unread.map(
    ({kind, tensors}) =>
      `${counted(tensors, "tensor")} of ${kind.title} ${tensors === 1 ? "was" : "were"} taken over unchanged`,
  );
  if (facts.dora > 0 && change.kind === "cut")
    notes.push("DoRA's norms m were kept as they are; the error is that of B·A alone");
  const [first] = without;
  if (first) {
    const [{name}, why] = first;
    notes.push(
      without.size === 1
        ? `the module ${shown(name)} was left out: ${why}`
        : `${grouped(without.size)} modules were left out, ${shown(name)} first: ${why}`,
    );
  }
  notes.push(...problemNotes(problems.length));
  if (change.kind !== "merge") return notes;
  notes.push(...problemNotes(change.other.problems.length, " of the second adapter"));
  if (keys.others.length > 0) notes.push("all other tensors are those of the first adapter");
  return notes;
}
