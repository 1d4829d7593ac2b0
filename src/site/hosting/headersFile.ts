import {readdir, writeFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {
  caches,
  commonHeaders,
  crossOriginHeaders,
  folderHeaders,
  type Headers,
  isPageFile,
  openFile,
  openFolders,
  pageHeaders,
} from "./headers.ts";

/** A rule of `_headers`: a path, and its headers on the lines below. */
const rule = (path: string, headers: Headers) =>
  [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ""].join("\n");

/**
 * `_headers` as Netlify and Cloudflare read it. `names` are the files and folders in the site's root. If two rules match a file,
 * both hosts send the headers of both and join equal names by a comma, so no header is under two rules that can match one file.
 * Without Cache-Control both hosts send "no-cache" by themselves.
 */
export function headersFile(names: readonly string[], base: string): string {
  const own = names.filter((name) => !["index.html", "_headers", "js"].includes(name)).sort();
  const places = own.map((name) => (name.includes(".") ? name : `${name}/`)).filter(isPageFile);
  return [
    rule(`${base}*`, commonHeaders),
    ...openFolders.map((folder) =>
      rule(`${base}${folder}/*`, {
        ...(caches[folder] && {"Cache-Control": caches[folder]}),
        ...crossOriginHeaders,
        ...folderHeaders[folder],
      }),
    ),
    rule(base + openFile, crossOriginHeaders),
    rule(base, pageHeaders),
    ...places.map((place) => rule(`${base}${place}${place.endsWith("/") ? "*" : ""}`, pageHeaders)),
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
        // The files for offline use are written later.
        const names = [...(await readdir(folder)), "offline.json", "sw.js"];
        await writeFile(`${folder}_headers`, headersFile(names, base));
      },
    },
  };
}
