import {createHash} from "node:crypto";
import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";
import type {AstroIntegration} from "astro";
import {build} from "esbuild";
import {endingOf, type KeptFile, type KeptList, types} from "../../offline/keptSite.ts";
import {recordBundle} from "../licenses/recordPackages.ts";
import {headersFor} from "./headers.ts";

/** Not for offline use: files that other sites load, downloads, files for hosts and programs, and 404.html. */
const excluded =
  /^(embed|js|oembed|og|download|anki)\/|^print\/|^sw\.js$|^_headers$|\.(xml|txt|json|bib|csv)$|^404\.html$|^\.nojekyll$/;

/** Whether a file of the built site is for offline use: every page and all that pages load. */
export const isForOffline = (file: string): boolean => !excluded.test(file);

/** Hexadecimal digits of each hash: 128 bits. */
const DIGITS = 32;

/** Milliseconds in which a file has to arrive. The largest, an index of some 200 kB, takes 10 s at 25 kB/s. */
const LIMIT = 30_000;

/** The files for offline use, sorted, and their size in bytes as they are sent (gzip). */
export async function offlineFiles(folder: string): Promise<{files: KeptFile[]; bytes: number}> {
  const names = (await readdir(folder, {recursive: true, withFileTypes: true}))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/").replace(/^\//, ""))
    .filter(isForOffline)
    .sort();
  let bytes = 0;
  const files: KeptFile[] = [];
  for (const path of names) {
    if (!types[endingOf(path)]) throw new Error(`offline: ${path} needs a content type in src/offline/keptSite.ts`);
    const text = await readFile(join(folder, path));
    // Fonts and pictures are compressed already.
    bytes += /\.(woff2|png)$/.test(path) ? text.length : gzipSync(text).length;
    files.push({path, hash: createHash("sha256").update(text).digest("hex").slice(0, DIGITS)});
  }
  return {files, bytes};
}

/** The service worker without its list of files. */
export async function workerScript(root: string): Promise<string> {
  const {outputFiles} = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "src/offline/serviceWorker.ts")],
    bundle: true,
    minify: true,
    charset: "utf8",
    write: false,
    format: "iife",
    target: "es2022",
    plugins: [recordBundle()],
  });
  return outputFiles[0]!.text;
}

/** The headers of the table that say how a file is to be treated; caching is the worker's own affair. */
function headersOf(path: string) {
  const {"Cache-Control": _, ...headers} = headersFor(path);
  return headers;
}

/** Writes the service worker, which stores the site for readers who ask for that, and offline.json with the size. */
async function writeServiceWorker(root: string, folder: string): Promise<void> {
  const {files, bytes} = await offlineFiles(folder);
  const headers = {page: headersOf("index.html"), file: headersOf("_astro/a.js")};
  const list: KeptList = {limit: LIMIT, headers, files};
  await writeFile(join(folder, "sw.js"), `const KEPT=${JSON.stringify(list)};\n${await workerScript(root)}`);
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
