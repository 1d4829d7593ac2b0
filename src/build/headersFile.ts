import {readdir, writeFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {always, framed, type Headers, isFramed, kept, open, openFolders} from "./headers.ts";

const rule = (path: string, headers: Headers) =>
  [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ""].join("\n");

/**
 * `_headers` as Netlify and Cloudflare read it. `names` are the files and folders in the site's root. Where two rules meet, the
 * headers of both are sent, and one sent by both is joined by a comma: so no header stands under two rules that can meet. Both
 * hosts answer "ask me again" for what has no Cache-Control.
 */
export function headersFile(names: readonly string[], base: string): string {
  const folders = names.filter((name) => !name.includes(".")).sort();
  const pages = names.filter((name) => name.endsWith(".html") && name !== "index.html").sort();
  const framedFolders = folders.filter((name) => isFramed(`${name}/`) && `${name}/` !== "js/");
  return [
    rule(`${base}*`, always),
    ...openFolders.map((folder) =>
      rule(`${base}${folder}/*`, {...(kept[folder] && {"Cache-Control": kept[folder]}), ...open}),
    ),
    rule(base, framed),
    ...framedFolders.map((folder) => rule(`${base}${folder}/*`, framed)),
    ...pages.map((page) => rule(`${base}${page}`, framed)),
  ].join("\n");
}

/** Writes `_headers` into the built site. */
export function headers(): AstroIntegration {
  let base = "/";
  return {
    name: "headers",
    hooks: {
      "astro:config:done": ({config}) => {
        base = config.base.replace(/\/*$/, "/");
      },
      "astro:build:done": async ({dir}) => {
        const folder = fileURLToPath(dir);
        await writeFile(`${folder}_headers`, headersFile(await readdir(folder), base));
      },
    },
  };
}
