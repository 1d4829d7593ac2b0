import {readdir, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {unknownSite} from "../components/siteAddress.ts";
import {findRoot} from "./findRoot.ts";
import type {BuiltFor} from "./relative.ts";
import {relativePage} from "./relativePage.ts";

/** Files that are of no use to a site that does not know its address: what they hold has to be absolute. */
const addressed = /^(sitemap[\w-]*\.xml|robots\.txt|feed\.xml|_headers|oembed\/.*)$/;

/** What would still point at the root of the host, or at an address that is not the site's. */
function leftover(text: string, file: string, {origin}: BuiltFor): string[] {
  const found = origin !== undefined && text.includes(origin) ? [`${file} names ${origin}`] : [];
  const rooted = /(?:\s(?:href|src|srcset|action|poster|data-root)=["']?|\burl\(["']?)\/(?!\/)[^\s"')>]*/.exec(text);
  return rooted ? [...found, `${file} has ${rooted[0].trim()}`] : found;
}

/**
 * Turns the built site in `folder` into one that stands under any path of any host. Scripts and style sheets are that already;
 * pages are written anew. Throws when something still points at the host's root.
 */
export async function makePortable(folder: string, built: BuiltFor): Promise<void> {
  const files = (await readdir(folder, {recursive: true})).map((file) => file.replaceAll("\\", "/")).sort();
  const wrong: string[] = [];
  for (const file of files) {
    const path = join(folder, file);
    if (built.origin !== undefined && addressed.test(file)) {
      await rm(path, {recursive: true});
      continue;
    }
    if (!/\.(html|css|js|mjs|json|xml|txt|webmanifest)$/.test(file)) continue;
    let text = await readFile(path, "utf8");
    if (file.endsWith(".html")) {
      text = await relativePage(text, file, built, file === "404.html" ? {inline: findRoot} : {});
      await writeFile(path, text);
    }
    // Scripts may speak of addresses; what they load is tested by visiting.
    if (!/\.m?js$/.test(file)) wrong.push(...leftover(text, file, built));
  }
  if (wrong.length > 0) throw new Error(`portable: not relative yet:\n${wrong.join("\n")}`);
}

/** The last of the integrations in a portable build. */
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
