import {createHash} from "node:crypto";
import {readdirSync, readFileSync} from "node:fs";
import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {type Entry, pack} from "../../components/search/entry.ts";
import {entriesOf} from "./entries.ts";

/** The search entries of all pages of a built site. */
function siteEntries(dist: string): Entry[] {
  const pages = readdirSync(dist, {recursive: true, encoding: "utf8"})
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /(^|\/)index\.html$/.test(file) && !file.startsWith("embed/"))
    .sort();
  return pages.flatMap((file) => entriesOf(file.replace(/index\.html$/, ""), readFileSync(join(dist, file), "utf8")));
}

/** The index as a classic script (loadIndex.ts says why). */
const indexScript = (entries: readonly Entry[]): string =>
  `globalThis.loraEntries = ${JSON.stringify(pack(entries))};\n`;

/**
 * A hash for the index's address, so that no cache serves an old index. It is made from the sources, because pages contain the
 * address before the index is made from the pages.
 */
function versionOf(root: string): string {
  const hash = createHash("sha256");
  for (const folder of ["content", "src"])
    for (const file of readdirSync(join(root, folder), {recursive: true, encoding: "utf8"}).sort())
      if (/\.(mdx|json|ts|astro)$/.test(file)) hash.update(readFileSync(join(root, folder, file)));
  return hash.digest("hex").slice(0, 8);
}

const FILE = "search/entries.js";

/** Writes the search index after the pages. `astro dev` serves the index of the last build, if there is one. */
export function searchIndex(): AstroIntegration {
  let outDir: URL;
  return {
    name: "search index",
    hooks: {
      "astro:config:setup": ({config, updateConfig}) => {
        const version = versionOf(fileURLToPath(config.root));
        updateConfig({vite: {define: {"import.meta.env.SEARCH_VERSION": JSON.stringify(version)}}});
      },
      "astro:config:done": ({config}) => {
        outDir = config.outDir;
      },
      "astro:server:setup": ({server}) => {
        server.middlewares.use(async ({url = ""}, response, next) => {
          if (!url.split("?")[0]!.endsWith(`/${FILE}`)) return next();
          const text = await readFile(new URL(FILE, outDir), "utf8").catch(() => undefined);
          response.writeHead(text === undefined ? 404 : 200, {"content-type": "text/javascript"});
          response.end(text);
        });
      },
      "astro:build:done": async ({dir}) => {
        const dist = fileURLToPath(dir);
        await mkdir(join(dist, "search"), {recursive: true});
        await writeFile(join(dist, FILE), indexScript(siteEntries(dist)));
      },
    },
  };
}
