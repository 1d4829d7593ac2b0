import {readFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {build, type Plugin} from "esbuild";
import {code, type Files, modelsElsewhere, onlyWhatIsUsed, options} from "./bundle.ts";

/** The style sheet of a widget's embed page. */
export async function embedSheet(root: string, name: string, parts: readonly string[]): Promise<Files> {
  const own = parts.map((part) => `@import "./parts/${part}.css";`).join("");
  const {outputFiles} = await build({
    ...options(root),
    stdin: {contents: `@import "./embed.css";${own}`, resolveDir: join(root, "src/styles"), loader: "css"},
  });
  return {[`embed/${name}.css`]: outputFiles[0]!.contents};
}

/**
 * Embed pages load take.ts and desk.ts when they are first needed, from the script that `takeScript` makes. In their own
 * scripts `import("…/take.ts")` becomes a call of `loadTake` (embed-entry.ts), because a frame on a foreign page may import no
 * module.
 */
const takeElsewhere: Plugin = {
  name: "take.ts and desk.ts are elsewhere",
  setup(esbuild) {
    esbuild.onLoad({filter: /\/src\/(shell|frame)\/.*\.ts$/}, async ({path}) => ({
      contents: (await readFile(path, "utf8")).replace(/\bimport\("[^"]*\/(take|desk)\.ts"\)/g, "loadTake()"),
      loader: "ts",
    }));
    esbuild.onResolve({filter: /\/(take|desk)\.ts$/}, ({kind}) =>
      kind === "dynamic-import" ? {errors: [{text: `write the import() of this file as one string`}]} : undefined,
    );
  },
};

/** What every embed page may load later, as one classic script. */
export async function takeScript(root: string): Promise<Files> {
  const text = await code(root, 'import "./make/embeds/take-entry.ts";', {format: "iife"});
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
export async function embedScripts(root: string, name: string, isHeavy: boolean): Promise<Files> {
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
    {format: "iife", plugins: [modelsElsewhere, dataElsewhere(new Map()), takeElsewhere]},
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
