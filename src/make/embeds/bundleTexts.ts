import {basename, join} from "node:path";
import {type BuildOptions, build, type Plugin} from "esbuild";
import {options} from "./bundle.ts";

/** Bundles of what lines of TypeScript import, by name, made together: a file that many of them hold is read once. */
export async function codes(root: string, lines: ReadonlyMap<string, string>, more: BuildOptions): Promise<string[]> {
  const given: Plugin = {
    name: "entries as given",
    setup(esbuild) {
      esbuild.onResolve({filter: /^given:/}, ({path}) => ({path: path.slice("given:".length), namespace: "given"}));
      esbuild.onLoad({filter: /./, namespace: "given"}, ({path}) => ({
        contents: lines.get(path),
        resolveDir: join(root, "src"),
        loader: "ts",
      }));
    },
  };
  const {outputFiles} = await build({
    ...options(root),
    ...more,
    plugins: [given, ...(more.plugins ?? []), ...options(root).plugins!],
    entryPoints: Object.fromEntries([...lines.keys()].map((name) => [name, `given:${name}`])),
    write: false,
  });
  const texts = new Map(outputFiles.map(({path, text}) => [basename(path, ".js"), text]));
  return [...lines.keys()].map((name) => texts.get(name)!);
}

/** A style sheet with all it imports, as text. */
export async function sheetText(root: string, path: string): Promise<string> {
  const {outputFiles} = await build({...options(root), entryPoints: [join(root, path)]});
  return outputFiles[0]!.text.trim();
}
