import {readdirSync, readFileSync} from "node:fs";
import {mkdir, readFile, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {close, createIndex} from "pagefind";
import {shippedPackages} from "../licenses/recordPackages.ts";
import {type SearchEntry, searchEntries} from "./entries.ts";
import {normalizedName} from "./query.ts";

const FOLDER = "pagefind";
/** The files of Pagefind that the search needs, which leaves out Pagefind's own interfaces. */
const neededFiles = /^(pagefind\.js|pagefind-entry\.json|wasm\.en\.pagefind|.+\.pf_(meta|index|filter|fragment))$/;

/** The search entries of all pages of a built site. */
function siteEntries(dist: string): SearchEntry[] {
  const pages = readdirSync(dist, {recursive: true, encoding: "utf8"})
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /(^|\/)index\.html$/.test(file) && !file.startsWith("embed/"))
    .sort();
  return pages.flatMap((file) =>
    searchEntries(file.replace(/index\.html$/, ""), readFileSync(join(dist, file), "utf8")),
  );
}

/** Pagefind's answer, or an error that says what it could not do. */
function withoutErrors<T extends {errors: string[]}>(answer: T): T {
  if (answer.errors.length) throw new Error(`search: Pagefind answered: ${answer.errors.join("; ")}`);
  return answer;
}

/** Writes the index of these entries into the built site. Each entry is a record of Pagefind's. */
async function writeIndex(entries: readonly SearchEntry[], dist: string): Promise<void> {
  const {index} = withoutErrors(await createIndex({forceLanguage: "en"}));
  if (!index) throw new Error("search: Pagefind made no index and did not say why");
  for (const {kind, address, title, place, names, text} of entries) {
    const name = [title, names, ...names.split(/,? /)].map(normalizedName).filter(Boolean);
    const meta = Object.fromEntries(Object.entries({title, place, names}).filter(([, value]) => value !== ""));
    // A record must have some text.
    const record = {url: `/${address}`, content: text || title, language: "en", meta, filters: {kind: [kind], name}};
    withoutErrors(await index.addCustomRecord(record));
  }
  for (const {path, content} of withoutErrors(await index.getFiles()).files) {
    if (!neededFiles.test(path)) continue;
    await mkdir(dirname(join(dist, FOLDER, path)), {recursive: true});
    await writeFile(join(dist, FOLDER, path), content);
  }
  await close();
}

/** Writes the search index after the pages. `astro dev` serves the index of the last build, if there is one. */
export function searchIndex(): AstroIntegration {
  let outDir: URL;
  return {
    name: "search index",
    hooks: {
      "astro:config:done": ({config}) => {
        outDir = config.outDir;
        shippedPackages.add(fileURLToPath(new URL("node_modules/pagefind", config.root)));
      },
      "astro:server:setup": ({server}) => {
        server.middlewares.use(async ({url = ""}, response, next) => {
          const [, file] = /\/(pagefind\/[^?]+)/.exec(url) ?? [];
          const content = file && (await readFile(new URL(file, outDir)).catch(() => undefined));
          if (!content) return next();
          response.writeHead(200, {
            "content-type": file.endsWith(".js") ? "text/javascript" : "application/octet-stream",
          });
          response.end(content);
        });
      },
      "astro:build:done": async ({dir}) => {
        const dist = fileURLToPath(dir);
        await writeIndex(siteEntries(dist), dist);
      },
    },
  };
}
