/** Builds the engine as a package: JavaScript with types, file by file, one main entry, and the command `lora-live`. */
import {copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join, posix, sep} from "node:path";
import ts from "typescript";
import {declarationsOf} from "../../site/reference/declarations.ts";
import {isPublic, publicName} from "../../site/reference/publicName.ts";

const compilerOptions: ts.CompilerOptions = {
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
 * The lines of an entry that exports what is public in these files (path → text), without types if it is a script. A name that two files export is ambiguous
 * and left out; users import it from its file.
 */
export function entryLines(sources: ReadonlyMap<string, string>, withTypes: boolean): string[] {
  const files = [...sources].map(([path, text]) => ({
    path: path.replace(/\.ts$/, ".js"),
    exported: declarationsOf(path, text).declarations.filter(({name}) => isPublic(path, name)),
  }));
  /** How many files export each name. */
  const fileCounts = new Map<string, number>();
  for (const {name} of files.flatMap(({exported}) => exported)) fileCounts.set(name, (fileCounts.get(name) ?? 0) + 1);
  return files.flatMap(({path, exported}) => {
    const unambiguous = exported.filter(({name, kind}) => fileCounts.get(name) === 1 && (withTypes || kind !== "type"));
    const names = unambiguous.map(({name, kind}) => (kind === "type" ? `type ${name}` : name));
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
    {...compilerOptions, rootDir: from, outDir: to},
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

/** Compiles the command into the folder `bin` of `to`; its imports from the engine become imports from the package. */
function buildCommand(from: string, to: string): void {
  mkdirSync(join(to, "bin"), {recursive: true});
  for (const file of readdirSync(from).filter((name) => name.endsWith(".ts"))) {
    const {outputText} = ts.transpileModule(readFileSync(join(from, file), "utf8"), {
      compilerOptions: {...compilerOptions, declaration: false},
    });
    writeFileSync(join(to, "bin", file.replace(/\.ts$/, ".js")), outputText.replaceAll("../../../engine/", "../"));
  }
}

/**
 * Builds the package of the project in `root`, ready for `npm pack`: the engine, the command `lora-live`, a README, a
 * changelog, a license and a package.json.
 */
export function buildEnginePackage(root: string, to: string): void {
  buildEngine(join(root, "src/engine"), to);
  buildCommand(join(root, "src/embed/packages/command"), to);
  for (const file of ["README.md", "CHANGELOG.md"]) copyFileSync(join(root, "src/engine", file), join(to, file));
  copyFileSync(join(root, "LICENSE"), join(to, "LICENSE"));
  const {name, version, engines} = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const entry = (path: string) => ({types: `./${path}.d.ts`, default: `./${path}.js`});
  const manifest = {
    name,
    version,
    description: "LoRA, its relatives and the files of adapters: typed arrays in, typed arrays out, no dependency.",
    license: "MIT",
    type: "module",
    sideEffects: false,
    bin: {"lora-live": "./bin/loraLive.js"},
    exports: {"./engine": entry("index"), "./engine/*": entry("*")},
    engines,
  };
  writeFileSync(join(to, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
