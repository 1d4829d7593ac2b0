import {readdirSync, readFileSync, statSync} from "node:fs";
import {join, relative} from "node:path";
import {describe, expect, test} from "vitest";
import {reachedFrom, violations} from "./imports.ts";

const root = new URL("../..", import.meta.url).pathname;

/** The text of every file under these folders that ends so, by its path from the root. */
function read(folders: readonly string[], ends: RegExp): Map<string, string> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), {recursive: true, encoding: "utf8"}).map((file) => join(root, folder, file)),
  );
  const kept = files
    .filter((file) => ends.test(file) && !file.includes("/node_modules/") && statSync(file).isFile())
    .sort();
  return new Map(kept.map((file) => [relative(root, file), readFileSync(file, "utf8")]));
}

const source = read(["src"], /\.(ts|astro|css)$/);
const chapters = read(["content"], /\.mdx?$/);
const everything = new Map([...source, ...chapters, ...read(["tests"], /\.(ts|py)$/)]);

const offenders = (files: ReadonlyMap<string, string>, pattern: RegExp) =>
  [...files].flatMap(([path, text]) =>
    text.split("\n").flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );

describe("the dependency table", () => {
  test.each([
    ["src/engine/training/train.ts", 'import {readFileSync} from "node:fs";', "engine may not run it"],
    ["src/figure/plot/plot.ts", 'import {svd} from "../../../engine/linalg/svd.ts";', "plot may not run it"],
    ["src/figures/rank/model.ts", 'import {select} from "d3";', "a figure's model may not run it"],
    ["src/figure/element.ts", 'const rank = () => import("../figures/rank/widget.ts");', "figure may not run it"],
    ["src/book/works/Cite.astro", '---\nimport Page from "../../site/layouts/Page.astro";\n---', "only pages"],
    ["content/chapters/02.mdx", 'import Widget from "../../src/book/figure/Widget.astro";', "content may not"],
  ])("stops %s at %s", (path, code, reason) => expect(violations(path, code).join()).toContain(reason));

  test("holds in every file", () => {
    const files = new Map([...source, ...chapters]);
    expect(files.size).toBeGreaterThan(20);
    expect([...files].flatMap(([path, text]) => violations(path, text))).toEqual([]);
  });

  test("what a model runs could run in a worker: no drawing, no d3, no document", () => {
    const models = [...source.keys()].filter((path) => path.endsWith("/model.ts"));
    expect(models.length).toBeGreaterThan(0);
    const reached = models.flatMap((model) => reachedFrom(model, source));
    expect(reached.filter((path) => /^(src\/figure\/plot\/(?!text\/format\.ts)|d3|linkedom)/.test(path))).toEqual([]);
    const texts = new Map(reached.flatMap((path) => (source.has(path) ? [[path, source.get(path) as string]] : [])));
    expect(offenders(texts, /^(?!\s*(\*|\/\/|\/\*)).*\b(document|window|localStorage)\./)).toEqual([]);
  });
});

test("no file is named after nothing", () => {
  const nothing = /(^|\/)(utils?|helpers?|common|misc|types|index)(\/|\.ts$|\.css$)/;
  expect([...source.keys()].filter((path) => nothing.test(path))).toEqual([]);
});

describe("plain dealing", () => {
  test("nothing in src is random without a seed", () => {
    expect(offenders(source, /Math\.random\s*\(/)).toEqual([]);
  });

  test("nothing is loaded from another host", () => {
    const loads =
      /\b(src|srcset|href|action|poster)=["'{`]+https?:|url\(\s*["']?https?:|\b(fetch|import|Worker)\(\s*["'`]https?:|@import\s+["']https?:/;
    const link = /<a\b[^>]*\shref=["'{`]+https?:[^"'`]*["'`}]+/g;
    const without = (files: ReadonlyMap<string, string>) =>
      new Map([...files].map(([path, text]) => [path, text.replace(link, "<a")]));
    expect(offenders(without(source), loads)).toEqual([]);
    expect(offenders(without(chapters), loads)).toEqual([]);
    expect(loads.test('<script src="https://cdn.example/x.js">')).toBe(true);
  });

  test("nothing is left to do", () => {
    expect(offenders(everything, new RegExp("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b"))).toEqual([]);
  });
});
