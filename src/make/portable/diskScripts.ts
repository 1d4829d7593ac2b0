import {createHash} from "node:crypto";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {type BuildOptions, build} from "esbuild";
import {targets} from "../guard/browsers.ts";

/** A set of modules as a key of a map. */
export const setKey = (set: readonly string[]): string => set.join(" ");

/** One classic script of all that these options name. */
async function classic(options: BuildOptions): Promise<string> {
  const {outputFiles} = await build({
    bundle: true,
    minify: true,
    charset: "utf8",
    target: targets,
    format: "iife",
    legalComments: "none",
    ...options,
    write: false,
  });
  return outputFiles[0]!.text;
}

const ownEntry = (name: string): Promise<string> =>
  classic({entryPoints: [fileURLToPath(new URL(`./${name}-entry.ts`, import.meta.url))]});

/** The inline script of the page for wrong addresses. */
export const findRoot = async (): Promise<string> => (await ownEntry("findRoot")).trim();

/** The script that every page of a portable site loads: opened from a disk, it loads the page's modules as one classic script. */
export const starter = "_astro/from-disk.js";

/**
 * Bundles the built site's modules as classic scripts for pages opened from a disk, where browsers load no modules: one script
 * for each set of modules that some page loads. `sets` hold paths below `folder`. Returns each script's file name by the key of
 * its set. Workers do not start from a disk either; runs are computed on the page then.
 */
export async function diskScripts(folder: string, sets: readonly (readonly string[])[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const set of sets) {
    const key = setKey(set);
    if (set.length === 0 || names.has(key)) continue;
    const text = await classic({
      stdin: {contents: set.map((path) => `import "./${path}";`).join("\n"), resolveDir: folder},
      define: {"import.meta": "loraMeta"},
      banner: {js: "{const loraMeta={url:document.currentScript.src};"},
      footer: {js: "}"},
    });
    const name = `from-disk.${createHash("sha256").update(text).digest("hex").slice(0, 8)}.js`;
    await writeFile(join(folder, "_astro", name), text);
    names.set(key, name);
  }
  if (names.size > 0) await writeFile(join(folder, starter), await ownEntry("fromDisk"));
  return names;
}
