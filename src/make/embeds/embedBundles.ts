import {readFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {build, type Plugin} from "esbuild";
import {bundleText, type Files, modelsElsewhere, onlyWhatIsUsed, optionsFor, withoutLater} from "./bundle.ts";

/** The style sheet of a widget's embed page. */
export async function embedSheet(root: string, name: string, parts: readonly string[]): Promise<Files> {
  const imports = ["embed.css", ...parts.map((part) => `parts/${part}.css`)].map((path) => `@import "./${path}";`);
  const stdin = {contents: imports.join(""), resolveDir: join(root, "src/styles"), loader: "css"} as const;
  const {outputFiles} = await build(optionsFor(root, {stdin}));
  return {[`embed/${name}.css`]: outputFiles[0]!.contents};
}

/**
 * Embed pages load take.ts and orders.ts on first use. A frame on a foreign page may not import modules, so the build replaces
 * `import("…/take.ts")` by `loadTake()` (embed-entry.ts), which loads the classic script that `takeScript` makes.
 */
const takeElsewhere: Plugin = {
  name: "take.ts and orders.ts are elsewhere",
  setup(esbuild) {
    esbuild.onLoad({filter: /\/src\/(shell|frame)\/.*\.ts$/}, async ({path}) => ({
      contents: withoutLater(
        (await readFile(path, "utf8")).replace(/(?<!typeof )\bimport\("[^"]*\/(take|orders)\.ts"\)/g, "loadTake()"),
      ),
      loader: "ts",
    }));
    esbuild.onResolve({filter: /\/(take|orders)\.ts$/}, ({kind}) =>
      kind === "dynamic-import" ? {errors: [{text: "write the import() of this file as one string"}]} : undefined,
    );
  },
};

/** What every embed page may load later, as one classic script. */
export async function takeScript(root: string): Promise<Files> {
  const text = await bundleText(root, 'import "./make/embeds/take-entry.ts";', {format: "iife"});
  return {"embed/take.js": Buffer.from(text)};
}

/**
 * Keeps the files that a model loads while it runs (weights, word lists) out of the worker's text: they come from a script
 * that sets `globalThis.loraData`. `found` receives their texts as JSON, by file name.
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

/** The texts of a heavy widget's worker and of the script with its model, and the data that both load, as JSON by file name. */
async function modelScripts(root: string, name: string) {
  const data = new Map<string, string>();
  const bundled = (use: string) =>
    bundleText(root, `import * as model from "./widgets/${name}/model.ts"; ${use}`, {
      format: "iife",
      plugins: [dataElsewhere(data), onlyWhatIsUsed],
      // Most models have nothing to make ready.
      logOverride: {"import-is-undefined": "silent"},
    });
  const model = await bundled("globalThis.loraModel = {compute: model.compute, ready: model.ready};");
  const worker = await bundled(
    `import {work} from "./make/embeds/embed-worker.ts"; work({compute: model.compute, ready: model.ready});`,
  );
  return {model, worker, data: [...data].sort()};
}

/**
 * The scripts of a widget's embed page. Always a classic script with all that the page needs. For a heavy widget it holds the
 * worker's text too, and a second script holds the model alone, for frames in which no worker may start. If the model loads
 * data, a third script holds the data and the worker's text.
 */
export async function embedScripts(root: string, name: string, isHeavy: boolean): Promise<Files> {
  const heavy = isHeavy ? await modelScripts(root, name) : undefined;
  const hasData = heavy !== undefined && heavy.data.length > 0;
  const page = await bundleText(
    root,
    `import {embed} from "./make/embeds/embed-entry.ts"; import w from "./widgets/${name}/widget.ts";
     embed(${JSON.stringify(name)}, w, ${JSON.stringify(hasData ? "beside" : heavy?.worker)});`,
    {format: "iife", plugins: [modelsElsewhere, dataElsewhere(new Map()), takeElsewhere]},
  );
  const files: Files = {[`embed/${name}.js`]: Buffer.from(page)};
  if (heavy) files[`embed/${name}.model.js`] = Buffer.from(heavy.model);
  if (hasData) {
    const entries = heavy.data.map(([file, value]) => `${JSON.stringify(file)}:${value}`);
    const text = `globalThis.loraData={${entries.join()}};globalThis.loraWorker=${JSON.stringify(heavy.worker)};\n`;
    files[`embed/${name}.data.js`] = Buffer.from(text);
  }
  return files;
}
