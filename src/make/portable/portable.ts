import {readdir, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {unknownSite} from "../../components/marks/siteAddress.ts";
import {diskScripts, findRoot, setKey} from "./diskScripts.ts";
import {relativeJson} from "./relativeJson.ts";
import type {BuiltFor} from "./relativeLink.ts";
import {type PageParts, relativePage} from "./relativePage.ts";

/** Files that must hold absolute addresses, so a site that does not know its address leaves them out. */
const needsAddress = /^(sitemap[\w-]*\.xml|robots\.txt|feed\.xml|_headers|oembed\/.*|download\/lora-live\.imscc)$/;

/** What in this text still points at the host's root, or names the placeholder origin. */
function leftover(text: string, file: string, {origin}: BuiltFor): string[] {
  const found = origin !== undefined && text.includes(origin) ? [`${file} names ${origin}`] : [];
  const rooted = /(?:\s(?:href|src|srcset|action|poster|data-root)=["']?|\burl\(["']?)\/(?!\/)[^\s"')>]*/.exec(text);
  return rooted ? [...found, `${file} has ${rooted[0].trim()}`] : found;
}

/** The module scripts of a page, as paths below the site's root. Code to paste may hold tags that look like these. */
const modulesOf = (html: string, base: string): string[] =>
  [...html.matchAll(/<script type="module" src="([^"]+)"/g)]
    .map(([, src]) => src!)
    .filter((src) => src.startsWith(`${base}_astro/`))
    .map((src) => src.slice(base.length));

/** The notebooks' module without the site's address, from which a copy of it would load the element. */
const withoutHome = (text: string, {origin, base}: BuiltFor): string =>
  origin === undefined ? text : text.replaceAll(JSON.stringify(origin + base), '""');

/** A download is not a page of the site: it is moved elsewhere, where relative links would lead nowhere. */
const isPage = (file: string) => file.endsWith(".html") && !file.startsWith("download/");

/**
 * Turns the built site in `folder` into one that works under any path of any host, and from a disk. Scripts and style sheets
 * already do; pages and JSON are rewritten. Throws if something still points at the host's root.
 */
export async function makePortable(folder: string, built: BuiltFor): Promise<void> {
  const files = (await readdir(folder, {recursive: true})).map((file) => file.replaceAll("\\", "/")).sort();
  if (built.origin !== undefined)
    for (const file of files.filter((one) => needsAddress.test(one)))
      await rm(join(folder, file), {recursive: true, force: true});
  const left = files.filter((file) => built.origin === undefined || !needsAddress.test(file));
  const read = (file: string) => readFile(join(folder, file), "utf8");

  const pages = new Map<string, string>();
  for (const file of left) if (isPage(file)) pages.set(file, await read(file));
  const fromDisk = await diskScripts(
    folder,
    [...pages.values()].map((html) => modulesOf(html, built.base)),
  );
  const wrong: string[] = [];
  for (const [file, html] of pages) {
    const parts: PageParts = {
      fromDisk: fromDisk.get(setKey(modulesOf(html, built.base))),
      ...(file === "404.html" && {inline: await findRoot()}),
    };
    const page = await relativePage(html, file, built, parts);
    wrong.push(...leftover(page, file, built));
    await writeFile(join(folder, file), page);
  }
  // Scripts are not checked, since they may name addresses; a browser test visits the portable site.
  for (const file of left) {
    if (pages.has(file) || !/\.(html|css|json|xml|txt|webmanifest|mjs)$/.test(file)) continue;
    const text = await read(file);
    const rewritten = file.endsWith(".json")
      ? relativeJson(text, file, built, (path) => needsAddress.test(path))
      : file.endsWith(".mjs")
        ? withoutHome(text, built)
        : text;
    if (rewritten !== text) await writeFile(join(folder, file), rewritten);
    wrong.push(...leftover(rewritten, file, built));
  }
  if (wrong.length > 0) throw new Error(`portable: not relative yet:\n${wrong.join("\n")}`);
}

/** Runs after everything that writes pages, and before the list of files for offline use. */
export function portable(): AstroIntegration {
  let built: BuiltFor = {base: "/"};
  return {
    name: "portable",
    hooks: {
      "astro:config:done": ({config}) => {
        built = {base: config.base, ...(config.site === unknownSite && {origin: unknownSite})};
      },
      "astro:build:done": ({dir}) => makePortable(fileURLToPath(dir), built),
    },
  };
}
