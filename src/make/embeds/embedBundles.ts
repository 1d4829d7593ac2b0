import {readFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {build, type Plugin} from "esbuild";
import {code, type Files, modelsElsewhere, onlyWhatIsUsed, options} from "./bundles.ts";

/** The style sheet of a widget's embed page. */
export async function embedSheet(root: string, name: string, parts: readonly string[]): Promise<Files> {
  const own = parts.map((part) => `@import "./parts/${part}.css";`).join("");
  const {outputFiles} = await build({
    ...options(root),
    stdin: {contents: `@import "./embed.css";${own}`, resolveDir: join(root, "src/styles"), loader: "css"},
  });
  return {[`embed/${name}.css`]: outputFiles[0]!.contents};
}

/** What a reader may never press and a host may never ask for: the toolbar's tools, and who hears orders. */
const LATER = ["./shell/take/take.ts", "./frame/orders.ts"];

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
    esbuild.onResolve({filter: /\/(take|orders)\.ts$/}, ({kind, path}) => {
      const module = LATER.find((one) => one.endsWith(path.slice(path.lastIndexOf("/"))));
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
    ? await model(
        `import {work} from "./make/embeds/embed-worker.ts"; work({compute: model.compute, ready: model.ready});`,
      )
    : undefined;
  const text = await code(
    root,
    `import {embed} from "./make/embeds/embed-entry.ts"; import w from "./widgets/${name}/widget.ts";
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
