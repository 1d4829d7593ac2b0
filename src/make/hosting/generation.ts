import {readdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import manifest from "../../../package.json" with {type: "json"};
import {hasHash} from "./hasHash.ts";
import {isRecord, isVersion, writeVersion} from "./pinned.ts";

/** Where a built site lists its files with a hash in their names. */
export const LIST = "generation.json";

/** What that list says. */
export interface Generation {
  /** The build's own files. */
  files: readonly string[];
  /** What `npm run keep` added to them: files that pages still need which were opened before the deploy. */
  kept?: readonly string[];
  /** The versions that pages may pin: the build's own, and those that `npm run keep` added. */
  versions?: readonly string[];
}

const isListOf = (value: unknown, isOne: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isOne);
const isPath = (one: unknown) => typeof one === "string";

export const isGeneration = (value: unknown): value is Generation =>
  isRecord(value) &&
  isListOf(value.files, isPath) &&
  isListOf(value.kept ?? [], isPath) &&
  isListOf(value.versions ?? [], isVersion);

/** The files in the folder of a built site that have a hash in their names. */
export async function hashedFiles(folder: string): Promise<string[]> {
  const inFolder = async (path: string) => (await readdir(join(folder, path))).map((file) => `${path}/${file}`);
  return [...(await inFolder("_astro")), ...(await inFolder("js/v1"))].filter(hasHash).sort();
}

/**
 * Writes the lists of files that the next deploy has to leave in place: those that open pages and kept elements still ask for,
 * and those of the version that pages may pin (src/make/scripts/keepGeneration.ts).
 */
export async function writeGeneration(folder: string, version: string): Promise<void> {
  const files = await hashedFiles(folder);
  await writeVersion(folder, version, files);
  const list: Generation = {files, versions: [version]};
  await writeFile(join(folder, LIST), JSON.stringify(list));
}

/** Runs after everything that writes or changes scripts. */
export function generation(): AstroIntegration {
  return {
    name: "generation",
    hooks: {"astro:build:done": ({dir}) => writeGeneration(fileURLToPath(dir), manifest.version)},
  };
}
