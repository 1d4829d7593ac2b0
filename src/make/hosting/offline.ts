import {createHash} from "node:crypto";
import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";
import type {AstroIntegration} from "astro";
import {build} from "esbuild";

/** What is not kept: what other sites load, what is taken along once, what hosts and programs read. A host may answer 404 for the page of that name. */
const elsewhere =
  /^(embed|js|oembed|og|download|anki|licenses)\/|^print\/|^sw\.js$|^_headers$|\.(xml|txt|json|bib|csv)$|^404\.html$|^\.nojekyll$/;

/** A name that says what is in the file needs no other mark. */
const isNamedByContent = /^_astro\/.*\.[\w-]{8}\.\w+$/;

/** Which files of a built site a reader may keep: every page with all it loads. */
export const isKept = (file: string): boolean => !elsewhere.test(file);

interface Kept {
  url: string;
  /** What tells versions of one name apart. */
  revision: string | null;
  /** What is in it: a host that is in the midst of an update may send another version. */
  hash: string;
}

/** The files to keep, in order, and what they weigh as they are sent (gzip). */
export async function keptFiles(folder: string): Promise<{files: Kept[]; bytes: number}> {
  const names = (await readdir(folder, {recursive: true, withFileTypes: true}))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/").replace(/^\//, ""))
    .filter(isKept)
    .sort();
  let bytes = 0;
  const files: Kept[] = [];
  for (const url of names) {
    const text = await readFile(join(folder, url));
    // Fonts and pictures are packed already.
    bytes += /\.(woff2|png)$/.test(url) ? text.length : gzipSync(text).length;
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
    files.push({url, revision: isNamedByContent.test(url) ? null : hash, hash});
  }
  return {files, bytes};
}

/** Writes the service worker of a built site, which keeps it for readers who ask for that, and what it will weigh. */
async function writeKeeper(root: string, folder: string): Promise<void> {
  const {files, bytes} = await keptFiles(folder);
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

/** After everything that writes pages. */
export function offline(): AstroIntegration {
  let root = "";
  return {
    name: "offline",
    hooks: {
      "astro:config:setup": ({config}) => {
        root = fileURLToPath(config.root);
      },
      "astro:build:done": ({dir}) => writeKeeper(root, fileURLToPath(dir)),
    },
  };
}
