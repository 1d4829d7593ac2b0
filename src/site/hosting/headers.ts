/**
 * The headers that a host sends with each file. Tests compare every file in deploy/ with this table. Paths start below the
 * site's root, without a slash.
 */
import {readdir, writeFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import type {AstroIntegration} from "astro";
import {trustedTypesHeader} from "./csp.ts";

/** A rule of `_headers`: a path, and its headers on the lines below. */
const ruleText = (path: string, headers: HeaderValues) =>
  [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ""].join("\n");

/**
 * `_headers` as Netlify and Cloudflare read it. `names` are the files and folders in the site's root. If two rules match a file,
 * both hosts send the headers of both and join equal names by a comma, so no header is under two rules that can match one file.
 * Without a Cache-Control from here both hosts send "max-age=0, must-revalidate", which has the effect of "no-cache".
 */
export function headersFile(names: readonly string[], base: string): string {
  const own = names.filter((name) => !["index.html", "_headers", "js"].includes(name)).sort();
  const places = own.map((name) => (name.includes(".") ? name : `${name}/`)).filter(isPageFile);
  return [
    ruleText(`${base}*`, commonHeaders),
    ...openFolders.map((folder) =>
      ruleText(`${base}${folder}/*`, {
        ...(caches[folder] && {"Cache-Control": caches[folder]}),
        ...crossOriginHeaders,
        ...folderHeaders[folder],
      }),
    ),
    ruleText(base + openFile, crossOriginHeaders),
    ruleText(base, pageHeaders),
    ...places.map((place) => ruleText(`${base}${place}${place.endsWith("/") ? "*" : ""}`, pageHeaders)),
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

/** The values of headers, by name. */
export type HeaderValues = Readonly<Record<string, string>>;

/** Browser features that no page of the site uses. Fullscreen, copying and sharing stay allowed, because embeds offer them. */
const unusedFeatures = "camera microphone geolocation display-capture payment usb serial hid midi".split(" ");

/**
 * Sent with every file. There is no X-Frame-Options, because CSP's frame-ancestors says the same, and only pages have it. With the
 * opener policy no other site reaches into a window of ours that it opened, and no page of ours needs to reach into others.
 */
const commonHeaders: HeaderValues = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": unusedFeatures.map((name) => `${name}=()`).join(", "),
};

/** Folders whose files other origins load. Modules need CORS; a page that isolates itself needs the resource policy. */
const openFolders = ["_astro", "js/v1", "oembed", "embed", "og"] as const;
/** A file for programs that is open too, in a folder of pages. */
export const openFile = "widgets/index.json";
/** Sent with everything that other origins load. */
const crossOriginHeaders: HeaderValues = {
  "Access-Control-Allow-Origin": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

/** Sent with pages: only the site itself may frame them. The rest of their policy is in each page; trusted types are in both. */
const pageHeaders: HeaderValues = {"Content-Security-Policy": `frame-ancestors 'self'; ${trustedTypesHeader}`};
/** Further folders without pages of the site: anybody may frame what is in them. */
const noPages = ["download", "anki"] as const;

/**
 * Sent with the files of one folder. Workers start from _astro and follow the policy sent with their own file. A page that isolates
 * itself (COEP) can frame only pages that do the same; embeds can, since they load nothing from other origins.
 */
const folderHeaders: Readonly<Record<string, HeaderValues>> = {
  _astro: {"Content-Security-Policy": trustedTypesHeader},
  embed: {"Cross-Origin-Embedder-Policy": "require-corp"},
};

/**
 * Caching by folder. File names in _astro contain a hash of the content. The element's entry has no hash, and names chunks that
 * the next deploy may remove, so caches keep it for ten minutes.
 */
export const caches: Readonly<Record<string, string>> = {
  _astro: "public, max-age=31536000, immutable",
  "js/v1": "public, max-age=600",
};
/** For all other files: caches ask the host each time, which answers 304 while the file is the same. */
const defaultCaching = "no-cache";

/** The folder among these that a file is in. */
const folderOf = (path: string, folders: readonly string[]) => folders.find((folder) => path.startsWith(`${folder}/`));

/** Whether other origins load a file. */
const isOpen = (path: string): boolean => path === openFile || folderOf(path, openFolders) !== undefined;
/** Whether a file is a page or lies in a folder of pages: only the site may frame it. */
const isPageFile = (path: string): boolean => !isOpen(path) && folderOf(path, noPages) === undefined;

/** Every header of a file. */
export const headersFor = (path: string): HeaderValues => ({
  ...commonHeaders,
  "Cache-Control": caches[folderOf(path, Object.keys(caches)) ?? ""] ?? defaultCaching,
  ...(isOpen(path) && crossOriginHeaders),
  ...folderHeaders[folderOf(path, Object.keys(folderHeaders)) ?? ""],
  ...(isPageFile(path) && pageHeaders),
});
