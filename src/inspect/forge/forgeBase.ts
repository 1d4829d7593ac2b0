/** Whether an opened adapter is for the lab's word forge, by what its files say and by its shapes. */
import type {DroppedAdapter} from "../../engine/adapters/inspect/dropped.ts";
import type {OpenedAdapter} from "../../engine/adapters/inspect/open.ts";
import type {StoredPair} from "../../engine/adapters/inspect/pairs.ts";
import {sha256} from "../../engine/adapters/inspect/sha256.ts";
import {bytesFrom, type Source} from "../../engine/adapters/inspect/source.ts";
import {TARGETS, targetShape} from "../../engine/network/architecture.ts";
import {wordForge} from "../../engine/training/words.ts";

/** The forge's name in our samples and in runs that the lab hands over. */
const FORGE_NAME = "word-forge";
/** The base's file in the lab's archives, the same for both models. */
const ARCHIVED_BASE = "base.safetensors";
const ADAPTER_FILE = "adapter_model.safetensors";

/** What the base in an adapter's folder is: the forge, or another model, such as the forge rounded for a run. */
export type FolderBase = "forge" | "other";

/** The forge's file by its SHA-256, which is in its card, content/lab/word-forge.json. */
export const FORGE_SHA256 = "98091740471b433f49a27a26c728e4d23659c34a31fc736a46a0375af001b2c1";
/** Larger files are not the forge, and are not read to find that out. */
const MAX_FORGE_BYTES = 2 ** 16;

/** d and k of every matrix of the forge that an adapter can change. The digit machine has the same. */
const SHAPES: ReadonlyMap<string, {d: number; k: number}> = new Map(
  Array.from({length: wordForge.L}, (_, l) =>
    TARGETS.map((target) => [`layers.${l}.${target}`, targetShape(wordForge, target)] as const),
  ).flat(),
);

/** Whether a pair is a plain A and B for one of the forge's matrices. */
function fitsForge({name, kind, d, k, experts, groups, mid, magnitude, bias}: StoredPair): boolean {
  const shape = SHAPES.get(name);
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

async function folderBaseOf(file: Source): Promise<FolderBase> {
  if (file.size > MAX_FORGE_BYTES) return "other";
  const hash = sha256();
  hash.add(await bytesFrom(file, 0, file.size));
  return hash.digest() === FORGE_SHA256 ? "forge" : "other";
}

/** A dropped adapter, with the base if one was in its folder, as in the lab's archives. */
export interface FolderAdapter extends DroppedAdapter {
  base?: Source;
  folderBase?: FolderBase;
}

/** A file's folder and its name. */
const splitPath = ({name = ""}: Source) => {
  const end = name.lastIndexOf("/") + 1;
  return {folder: name.slice(0, end), file: name.slice(end)};
};

/** Gives each base from an archive of the lab to the adapter in its folder. A base without an adapter stays in the list. */
export async function withBases(adapters: readonly DroppedAdapter[]): Promise<FolderAdapter[]> {
  const paths = adapters.map(({weights}) => splitPath(weights));
  const bases = new Map<string, {base: Source; folderBase: FolderBase}>();
  for (const [i, {weights}] of adapters.entries()) {
    const {folder, file} = paths[i]!;
    const isInFolder = paths.some((other) => other.folder === folder && other.file === ADAPTER_FILE);
    if (file === ARCHIVED_BASE && isInFolder)
      bases.set(folder, {base: weights, folderBase: await folderBaseOf(weights)});
  }
  return adapters.flatMap((one, i) => {
    const folderEntry = bases.get(paths[i]!.folder);
    return folderEntry?.base === one.weights ? [] : {...one, ...folderEntry};
  });
}

/**
 * Whether an adapter is for the word forge. The lab's archives call each of its models base.safetensors, so for those the model in
 * the same folder decides. A base's name alone is not enough: every tensor must belong to a pair of the forge's size.
 */
export function isForForge({facts, pairs, problems}: OpenedAdapter, folderBase?: FolderBase): boolean {
  const name = facts.base?.name;
  const isBaseForge =
    (name === FORGE_NAME && folderBase === undefined) ||
    ((name === FORGE_NAME || name === ARCHIVED_BASE) && folderBase === "forge");
  if (!isBaseForge || pairs.size === 0 || problems.length > 0 || facts.otherNumbers > 0) return false;
  return [...pairs.values()].every(fitsForge);
}
