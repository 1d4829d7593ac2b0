import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {escapeHtml} from "../../figure/export/escape.ts";
import {workerScript} from "../hosting/offline.ts";
import {noticesOf} from "./notices.ts";
import {recordPages, shippedPackages} from "./recordPackages.ts";

/** The packages whose fonts are shipped. They are listed here because the bundlers list only modules. */
const fontPackages = [
  "katex",
  ...["source-serif-4", "inter", "jetbrains-mono"].map((name) => `@fontsource-variable/${name}`),
];
const SOFTWARE = "software.txt";
const introduction = `The packages below are in the scripts and style sheets of this site, whole
or in part. The build wrote this list from the modules in its bundles. The
site's own code is under the MIT License.

`;

/** Writes each text into its empty `<pre data-file="…">` of the page of licenses. Throws if the page has none for a text. */
export function fillPage(page: string, texts: Readonly<Record<string, string>>): string {
  return Object.entries(texts).reduce((html, [file, text]) => {
    const place = new RegExp(`(<pre[^>]* data-file="${file.replace(".", "\\.")}"[^>]*>)\\s*(</pre>)`);
    if (!place.test(html)) throw new Error(`licenses: the page has no <pre data-file="${file}">`);
    return html.replace(place, (_, start, end) => start + escapeHtml(text.trim()) + end);
  }, page);
}

/** Writes `licenses/software.txt` from what the bundlers found in their bundles, and all texts into the page `/licenses/`. */
export function licenses(): AstroIntegration {
  let root = "";
  return {
    name: "licenses",
    hooks: {
      "astro:config:setup": ({config, updateConfig}) => {
        root = fileURLToPath(config.root);
        updateConfig({vite: {plugins: [recordPages(root)], worker: {plugins: () => [recordPages(root)]}}});
      },
      "astro:build:done": async ({dir}) => {
        const folder = join(fileURLToPath(dir), "licenses");
        // Bundles the service worker only to record its packages: it is written after this page, because it lists every other file.
        await workerScript(root);
        for (const name of fontPackages) shippedPackages.add(join(root, "node_modules", name));
        await writeFile(join(folder, SOFTWARE), introduction + (await noticesOf(shippedPackages)));
        const read = (file: string) => readFile(join(folder, file), "utf8");
        const files = [SOFTWARE, "fonts.txt", "words.txt"];
        const texts = Object.fromEntries(await Promise.all(files.map(async (file) => [file, await read(file)])));
        await writeFile(join(folder, "index.html"), fillPage(await read("index.html"), texts));
      },
    },
  };
}
