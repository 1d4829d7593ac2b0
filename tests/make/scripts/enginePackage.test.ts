import {execFileSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import ts from "typescript";
import {afterAll, beforeAll, describe, expect, test, vi} from "vitest";
import {publicName} from "../../../src/components/reference/publicName.ts";
import {exampleIn, runExample} from "../../../src/components/reference/readmeExample.ts";
import {buildEngine, entryLines} from "../../../src/make/scripts/enginePackage.ts";

const root = new URL("../../..", import.meta.url).pathname;
// npm and the compiler take seconds each, and more of them on a busy machine.
vi.setConfig({testTimeout: 120_000, hookTimeout: 120_000});
const example = exampleIn(readFileSync(join(root, "README.md"), "utf8"));

mkdirSync(join(root, "tests/results"), {recursive: true});
const place = mkdtempSync(join(root, "tests/results/package-"));
afterAll(() => rmSync(place, {recursive: true, force: true}));

/** What a strict stranger's TypeScript says of a file in `place`. */
function typeProblems(file: string, text: string): string[] {
  writeFileSync(join(place, file), text);
  const program = ts.createProgram([join(place, file)], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
    skipLibCheck: false,
    noEmit: true,
  });
  return ts.getPreEmitDiagnostics(program).map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** What plain JavaScript in `place` prints. */
const printed = (code: string) =>
  execFileSync(process.execPath, ["--no-strip-types", "--input-type=module", "-"], {
    cwd: place,
    input: code,
    encoding: "utf8",
  });

describe("the engine as npm packs it", () => {
  beforeAll(() => {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const said = execFileSync(npm, ["pack", "--json", "--silent", "--pack-destination", place], {
      cwd: root,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    const [{filename}] = JSON.parse(said.slice(said.indexOf("[")));
    const home = join(place, "node_modules/lora-live");
    mkdirSync(home, {recursive: true});
    execFileSync("tar", ["-xzf", join(place, filename), "-C", home, "--strip-components=1"]);
    writeFileSync(join(place, "package.json"), '{"type": "module"}');
  });

  test("holds the engine, its license and nothing of the site", () => {
    const folder = join(place, "node_modules/lora-live");
    const files = readdirSync(folder, {recursive: true, encoding: "utf8", withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "dist-engine/lora.js", "dist-engine/lora.d.ts"]));
    expect(files.filter((file) => !/^(LICENSE|README\.md|package\.json|(dist|src)[-/]engine\/)/.test(file))).toEqual(
      [],
    );
    const sources = files.flatMap((file) => /^src\/engine\/(.*(?<!\.as))\.ts$/.exec(file)?.[1] ?? []);
    expect(files).toEqual(expect.arrayContaining(sources.map((path) => `dist-engine/${publicName(path)}.js`)));
  });

  test("runs the README's example in plain Node, which prints what the README says", () => {
    expect(example.code.trim().split("\n")).toHaveLength(10);
    expect(printed(example.code)).toBe(example.prints);
  });

  test("gives the example types, and refuses a wrong call", () => {
    expect(typeProblems("example.ts", example.code)).toEqual([]);
    expect(typeProblems("wrong.ts", example.code.replace("mulberry32(7)", 'mulberry32("7")'))).toEqual([
      "Argument of type 'string' is not assignable to parameter of type 'number'.",
    ]);
  });

  test("gives all of it from one entry", () => {
    const code = 'import {identity, frobenius} from "lora-live/engine";\nconsole.log(frobenius(identity(9)));\n';
    expect(printed(code)).toBe("3\n");
    const typed = `import type {Lora} from "lora-live/engine";\n${code}export type Rank = Lora["r"];\n`;
    expect(typeProblems("entry.ts", typed)).toEqual([]);
  });
});

test("the example runs on the source as it stands, and prints the same", () => {
  expect(runExample(example, root)).toBe(example.prints);
  expect(() => runExample({...example, code: "nothing();"}, root)).toThrow(
    /does not run:[\s\S]*nothing is not defined/,
  );
});

test("a README without the example says what is missing", () => {
  expect(() => exampleIn("## The engine by itself\n\n```ts\n1;\n```\n\n## Next\n\n```text\n1\n```\n")).toThrow(
    /needs a ts block, the example, and a text block/,
  );
});

test("a name that two files export is in no entry", () => {
  const sources = new Map([
    ["a.ts", "export const one = 1;\nexport interface Same {}\n"],
    ["b/c.ts", "export function two() {}\nexport type Same = 1;\n"],
    ["d.ts", "export type Same = 2;\n"],
    ["e.ts", "export type Only = 2;\n"],
  ]);
  expect(entryLines(sources, false)).toEqual(['export {one} from "./a.js";', 'export {two} from "./b/c.js";']);
  expect(entryLines(sources, true)).toEqual([
    'export {one} from "./a.js";',
    'export {two} from "./b/c.js";',
    'export {type Only} from "./e.js";',
  ]);
});

test("source that does not compile stops the build in the compiler's words", () => {
  const from = join(place, "broken");
  mkdirSync(from);
  writeFileSync(join(from, "a.ts"), 'export const one: number = "1";\n');
  expect(() => buildEngine(from, join(place, "out"))).toThrow(/a\.ts\(1,14\).*Type 'string' is not assignable/);
});
