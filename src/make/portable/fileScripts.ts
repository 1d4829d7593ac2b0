import {createHash} from "node:crypto";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {build} from "esbuild";

export const setKey = (set: readonly string[]): string => set.join(" ");

/** Loads on a disk what a server's page loads as modules: a browser refuses those to a page without an origin. */
export const starter = "_astro/from-disk.js";
const startsAll = `{const own=document.currentScript;if(location.protocol==="file:"){const all=document.createElement("script");all.src=own.src.replace(/[^/]*$/,own.dataset.all);document.head.append(all)}}\n`;

/**
 * Makes classic scripts of the built site's modules, one for each set of them that some page loads, with everything in it that those
 * may ever load; a page opened from a disk runs it, and no other does. `sets` hold paths below `folder`. Answers the file's name by
 * the set's. Workers do not start from a disk; runs go in slices on the page then, as anywhere where none may start.
 */
export async function fileScripts(folder: string, sets: readonly (readonly string[])[]): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const set of sets) {
    const key = setKey(set);
    if (set.length === 0 || made.has(key)) continue;
    const {outputFiles} = await build({
      stdin: {contents: set.map((path) => `import "./${path}";`).join("\n"), resolveDir: folder},
      bundle: true,
      write: false,
      minify: true,
      charset: "utf8",
      target: "es2022",
      format: "iife",
      legalComments: "none",
      define: {"import.meta": "loraMeta"},
      banner: {js: "{const loraMeta={url:document.currentScript.src};"},
      footer: {js: "}"},
    });
    const {contents} = outputFiles[0]!;
    const name = `from-disk.${createHash("sha256").update(contents).digest("hex").slice(0, 8)}.js`;
    await writeFile(join(folder, "_astro", name), contents);
    made.set(key, name);
  }
  if (made.size > 0) await writeFile(join(folder, starter), startsAll);
  return made;
}
