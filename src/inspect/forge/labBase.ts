/** Which of the lab's models an opened adapter is for, by what its files say and by its shapes. */
import type {DroppedAdapter} from "../../engine/adapters/inspect/dropped.ts";
import type {OpenedAdapter} from "../../engine/adapters/inspect/open.ts";
import type {StoredPair} from "../../engine/adapters/inspect/pairs.ts";
import {sha256} from "../../engine/adapters/inspect/sha256.ts";
import {bytesFrom, type Source} from "../../engine/adapters/inspect/source.ts";
import {TARGETS, targetShape} from "../../engine/network/architecture.ts";
import {wordForge} from "../../engine/training/words.ts";

/** The word forge, or either of the lab's two models where the files do not tell which. */
export type LabBase = "forge" | "either";

/** The forge's name in our samples and in runs that the lab hands over. */
const FORGE_NAME = "word-forge";
/** The base's file in the lab's archives, the same for both models. */
const ARCHIVED_BASE = "base.safetensors";
const ADAPTER_FILE = "adapter_model.safetensors";

/** The base model that was in an adapter's folder: one of the lab's, or another, such as one of them that was rounded for a run. */
export type FolderBase = "forge" | "digits" | "other";

/** The lab's base models by the SHA-256 of their files, which are in their cards under content/lab/. */
export const BASE_FILES: ReadonlyMap<string, FolderBase> = new Map([
  ["98091740471b433f49a27a26c728e4d23659c34a31fc736a46a0375af001b2c1", "forge"],
  ["6e34fcedf35d09c40a20087271aa9d485b013dce5a0e9b86d9f8137b72e1a2b8", "digits"],
]);
/** The bytes of the larger one, rounded up. */
const MAX_BASE_BYTES = 2 ** 16;

/** d and k of every matrix of the forge that an adapter can change. The digit machine has the same. */
const shapes: ReadonlyMap<string, {d: number; k: number}> = new Map(
  Array.from({length: wordForge.L}, (_, l) =>
    TARGETS.map((target) => [`layers.${l}.${target}`, targetShape(wordForge, target)] as const),
  ).flat(),
);

/** Whether a pair is a plain A and B for one of the forge's matrices. */
function fits({name, kind, d, k, experts, groups, mid, magnitude, bias}: StoredPair): boolean {
  const shape = shapes.get(name);
  return (
    shape?.d === d &&
    shape.k === k &&
    kind === "linear" &&
    experts === 1 &&
    groups === 1 &&
    mid === undefined &&
    magnitude === undefined &&
    bias === undefined
  );
}

/** Which of the lab's models a file is, by its SHA-256. */
async function folderBaseOf(file: Source): Promise<FolderBase> {
  if (file.size > MAX_BASE_BYTES) return "other";
  const hash = sha256();
  hash.add(await bytesFrom(file, 0, file.size));
  return BASE_FILES.get(hash.digest()) ?? "other";
}

/** A dropped adapter, and the base that was in its folder, as in the lab's archives. */
export interface WithBase extends DroppedAdapter {
  base?: Source;
  folderBase?: FolderBase;
}

/** A file's folder and its name. */
const splitPath = ({name = ""}: Source) => {
  const end = name.lastIndexOf("/") + 1;
  return {folder: name.slice(0, end), file: name.slice(end)};
};

/** Gives each base from an archive of the lab to the adapter in its folder. A base without an adapter stays in the list. */
export async function withBases(adapters: readonly DroppedAdapter[]): Promise<WithBase[]> {
  const places = adapters.map(({weights}) => splitPath(weights));
  const bases = new Map<string, {base: Source; folderBase: FolderBase}>();
  for (const [i, {weights}] of adapters.entries()) {
    const {folder, file} = places[i]!;
    const isInFolder = places.some((other) => other.folder === folder && other.file === ADAPTER_FILE);
    if (file === ARCHIVED_BASE && isInFolder)
      bases.set(folder, {base: weights, folderBase: await folderBaseOf(weights)});
  }
  return adapters.flatMap((one, i) => {
    const ofFolder = bases.get(places[i]!.folder);
    return ofFolder?.base === one.weights ? [] : {...one, ...ofFolder};
  });
}

/** Why a base in an adapter's folder was left alone. */
export const folderBaseWords: Readonly<Record<FolderBase, string>> = {
  forge: "it is our word forge itself, the base of this adapter",
  digits: "it is our digit machine itself, the base of this adapter",
  other: "it is the base of this adapter, which is not needed here",
};

/**
 * Which of the lab's models an adapter is for; undefined if it is for none that writes words. Its base's name is not enough: every
 * tensor must belong to a pair of the forge's size. `folderBase` is the base in the same folder, if there was one.
 */
export function labBaseOf({facts, pairs, problems}: OpenedAdapter, folderBase?: FolderBase): LabBase | undefined {
  const name = facts.base?.name;
  if (name !== FORGE_NAME && name !== ARCHIVED_BASE) return undefined;
  if (pairs.size === 0 || problems.length > 0 || facts.otherNumbers > 0) return undefined;
  if (![...pairs.values()].every(fits)) return undefined;
  if (folderBase === "digits" || folderBase === "other") return undefined;
  return name === FORGE_NAME || folderBase === "forge" ? "forge" : "either";
}
