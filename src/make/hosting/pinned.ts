import {createHash} from "node:crypto";
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {hasHash} from "./hasHash.ts";

/** The files under js/v1/ of which each version leaves a copy that never changes. */
export const pinnedNames = ["lora-widget.js", "lora-embed.js", "lora.anywidget.mjs"] as const;

/** The path of a version's own copy, below the site's root. */
export const pinnedFile = (version: string, name: string): string => `js/v1/${version}/${name}`;
/** The path of the list that says what these files are. */
export const pinnedList = (version: string): string => pinnedFile(version, "files.json");

/** What a version promises. */
export interface VersionFiles {
  /** For the attribute of that name: by the name of each file, its hash. */
  integrity: Readonly<Record<string, string>>;
  /** The files with a hash in their names that these load, by their paths below the site's root. */
  needs: readonly string[];
}

/** A version that may be a folder's name: it comes from a host. */
export const isVersion = (value: unknown): value is string =>
  typeof value === "string" && /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(value);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a host's list has the form of one, and names nothing but files of its kind. */
export const isVersionFiles = (value: unknown): value is VersionFiles =>
  isRecord(value) &&
  isRecord(value.integrity) &&
  Object.entries(value.integrity).every(
    ([name, hash]) => /^[\w-][\w.-]*$/.test(name) && typeof hash === "string" && /^sha384-[\w+/]{64}$/.test(hash),
  ) &&
  Array.isArray(value.needs) &&
  value.needs.every((path) => typeof path === "string" && hasHash(path));

/** The value of an `integrity` attribute for these bytes. */
export const integrityOf = (bytes: Uint8Array | string): string =>
  `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

/** Writes the list of a version's files into the folder of a built site, where its copies are. `hashed`: what the build lists. */
export async function writeVersion(folder: string, version: string, hashed: readonly string[]): Promise<void> {
  const hash = async (name: string) =>
    [name, integrityOf(await readFile(join(folder, pinnedFile(version, name))))] as const;
  const files: VersionFiles = {
    integrity: Object.fromEntries(await Promise.all(pinnedNames.map(hash))),
    needs: hashed.filter((path) => path.startsWith("js/v1/")),
  };
  await writeFile(join(folder, pinnedList(version)), JSON.stringify(files));
}
