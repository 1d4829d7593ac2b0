import {execFileSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {basename, join} from "node:path";
import {build} from "esbuild";
import ts from "typescript";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {buildEngine, buildEnginePackage} from "../../../src/embed/packages/enginePackage.ts";
import {publicName} from "../../../src/site/reference/publicName.ts";
import {exampleIn} from "../../../src/site/reference/readmeExample.ts";

const root = new URL("../../..", import.meta.url).pathname;
const readme = readFileSync(join(root, "src/engine/README.md"), "utf8");
const example = exampleIn(readme);

mkdirSync(join(root, "tests/results"), {recursive: true});
const place = mkdtempSync(join(root, "tests/results/package-"));
afterAll(() => rmSync(place, {recursive: true, force: true}));

/** What TypeScript reports about these files in a strict project of somebody else, which is for no browser. */
function typeProblems(files: Readonly<Record<string, string>>): string[] {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
  const program = ts.createProgram(
    Object.keys(files).map((file) => join(place, file)),
    {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ["lib.es2023.d.ts"],
      types: [],
      strict: true,
      noEmit: true,
    },
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({file, messageText}) => `${basename(file!.fileName)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

/** The output of plain JavaScript in that project. */
const printed = (code: string, ...args: string[]) =>
  execFileSync(process.execPath, ["--no-strip-types", "--input-type=module", "-", ...args], {
    cwd: place,
    input: code,
    encoding: "utf8",
  });

describe("the engine as npm packs it", () => {
  beforeAll(() => {
    const built = join(place, "built");
    buildEnginePackage(root, built);
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const said = execFileSync(npm, ["pack", "--json", "--silent", "--pack-destination", place], {
      cwd: built,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    const [{filename}] = JSON.parse(said.slice(said.indexOf("[")));
    const home = join(place, "node_modules/lora-live");
    mkdirSync(home, {recursive: true});
    execFileSync("tar", ["-xzf", join(place, filename), "-C", home, "--strip-components=1"]);
    writeFileSync(join(place, "package.json"), '{"type": "module"}');
  });

  test("has the engine, its license and nothing of the site", () => {
    const folder = join(place, "node_modules/lora-live");
    const files = readdirSync(folder, {recursive: true, encoding: "utf8", withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    expect(files.filter((file) => !/\.(js|d\.ts)$/.test(file)).sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "package.json",
    ]);
    const sources = readdirSync(join(root, "src/engine"), {recursive: true, encoding: "utf8"});
    const names = sources.flatMap((path) => (/(?<!\.as)\.ts$/.test(path) ? publicName(path) : []));
    expect(files).toEqual(expect.arrayContaining(names.flatMap((name) => [`${name}.js`, `${name}.d.ts`])));
    expect(readFileSync(join(folder, "README.md"), "utf8")).toBe(readme);
  });

  test("runs the README's example in plain Node with the output that the README shows", () => {
    expect(example.code.trim().split("\n")).toHaveLength(10);
    expect(printed(example.code)).toBe(example.prints);
  });

  const all = 'import {identity, frobenius} from "lora-live/engine";\nconsole.log(frobenius(identity(9)));\n';

  test("has one entry for all of it, without what only the engine uses and the names of Math", () => {
    expect(printed(all)).toBe("3\n");
    const names: string[] = JSON.parse(
      printed('import * as all from "lora-live/engine";\nconsole.log(JSON.stringify(Object.keys(all)));\n'),
    );
    const due = ["matrix", "svd", "merge", "readAdapter", "writeAdapter", "readSafetensors", "train", "createKernels"];
    expect(names).toEqual(expect.arrayContaining(due));
    const math = Object.getOwnPropertyNames(Math);
    const inside = ["LEAST_SQUARE", "fallback", "base64", "fromBase64", "lastOf", "needFinite", "parseJson", "shown"];
    expect(names.filter((name) => math.includes(name) || inside.includes(name))).toEqual([]);
    expect(printed('import {exp} from "lora-live/engine/elementary";\nconsole.log(exp(0));\n')).toBe("1\n");
  });

  test("lets a bundler drop what is not used", async () => {
    const size = async (from: string) => {
      const contents = `import {effectiveRank} from "${from}";\nconsole.log(effectiveRank(Float64Array.of(2, 1)));\n`;
      const stdin = {contents, resolveDir: place};
      const {outputFiles} = await build({stdin, bundle: true, minify: true, format: "esm", write: false});
      return outputFiles[0]!.contents.length;
    };
    const alone = await size("lora-live/engine/spectrum");
    expect(alone).toBeLessThan(1500);
    expect(await size("lora-live/engine")).toBe(alone);
  });

  test("opens an adapter by the README's second example", () => {
    const code = /^## Open an adapter\n[\s\S]*?^```js\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? "";
    const folder = join(root, "tests/fixtures/adapters/experts");
    expect(printed(code, folder).trim().split("\n").slice(-1)[0]).toMatch(
      /^model\.layers\.0\.self_attn\.q_proj 4 [1-4]\.\d\d$/,
    );
  });

  test("has the command lora-live, which opens an adapter", () => {
    const {bin} = JSON.parse(readFileSync(join(place, "node_modules/lora-live/package.json"), "utf8"));
    const command = join(place, "node_modules/lora-live", bin["lora-live"]);
    const said = (...words: string[]) =>
      execFileSync(process.execPath, ["--no-strip-types", command, ...words], {encoding: "utf8"});
    expect(said("--help")).toContain("lora-live inspect FILE");
    const file = join(root, "tests/fixtures/inspect/kohya.safetensors");
    expect(said("inspect", file)).toContain("kohya in safetensors");
    expect(JSON.parse(said("inspect", file, "--json")).modules).toHaveLength(4);
  });

  test("inspects a file by the README's third example", () => {
    const code = /^## Inspect a file[\s\S]*?^```js\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? "";
    const file = join(root, "tests/fixtures/inspect/xlabs.safetensors");
    expect(printed(code, file).split("\n")[0]).toBe("[ 'XLabs' ] [ [ 4, 2 ] ]");
  });

  test("has types for the example and for the one entry, and they refuse a wrong call", () => {
    const problems = typeProblems({
      "host.d.ts": "declare const console: {log(...values: unknown[]): void};\n",
      "example.ts": example.code,
      "entry.ts": `import type {Lora} from "lora-live/engine";\n${all}export type Rank = Lora["r"];\n`,
      "wrong.ts": example.code.replace("mulberry32(7)", 'mulberry32("7")'),
    });
    expect(problems).toEqual(["wrong.ts: Argument of type 'string' is not assignable to parameter of type 'number'."]);
  });

  test("has types in every file that need no DOM", () => {
    const folder = join(place, "node_modules/lora-live");
    const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).filter((file) => file.endsWith(".d.ts"));
    const lines = files.map((file) => `import type {} from "lora-live/engine/${file.replace(/\.d\.ts$/, "")}";\n`);
    expect(typeProblems({"every.ts": lines.join("")})).toEqual([]);
  });
});

test("source that does not compile stops the build with the compiler's message", () => {
  const from = join(place, "broken");
  mkdirSync(from);
  writeFileSync(join(from, "a.ts"), 'export const one: number = "1";\n');
  expect(() => buildEngine(from, join(place, "out"))).toThrow(/a\.ts\(1,14\).*Type 'string' is not assignable/);
});
