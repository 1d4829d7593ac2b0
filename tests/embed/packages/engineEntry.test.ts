/** The README's example and the entry of the engine's package, before anything is built. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {entryLines} from "../../../src/embed/packages/enginePackage.ts";
import {exampleIn, runExample} from "../../../src/site/reference/readmeExample.ts";

const root = new URL("../../..", import.meta.url).pathname;
const example = exampleIn(readFileSync(join(root, "src/engine/README.md"), "utf8"));

test("the example runs on the source files, with the output that the README shows", () => {
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
