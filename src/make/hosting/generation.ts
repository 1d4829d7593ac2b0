import {readdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";

/** Where a built site lists its files with a hash in their names. */
export const LIST = "generation.json";

/** A file with a hash in its name, by its path below the site's root. */
export const hasHash = (path: string): boolean =>
  /^(_astro\/[\w.@-]+\.[\w-]{8}\.\w+|js\/v1\/[\w.-]+-[\w-]{8}\.js)$/.test(path);

/** The files in the folder of a built site that have a hash in their names. */
export async function hashedFiles(folder: string): Promise<string[]> {
  const inFolder = async (path: string) => (await readdir(join(folder, path))).map((file) => `${path}/${file}`);
  return [...(await inFolder("_astro")), ...(await inFolder("js/v1"))].filter(hasHash).sort();
}

/**
 * Writes the list of files that the next deploy has to leave in place: pages that are open and elements that browsers have kept
 * still ask for them (src/make/scripts/keepGeneration.ts).
 */
export function generation(): AstroIntegration {
  return {
    name: "generation",
    hooks: {
      "astro:build:done": async ({dir}) => {
        const folder = fileURLToPath(dir);
        await writeFile(join(folder, LIST), JSON.stringify({files: await hashedFiles(folder)}));
      },
    },
  };
}
