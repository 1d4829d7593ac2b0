import {execFileSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {basename, join} from "node:path";
import ts from "typescript";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {publicName} from "../../../src/components/reference/publicName.ts";
import {exampleIn, runExample} from "../../../src/components/reference/readmeExample.ts";
import {buildEngine, entryLines} from "../../../src/make/scripts/enginePackage.ts";

const root = new URL("../../..", import.meta.url).pathname;
const example = exampleIn(readFileSync(join(root, "src/engine/README.md"), "utf8"));

mkdirSync(join(root, "tests/results"), {recursive: true});
const place = mkdtempSync(join(root, "tests/results/package-"));
afterAll(() => rmSync(place, {recursive: true, force: true}));

/** What TypeScript reports about these files in a strict project of somebody else. */
function typeProblems(files: Readonly<Record<string, string>>): string[] {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
  const program = ts.createProgram(
    Object.keys(files).map((file) => join(place, file)),
    {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
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

  test("has the engine, its license and nothing of the site", () => {
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

  test("runs the README's example in plain Node with the output that the README shows", () => {
    expect(example.code.trim().split("\n")).toHaveLength(10);
    expect(printed(example.code)).toBe(example.prints);
  });

  const all = 'import {identity, frobenius} from "lora-live/engine";\nconsole.log(frobenius(identity(9)));\n';

  test("has one entry for all of it", () => expect(printed(all)).toBe("3\n"));

  test("has types for the example and for the one entry, and they refuse a wrong call", () => {
    const problems = typeProblems({
      "example.ts": example.code,
      "entry.ts": `import type {Lora} from "lora-live/engine";\n${all}export type Rank = Lora["r"];\n`,
      "wrong.ts": example.code.replace("mulberry32(7)", 'mulberry32("7")'),
    });
    expect(problems).toEqual(["wrong.ts: Argument of type 'string' is not assignable to parameter of type 'number'."]);
  });
});

test("the example also runs on the source files, with the same output", () => {
  expect(runExample(example, root)).toBe(example.prints);
  expect(() => runExample({...example, code: "nothing();"}, root)).toThrow(
    /does not run:[\s\S]*nothing is not defined/,
  );
});

test("a README without the example is an error that says what is missing", () => {
  expect(() => exampleIn("## The engine by itself\n\n```ts\n1;\n```\n\n## Next\n\n```text\n1\n```\n")).toThrow(
    /needs a ts block, the example, and a text block/,
  );
});

test("the entry leaves out a name that two files export", () => {
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

test("source that does not compile stops the build with the compiler's message", () => {
  const from = join(place, "broken");
  mkdirSync(from);
  writeFileSync(join(from, "a.ts"), 'export const one: number = "1";\n');
  expect(() => buildEngine(from, join(place, "out"))).toThrow(/a\.ts\(1,14\).*Type 'string' is not assignable/);
});
