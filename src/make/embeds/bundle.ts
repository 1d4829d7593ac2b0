import {readFile} from "node:fs/promises";
import {basename, join, resolve} from "node:path";
import {type BuildOptions, build, type Plugin} from "esbuild";
import manifest from "../../../package.json" with {type: "json"};
import {targets} from "../guard/browsers.ts";
import {recordBundle} from "../licenses/recordPackages.ts";

/** Files below /js/v1/, by path. */
export type Files = Record<string, Uint8Array>;

/** A file imported as text (`names.txt?raw`), as Vite does it. */
const rawText: Plugin = {
  name: "files as text",
  setup(esbuild) {
    esbuild.onResolve({filter: /\?raw$/}, ({path, resolveDir}) => ({
      path: join(resolveDir, path.replace("?raw", "")),
      namespace: "raw",
    }));
    esbuild.onLoad({filter: /./, namespace: "raw"}, async ({path}) => ({
      contents: await readFile(path, "utf8"),
      loader: "text",
    }));
  },
};

/**
 * The text of a style sheet for a foreign page. Lengths in rem become px, because the root of such a page has any size its author
 * liked, and a widget at 62.5% is unreadable.
 */
export const inlineSheet = async (root: string, path: string): Promise<string> =>
  (await sheetText(root, path)).replace(/(\d*\.?\d+)rem\b/g, (_, rem) => `${Number((rem * 16).toFixed(3))}px`);

/** A style sheet imported as text. */
const inlineSheets = (root: string): Plugin => ({
  name: "style sheets as text",
  setup(esbuild) {
    esbuild.onResolve({filter: /\.css\?inline$/}, ({path, resolveDir}) => ({
      path: join(resolveDir, path.replace("?inline", "")),
      namespace: "sheet",
    }));
    esbuild.onLoad({filter: /./, namespace: "sheet"}, async ({path}) => ({
      contents: await inlineSheet(root, path),
      loader: "text",
    }));
  },
});

/** Modules under src do nothing when they load, so esbuild may drop those that a model imports and does not use. */
export const onlyWhatIsUsed: Plugin = {
  name: "only what is used",
  setup(esbuild) {
    esbuild.onResolve({filter: /^\.\.?\/.*\.ts$/}, ({path, resolveDir}) => ({
      path: join(resolveDir, path),
      sideEffects: false,
    }));
  },
};

/** A classic script has its one model in the worker's text and in a script next to it, so it leaves the registry's out. */
export const modelsElsewhere: Plugin = {
  name: "models are elsewhere",
  setup(esbuild) {
    esbuild.onResolve({filter: /\/widgets\/models\.ts$/}, ({kind, path}) =>
      kind === "dynamic-import" ? {path, namespace: "elsewhere"} : undefined,
    );
    esbuild.onLoad({filter: /./, namespace: "elsewhere"}, () => ({contents: ""}));
  },
};

/**
 * A file of a classic script, which loads nothing later: its `import("…")` are imports at its top. Otherwise esbuild wraps each
 * module that is asked for later, with all that it imports, and drops nothing of them.
 */
export function withoutLater(text: string): string {
  const heads: string[] = [];
  const body = text.replace(/(?<!typeof )\bimport\("([^"]+\.ts)"\)/g, (found, path) => {
    if (/\/models\.ts$/.test(path)) return found;
    // Only our own pages ask for it, and they are made of modules.
    if (/\/ownPage\.ts$/.test(path)) return "Promise.reject()";
    heads.push(`import * as later${heads.length} from "${path}";`);
    return `Promise.resolve(later${heads.length - 1})`;
  });
  return heads.join("") + body;
}

const nothingLater: Plugin = {
  name: "nothing is loaded later",
  setup(esbuild) {
    esbuild.onLoad({filter: /\/src\/(shell|frame|widgets)\/.*\.ts$/}, async ({path}) => ({
      contents: withoutLater(await readFile(path, "utf8")),
      loader: "ts",
    }));
  },
};

/**
 * d3-array is one file that calls functions at its top, for what no figure uses. esbuild keeps what may have an effect, so each
 * such constant becomes a call that is known to have none, and goes where nothing asks for it.
 */
export const withoutEffects = (text: string): string =>
  text.replace(/^(const|var) (\w+) = (\w+(?:\([\w.]*\))?(?:\.\w+)?);$/gm, "$1 $2 = /* @__PURE__ */ (() => $3)();");

const constantsWithoutEffects: Plugin = {
  name: "constants have no effects",
  setup(esbuild) {
    esbuild.onLoad({filter: /[\\/]d3-array\.mjs$/}, async ({path}) => ({
      contents: withoutEffects(await readFile(path, "utf8")),
    }));
  },
};

/** Constants that a build writes into the code of a page: Vite for the site, esbuild for everything here. */
export const publicEnv = () => ({
  "import.meta.env.PUBLIC_PROBE": JSON.stringify(process.env.PROBE === "1" ? "1" : ""),
  "import.meta.env.PUBLIC_VERSION": JSON.stringify(manifest.version),
});

/** The options of every bundle; plugins in `more` come first. A bundle with a global name is run by the build and not shipped. */
export const optionsFor = (root: string, more: BuildOptions): BuildOptions & {write: false} => ({
  absWorkingDir: root,
  bundle: true,
  minify: true,
  charset: "utf8",
  target: targets,
  legalComments: "none",
  outdir: join(root, "v1"),
  loader: {".woff2": "dataurl"},
  define: publicEnv(),
  ...more,
  plugins: [
    ...(more.plugins ?? []),
    rawText,
    constantsWithoutEffects,
    inlineSheets(root),
    ...(more.globalName ? [] : [...(more.format === "iife" ? [nothingLater] : []), recordBundle()]),
  ],
  write: false,
});

/** One bundle of what these lines of TypeScript import, as text. Paths in them start at src/. */
export async function bundleText(root: string, contents: string, more: BuildOptions): Promise<string> {
  const stdin = {contents, resolveDir: join(root, "src"), loader: "ts"} as const;
  const {outputFiles} = await build(optionsFor(root, {...more, stdin}));
  return outputFiles[0]!.text;
}

/** Many such bundles by name, made in one build that reads a shared file once. */
export async function bundleTexts(
  root: string,
  entries: ReadonlyMap<string, string>,
  more: BuildOptions,
): Promise<string[]> {
  const entryTexts: Plugin = {
    name: "entries as text",
    setup(esbuild) {
      esbuild.onResolve({filter: /^entry:/}, ({path}) => ({path: path.slice("entry:".length), namespace: "entry"}));
      esbuild.onLoad({filter: /./, namespace: "entry"}, ({path}) => ({
        contents: entries.get(path),
        resolveDir: join(root, "src"),
        loader: "ts",
      }));
    },
  };
  const names = [...entries.keys()];
  const entryPoints = Object.fromEntries(names.map((name) => [name, `entry:${name}`]));
  const plugins = [entryTexts, ...(more.plugins ?? [])];
  const {outputFiles} = await build(optionsFor(root, {...more, plugins, entryPoints}));
  const texts = new Map(outputFiles.map(({path, text}) => [basename(path, ".js"), text]));
  return names.map((name) => texts.get(name)!);
}

/** A style sheet with all it imports, as text. */
export async function sheetText(root: string, path: string): Promise<string> {
  const {outputFiles} = await build(optionsFor(root, {entryPoints: [resolve(root, path)]}));
  return outputFiles[0]!.text.trim();
}
