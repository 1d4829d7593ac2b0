// npm run keep -- https://example.org/lora/ [dist]: before a deploy, copies into the new folder those files of the site's last
// version that have a hash in their names and that the new one lacks, and every version that pages may have pinned. The folder of
// the last build may be given instead of the address.
import {existsSync} from "node:fs";
import {mkdir, readFile, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {type Generation, isGeneration, LIST} from "../hosting/generation.ts";
import {hasHash} from "../hosting/hasHash.ts";
import {integrityOf, isVersionFiles, pinnedFile, pinnedList, type VersionFiles} from "../hosting/pinned.ts";

/**
 * A file of the last version, from its folder or its address; undefined if it is not there. Throws if the host does not answer or
 * answers with a fault of its own: a deploy after that would delete what it could not read.
 */
async function readOld(old: string, path: string): Promise<Uint8Array | undefined> {
  if (!/^https?:/.test(old)) return readFile(join(old, path)).catch(() => undefined);
  const address = new URL(path, old.replace(/\/*$/, "/"));
  const response = await fetch(address, {signal: AbortSignal.timeout(20_000)}).catch((error) => {
    throw new Error(
      `keep: ${address} did not answer (${error.message}). Nothing was copied. Try again before you deploy, or leave this step out if there is no site yet.`,
    );
  });
  if (response.status >= 500)
    throw new Error(`keep: ${address} answered ${response.status}. Try again before you deploy.`);
  return response.ok ? response.bytes() : undefined;
}

/** What an earlier version has and `fresh` lacks, copied from `old`; gives the paths that were copied. */
async function copy(old: string, fresh: string, paths: readonly string[]): Promise<string[]> {
  const copied: string[] = [];
  for (const path of paths) {
    const bytes = await readOld(old, path);
    if (!bytes) continue;
    await mkdir(dirname(join(fresh, path)), {recursive: true});
    await writeFile(join(fresh, path), bytes);
    copied.push(path);
  }
  return copied;
}

const INSTEAD = "Nothing may be lost here, so give the folder of the last build instead of the address.";

/** The files of a version that pages may have pinned, as `old` lists them; undefined if it has lost the list. */
async function versionFiles(old: string, version: string): Promise<VersionFiles | undefined> {
  const bytes = await readOld(old, pinnedList(version));
  const list: unknown = bytes && JSON.parse(Buffer.from(bytes).toString("utf8"));
  return isVersionFiles(list) ? list : undefined;
}

/**
 * Copies a version that pages may have pinned, over one of the same name too: what was published first stays. Gives the files
 * with a hash in their names that came with it, and whether other bytes gave way. Throws if a file is not what its hash says.
 */
async function keepVersion(old: string, fresh: string, version: string) {
  const list = await versionFiles(old, version);
  if (!list)
    throw new Error(
      `keep: ${old} names version ${version}, but has no ${pinnedList(version)} that can be read. ${INSTEAD}`,
    );
  const own = join(fresh, pinnedList(version));
  const before = existsSync(own) ? await readFile(own, "utf8") : undefined;
  for (const [name, integrity] of Object.entries(list.integrity)) {
    const path = pinnedFile(version, name);
    const bytes = await readOld(old, path);
    if (!bytes || integrityOf(bytes) !== integrity)
      throw new Error(`keep: ${path} at ${old} is ${bytes ? "not what its integrity says" : "missing"}. ${INSTEAD}`);
    await mkdir(dirname(join(fresh, path)), {recursive: true});
    await writeFile(join(fresh, path), bytes);
  }
  await writeFile(own, JSON.stringify(list));
  const missing = list.needs.filter((path) => !existsSync(join(fresh, path)));
  const came = await copy(old, fresh, missing);
  return {came, gaveWay: before !== undefined && before !== JSON.stringify(list), lost: missing.length - came.length};
}

/** What is said about the versions that pages may have pinned. */
function aboutVersions(kept: readonly string[], gaveWay: readonly string[], lost: number): string {
  return [
    ...(kept.length
      ? [` So ${kept.length === 1 ? "is version" : "are the versions"} ${kept.join(", ")}, for pages that pin.`]
      : []),
    ...gaveWay.map(
      (version) =>
        ` Version ${version} is published already with other bytes, and those stay: raise "version" in package.json to publish yours.`,
    ),
    ...(lost ? [` ${lost} files of these versions could not be read.`] : []),
  ].join("");
}

/** Every version on the list of `old`, kept in `fresh`. */
async function keepVersions(old: string, fresh: string, versions: readonly string[]) {
  const results = [];
  for (const version of versions) results.push({version, ...(await keepVersion(old, fresh, version))});
  const gaveWay = results.filter((one) => one.gaveWay).map(({version}) => version);
  const lost = results.reduce((sum, one) => sum + one.lost, 0);
  return {came: results.flatMap((one) => one.came), said: aboutVersions(versions, gaveWay, lost)};
}

const readList = async (fresh: string): Promise<Generation> => {
  const list: unknown = JSON.parse(await readFile(join(fresh, LIST), "utf8"));
  if (!isGeneration(list)) throw new Error(`keep: ${fresh}/${LIST} cannot be read`);
  return list;
};

/** The list of the last version; undefined if there is none. Throws if it cannot be read. */
async function oldList(old: string): Promise<Generation | undefined> {
  const bytes = await readOld(old, LIST);
  if (!bytes) return undefined;
  const list: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
  if (!isGeneration(list)) throw new Error(`keep: ${LIST} at ${old} cannot be read. Nothing was copied.`);
  return list;
}

/** The versions that pages may have pinned at `old`, an address or a folder; none if there is no site yet. */
export const publishedVersions = async (old: string): Promise<readonly string[]> =>
  (await oldList(old))?.versions ?? [];

/**
 * Copies what the last version lists as its own and `fresh` lacks into the folder `fresh`. What `old` itself kept from the version
 * before is not on its list, so one generation is kept and no more. Versions that pages may have pinned stay for good, with all that
 * they load. Returns what happened, in a sentence.
 */
export async function keepGeneration(old: string, fresh: string): Promise<string> {
  if (!existsSync(join(fresh, LIST))) throw new Error(`keep: ${fresh} is no built site: it has no ${LIST}`);
  const list = await oldList(old);
  if (!list)
    return `Nothing to keep: ${old} has no ${LIST}, so there is no site yet, or only a version without that list.`;
  const {files, versions: published = []} = list;
  const missing = files.filter((path) => hasHash(path) && !existsSync(join(fresh, path)));
  const kept = await copy(old, fresh, missing);
  const {came, said} = await keepVersions(old, fresh, published);
  const own = await readList(fresh);
  const versions = [...new Set([...(own.versions ?? []), ...published])].sort();
  await writeFile(join(fresh, LIST), JSON.stringify({...own, kept: [...kept, ...came].sort(), versions}));
  const gone = missing.length - kept.length;
  return `${kept.length} of ${files.length} files of the last version are kept beside the new ones.${gone ? ` ${gone} could not be read.` : ""}${said}`;
}

if (process.argv[1] === import.meta.filename) {
  const [old, fresh = "dist"] = process.argv.slice(2);
  if (!old)
    throw new Error(
      "usage: npm run keep -- ADDRESS [FOLDER]. ADDRESS: of the site, such as https://example.org/lora/, or the folder of its last build; FOLDER: the new build, dist by default",
    );
  process.stdout.write(`${await keepGeneration(old, fresh)}\n`);
}
