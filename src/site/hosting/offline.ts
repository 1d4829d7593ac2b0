import {createHash} from "node:crypto";
import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";
import type {AstroIntegration} from "astro";
import {build} from "esbuild";
import type {PrecacheEntry} from "workbox-precaching";
import {recordBundle} from "../licenses/recordPackages.ts";

/** Not for offline use: files that other sites load, downloads, files for hosts and programs, fonts for old browsers, and 404.html. */
const excluded =
  /^(embed|js|oembed|download|anki)\/|^og\/(?!widgets\/[^/]+$)|^print\/|^sw\.js$|^_headers$|(?<!pagefind-entry)\.(xml|txt|json|bib|csv|ttf|woff)$|^404\.html$|^\.nojekyll$/;

/** Whether a file of the built site is for offline use: every page and all that pages load. */
export const isForOffline = (file: string): boolean => !excluded.test(file);

/** The files for offline use, sorted, and their size in bytes as they are sent (gzip). */
export async function offlineFiles(folder: string): Promise<{files: PrecacheEntry[]; bytes: number}> {
  const names = (await readdir(folder, {recursive: true, withFileTypes: true}))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/").replace(/^\//, ""))
    .filter(isForOffline)
    .sort();
  let bytes = 0;
  const files: PrecacheEntry[] = [];
  for (const url of names) {
    const text = await readFile(join(folder, url));
    // Fonts and pictures are compressed already.
    bytes += /\.(woff2|png)$/.test(url) ? text.length : gzipSync(text).length;
    const hash = createHash("sha256").update(text).digest("base64");
    // With it the browser refuses a file of another version than this list.
    files.push({url, revision: hash.slice(0, 16), integrity: `sha256-${hash}`});
  }
  return {files, bytes};
}

/** The service worker without its list of files. */
export async function workerScript(root: string): Promise<string> {
  const {outputFiles} = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "src/site/offline/serviceWorker.ts")],
    bundle: true,
    minify: true,
    charset: "utf8",
    write: false,
    format: "iife",
    target: "es2022",
    define: {"process.env.NODE_ENV": '"production"'},
    plugins: [recordBundle()],
  });
  return outputFiles[0]!.text;
}

/** Writes the service worker, which stores the site for readers who ask for that, and offline.json with the size. */
async function writeServiceWorker(root: string, folder: string): Promise<void> {
  const {files, bytes} = await offlineFiles(folder);
  await writeFile(join(folder, "sw.js"), `const FILES=${JSON.stringify(files)};\n${await workerScript(root)}`);
  await writeFile(join(folder, "offline.json"), JSON.stringify({files: files.length, bytes}));
}

/** Runs after everything that writes pages. */
export function offline(): AstroIntegration {
  let root = "";
  return {
    name: "offline",
    hooks: {
      "astro:config:setup": ({config}) => {
        root = fileURLToPath(config.root);
      },
      "astro:build:done": ({dir}) => writeServiceWorker(root, fileURLToPath(dir)),
    },
  };
}
