// npm run keep -- https://example.org/lora/ [dist]: before a deploy, copies into the new folder those files of the site's last
// version that have a hash in their names and that the new one lacks. The folder of the last build may be given instead of the address.
import {existsSync} from "node:fs";
import {mkdir, readFile, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {hasHash, LIST} from "../hosting/generation.ts";

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

/**
 * Copies what the last version lists as its own and `fresh` lacks into the folder `fresh`. What `old` itself kept from the version
 * before is not on its list, so one generation is kept and no more. Returns what happened, in a sentence.
 */
export async function keepGeneration(old: string, fresh: string): Promise<string> {
  if (!existsSync(join(fresh, LIST))) throw new Error(`keep: ${fresh} is no built site: it has no ${LIST}`);
  const list = await readOld(old, LIST);
  if (!list)
    return `Nothing to keep: ${old} has no ${LIST}, so there is no site yet, or only a version without that list.`;
  const {files} = JSON.parse(Buffer.from(list).toString("utf8")) as {files: string[]};
  const missing = files.filter((path) => hasHash(path) && !existsSync(join(fresh, path)));
  let kept = 0;
  for (const path of missing) {
    const bytes = await readOld(old, path);
    if (!bytes) continue;
    await mkdir(dirname(join(fresh, path)), {recursive: true});
    await writeFile(join(fresh, path), bytes);
    kept++;
  }
  const gone = missing.length - kept;
  return `${kept} of ${files.length} files of the last version are kept beside the new ones.${gone ? ` ${gone} could not be read.` : ""}`;
}

if (process.argv[1] === import.meta.filename) {
  const [old, fresh = "dist"] = process.argv.slice(2);
  if (!old)
    throw new Error(
      "usage: npm run keep -- ADDRESS [FOLDER]. ADDRESS: of the site, such as https://example.org/lora/, or the folder of its last build; FOLDER: the new build, dist by default",
    );
  process.stdout.write(`${await keepGeneration(old, fresh)}\n`);
}
