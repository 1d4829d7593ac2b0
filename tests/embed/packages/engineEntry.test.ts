/** The README's example and the entry of the engine's package, before anything is built. */
import {execFileSync} from "node:child_process";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {expect, test} from "vitest";
import {entryLines} from "../../../src/embed/packages/enginePackage.ts";
import {publicName} from "../../../src/site/reference/publicName.ts";
import {exampleIn} from "../../../src/site/reference/readmeExample.ts";

const root = new URL("../../..", import.meta.url).pathname;
const example = exampleIn(readFileSync(join(root, "src/engine/README.md"), "utf8"));

test("the example runs on the source files, with the output that the README shows", () => {
  const engine = join(root, "src/engine");
  const paths = readdirSync(engine, {recursive: true, encoding: "utf8"}).filter((path) => path.endsWith(".ts"));
  const homes = new Map(paths.map((path) => [publicName(path), pathToFileURL(join(engine, path)).href]));
  const onSource = example.code.replace(/"lora-live\/engine\/([^"]+)"/g, (_, name: string) =>
    JSON.stringify(homes.get(name)),
  );
  const flags = ["--input-type=module-typescript", "-"];
  expect(execFileSync(process.execPath, flags, {cwd: root, input: onSource, encoding: "utf8"})).toBe(example.prints);
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
