import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {type BuildOptions, build, type OutputFile, type Plugin} from "esbuild";
import manifest from "../../../package.json" with {type: "json"};

/** What goes under /js/v1/, by path below it. */
export type Files = Record<string, Uint8Array>;

/** A file whose text is imported (`names.txt?raw`), as Vite does it. */
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

/** What the code of a page knows of its build, as Vite and esbuild write it in. */
export const publicEnv = () => ({
  "import.meta.env.PUBLIC_PROBE": JSON.stringify(process.env.PROBE === "1" ? "1" : ""),
  "import.meta.env.PUBLIC_VERSION": JSON.stringify(manifest.version),
});

/** How all of these are bundled. */
export const options = (root: string): BuildOptions & {write: false} => ({
  absWorkingDir: root,
  bundle: true,
  write: false,
  minify: true,
  charset: "utf8",
  target: "es2022",
  legalComments: "none",
  outdir: join(root, "v1"),
  plugins: [rawText, inlineSheets(root)],
  define: publicEnv(),
});

const named = (root: string, files: readonly OutputFile[]): Files =>
  Object.fromEntries(files.map(({path, contents}) => [path.slice(join(root, "v1").length + 1), contents]));

/** One bundle of what a line of TypeScript imports, as text. */
export const code = async (root: string, contents: string, more: BuildOptions = {}): Promise<string> => {
  const {outputFiles} = await build({
    ...options(root),
    ...more,
    plugins: [...(more.plugins ?? []), ...options(root).plugins!],
    stdin: {contents, resolveDir: join(root, "src"), loader: "ts"},
    write: false,
  });
  return outputFiles[0]!.text;
};

/** Modules under src do nothing when they are loaded, so a worker holds none of those its model names and compute does not use. */
export const onlyWhatIsUsed: Plugin = {
  name: "only what is used",
  setup(esbuild) {
    esbuild.onResolve({filter: /^\.\.?\/.*\.ts$/}, ({path, resolveDir}) => ({
      path: join(resolveDir, path),
      sideEffects: false,
    }));
  },
};

/** A classic script has its model in the worker's text and in a script beside it, and none of the others. */
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
 * A style sheet as text. Lengths in rem become px: the root of a foreign page has any size its author liked, and a
 * widget of 62.5% is one nobody can read.
 */
const inlineSheets = (root: string): Plugin => ({
  name: "style sheets as text",
  setup(esbuild) {
    esbuild.onResolve({filter: /\.css\?inline$/}, ({path, resolveDir}) => ({
      path: join(resolveDir, path.replace("?inline", "")),
      namespace: "sheet",
    }));
    esbuild.onLoad({filter: /./, namespace: "sheet"}, async ({path}) => {
      const {outputFiles} = await build({...options(root), entryPoints: [path]});
      const text = outputFiles[0]!.text.replace(/(\d*\.?\d+)rem\b/g, (_, rem) => `${Number((rem * 16).toFixed(3))}px`);
      return {contents: text.trim(), loader: "text"};
    });
  },
});

/** What a page that holds our frames may load, to give each the height it asks for. */
export async function hostScript(root: string): Promise<Files> {
  const text = await code(root, 'import "./make/embeds/host-entry.ts";', {format: "iife"});
  return {"lora-embed.js": Buffer.from(text)};
}

/** The element for foreign pages: one small module, the shell, each widget and each model in chunks of their own; and its worker. */
export async function element(root: string): Promise<Files> {
  const {outputFiles} = await build({
    ...options(root),
    entryPoints: {
      "lora-widget": join(root, "src/make/embeds/element-entry.ts"),
      "lora-worker": join(root, "src/widgets/worker.ts"),
    },
    format: "esm",
    splitting: true,
    chunkNames: "[name]-[hash]",
  });
  return named(root, outputFiles);
}

/** The element is the file beside this one, and is loaded once for both. */
const elementBeside: Plugin = {
  name: "the element is beside",
  setup(esbuild) {
    esbuild.onResolve({filter: /\/element-entry\.ts$/}, () => ({path: "./lora-widget.js", external: true}));
  },
};

/** The module that shows the element to notebooks. A copy of it knows the site's root by `home`. */
export async function notebook(root: string, home = ""): Promise<Files> {
  const text = await code(root, 'export {default} from "./make/embeds/anywidget-entry.ts";', {
    format: "esm",
    plugins: [elementBeside],
    define: {...publicEnv(), "import.meta.env.PUBLIC_HOME": JSON.stringify(home)},
  });
  return {"lora.anywidget.mjs": Buffer.from(text)};
}
