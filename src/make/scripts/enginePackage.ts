// `npm run engine` writes the engine as JavaScript with types to dist-engine/, file by file, and one entry for all of it.
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join, posix, sep} from "node:path";
import ts from "typescript";
import {declared} from "../../components/reference/declarations.ts";
import {publicName} from "../../components/reference/publicName.ts";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  types: [],
  strict: true,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: true,
  declaration: true,
};

/**
 * The lines of an entry that exports everything from these files (path → text). A name that two files export is ambiguous and
 * left out; users import it from its file.
 */
export function entryLines(sources: ReadonlyMap<string, string>, types: boolean): string[] {
  const files = [...sources].map(([path, text]) => ({
    path: path.replace(/\.ts$/, ".js"),
    exported: declared(path, text).declarations,
  }));
  const count = new Map<string, number>();
  for (const {name} of files.flatMap(({exported}) => exported)) count.set(name, (count.get(name) ?? 0) + 1);
  return files.flatMap(({path, exported}) => {
    const own = exported.filter(({name, kind}) => count.get(name) === 1 && (types || kind !== "type"));
    const names = own.map(({name, kind}) => (kind === "type" ? `type ${name}` : name));
    return names.length ? [`export {${names.join(", ")}} from "./${path}";`] : [];
  });
}

/**
 * Compiles the TypeScript below `from` into the folder `to`, which is emptied first. A file whose public name differs from its
 * path also gets a file under that name, which re-exports it. Throws with the compiler's messages.
 */
export function buildEngine(from: string, to: string): void {
  const paths = readdirSync(from, {recursive: true, encoding: "utf8"})
    .map((path) => path.replaceAll(sep, "/"))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".as.ts"))
    .sort();
  const program = ts.createProgram(
    paths.map((path) => join(from, path)),
    {...options, rootDir: from, outDir: to},
  );
  rmSync(to, {recursive: true, force: true});
  mkdirSync(to, {recursive: true});
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length)
    throw new Error(
      ts.formatDiagnostics(problems, {
        getCurrentDirectory: () => from,
        getCanonicalFileName: (path) => path,
        getNewLine: () => "\n",
      }),
    );
  const sources = new Map(paths.map((path) => [path, readFileSync(join(from, path), "utf8")]));
  for (const path of paths) {
    const name = publicName(path);
    if (name === path.replace(/\.ts$/, "")) continue;
    mkdirSync(dirname(join(to, name)), {recursive: true});
    const line = `export * from "${posix
      .relative(posix.dirname(name), path)
      .replace(/^(?!\.)/, "./")
      .replace(/ts$/, "js")}";\n`;
    for (const ending of [".js", ".d.ts"]) writeFileSync(join(to, name + ending), line);
  }
  writeFileSync(join(to, "index.js"), `${entryLines(sources, false).join("\n")}\n`);
  writeFileSync(join(to, "index.d.ts"), `${entryLines(sources, true).join("\n")}\n`);
}

if (import.meta.main) {
  const root = new URL("../../..", import.meta.url).pathname;
  buildEngine(join(root, "src/engine"), join(root, "dist-engine"));
}
