import {createHash} from "node:crypto";
import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";
import type {AstroIntegration} from "astro";
import {build} from "esbuild";

/** Not for offline use: files that other sites load, downloads, files for hosts and programs, and 404.html. */
const excluded =
  /^(embed|js|oembed|og|download|anki|licenses)\/|^print\/|^sw\.js$|^_headers$|\.(xml|txt|json|bib|csv)$|^404\.html$|^\.nojekyll$/;

/** A name with a hash changes with the content, so it needs no revision. */
const hasHash = /^_astro\/.*\.[\w-]{8}\.\w+$/;

/** Whether a file of the built site is for offline use: every page and all that pages load. */
export const isForOffline = (file: string): boolean => !excluded.test(file);

interface OfflineFile {
  url: string;
  /** Tells versions of one name apart; null if the name does. */
  revision: string | null;
  /** Of the content: during an update, a host may send another version. */
  hash: string;
}

/** The files for offline use, sorted, and their size in bytes as they are sent (gzip). */
export async function offlineFiles(folder: string): Promise<{files: OfflineFile[]; bytes: number}> {
  const names = (await readdir(folder, {recursive: true, withFileTypes: true}))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/").replace(/^\//, ""))
    .filter(isForOffline)
    .sort();
  let bytes = 0;
  const files: OfflineFile[] = [];
  for (const url of names) {
    const text = await readFile(join(folder, url));
    // Fonts and pictures are compressed already.
    bytes += /\.(woff2|png)$/.test(url) ? text.length : gzipSync(text).length;
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
    files.push({url, revision: hasHash.test(url) ? null : hash, hash});
  }
  return {files, bytes};
}

/** Writes the service worker, which stores the site for readers who ask for that, and offline.json with the size. */
async function writeServiceWorker(root: string, folder: string): Promise<void> {
  const {files, bytes} = await offlineFiles(folder);
  const {outputFiles} = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "src/offline/serviceWorker.ts")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    define: {KEPT: JSON.stringify(files), "process.env.NODE_ENV": '"production"'},
  });
  await writeFile(join(folder, "sw.js"), outputFiles[0]!.contents);
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
