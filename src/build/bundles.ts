import {readFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {type BuildOptions, build, type OutputFile, type Plugin} from "esbuild";
import manifest from "../../package.json" with {type: "json"};

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

/** The style sheet of a widget's embed page. */
export async function embedSheet(root: string, name: string, parts: readonly string[]): Promise<Files> {
  const own = parts.map((part) => `@import "./parts/${part}.css";`).join("");
  const {outputFiles} = await build({
    ...options(root),
    stdin: {contents: `@import "./embed.css";${own}`, resolveDir: join(root, "src/styles"), loader: "css"},
  });
  return {[`embed/${name}.css`]: outputFiles[0]!.contents};
}

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
    // The engine has a models.ts too, of real models' shapes, and imports it at once.
    esbuild.onResolve({filter: /^\.\/models\.ts$/}, ({kind, path}) =>
      kind === "dynamic-import" ? {path, namespace: "elsewhere"} : undefined,
    );
    esbuild.onLoad({filter: /./, namespace: "elsewhere"}, () => ({contents: ""}));
  },
};

/** What a reader may never press and a host may never ask for: the toolbar's tools, and who hears orders. */
const LATER = ["./widgets/take.ts", "./frame/desk.ts"];

/** Names that these modules give, by module. */
export async function exportsOfLater(root: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const entryPoints = LATER.map((path) => join(root, "src", path));
  const {metafile} = await build({...options(root), entryPoints, format: "esm", metafile: true});
  const {outputs} = metafile;
  return new Map(
    LATER.map((path) => [
      path,
      Object.values(outputs).find(({entryPoint}) => entryPoint?.endsWith(path.slice(1)))!.exports,
    ]),
  );
}

/**
 * Embed pages share one script with what is asked for later. Their own scripts have functions of the same names in its
 * place, which load it on the first call: so each of its exports is a function that gives a promise.
 */
const laterElsewhere = (names: ReadonlyMap<string, readonly string[]>): Plugin => ({
  name: "what is asked for later is elsewhere",
  setup(esbuild) {
    esbuild.onResolve({filter: /^\.\/(take|desk)\.ts$/}, ({kind, path}) => {
      const module = LATER.find((one) => one.endsWith(path.slice(1)));
      return kind === "dynamic-import" ? {path: module, namespace: "later"} : undefined;
    });
    esbuild.onLoad({filter: /./, namespace: "later"}, ({path}) => ({
      contents: names
        .get(path)!
        .map((name) => `export const ${name} = async (...given) => (await loadTake()).${name}(...given);`)
        .join("\n"),
    }));
  },
});

/** What every embed page may load later, as one classic script. */
export async function takeScript(root: string): Promise<Files> {
  const modules = LATER.map((path, i) => `import * as m${i} from "${path}";`);
  const text = await code(
    root,
    `${modules.join("")} globalThis.loraTake = {${LATER.map((_, i) => `...m${i}`).join()}};`,
    {format: "iife"},
  );
  return {"embed/take.js": Buffer.from(text)};
}

/**
 * What a model loads while it runs (weights, word lists) is in a script of its own and not in the worker's text: `found`
 * takes each file by the name under which `globalThis.loraData` has it.
 */
const dataElsewhere = (found: Map<string, string>): Plugin => ({
  name: "the data is elsewhere",
  setup(esbuild) {
    esbuild.onResolve({filter: /\.weights\.json$|\.txt\?raw$/}, ({kind, path, resolveDir}) =>
      kind === "dynamic-import" ? {path: join(resolveDir, path.replace("?raw", "")), namespace: "data"} : undefined,
    );
    esbuild.onLoad({filter: /./, namespace: "data"}, async ({path}) => {
      const text = await readFile(path, "utf8");
      found.set(basename(path), path.endsWith(".json") ? JSON.stringify(JSON.parse(text)) : JSON.stringify(text));
      return {contents: `export default globalThis.loraData[${JSON.stringify(basename(path))}];`};
    });
  },
});

/**
 * The classic script of a widget's embed page with all that it needs, the worker's text included; for a heavy widget a
 * second one with its model alone, for a frame in which no worker may start; and where that model loads data, a third
 * with the data, which then has the worker's text too.
 */
export async function embedScripts(
  root: string,
  name: string,
  isHeavy: boolean,
  later: ReturnType<typeof exportsOfLater>,
): Promise<Files> {
  const data = new Map<string, string>();
  const model = (use: string) =>
    code(root, `import * as model from "./widgets/${name}/model.ts"; ${use}`, {
      format: "iife",
      plugins: [dataElsewhere(data), onlyWhatIsUsed],
      // Most models have nothing to make ready.
      logOverride: {"import-is-undefined": "silent"},
    });
  const beside = isHeavy ? await model("globalThis.loraModel = {compute: model.compute, ready: model.ready};") : "";
  const worker = isHeavy
    ? await model(`import {work} from "./build/embed-worker.ts"; work({compute: model.compute, ready: model.ready});`)
    : undefined;
  const text = await code(
    root,
    `import {embed} from "./build/embed-entry.ts"; import w from "./widgets/${name}/widget.ts";
     embed(${JSON.stringify(name)}, w, ${JSON.stringify(data.size > 0 ? "beside" : worker)});`,
    {format: "iife", plugins: [modelsElsewhere, dataElsewhere(new Map()), laterElsewhere(await later)]},
  );
  const entries = [...data].sort().map(([file, value]) => `${JSON.stringify(file)}:${value}`);
  return {
    [`embed/${name}.js`]: Buffer.from(text),
    ...(isHeavy && {[`embed/${name}.model.js`]: Buffer.from(beside)}),
    ...(entries.length > 0 && {
      [`embed/${name}.data.js`]: Buffer.from(
        `globalThis.loraData={${entries.join(",")}};globalThis.loraWorker=${JSON.stringify(worker)};\n`,
      ),
    }),
  };
}

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
  const text = await code(root, 'import "./build/host-entry.ts";', {format: "iife"});
  return {"lora-embed.js": Buffer.from(text)};
}

/** The element for foreign pages: one small module, the shell, each widget and each model in chunks of their own; and its worker. */
export async function element(root: string): Promise<Files> {
  const {outputFiles} = await build({
    ...options(root),
    entryPoints: {
      "lora-widget": join(root, "src/build/element-entry.ts"),
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

/** The module that shows the element to notebooks. */
export async function notebook(root: string): Promise<Files> {
  const text = await code(root, 'export {default} from "./build/anywidget-entry.ts";', {
    format: "esm",
    plugins: [elementBeside],
  });
  return {"lora.anywidget.mjs": Buffer.from(text)};
}
