import {execFileSync} from "node:child_process";
import {readdirSync, readFileSync, statSync} from "node:fs";
import {join, relative} from "node:path";
import {describe, expect, test} from "vitest";
import {functionsOf} from "./functions.ts";
import {importsOf, reachedFrom, violations} from "./imports.ts";
import {alike, crowded} from "./names.ts";

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

describe("the reader of imports", () => {
  test("sees every way to import", () => {
    const code = [
      'import {a} from "./a.ts";',
      'import type {B} from "../figures/b.ts";',
      'import {type C, type D} from "./c.ts";',
      'import {type E, f} from "./e.ts";',
      'import "./g.css";',
      'export {h} from "./h.ts";',
      'const i = () => import("./i.ts");',
      'let j: typeof import("./j.ts");',
      'new Worker(new URL("./k.ts", import.meta.url));',
      '// import "./no.ts";',
    ].join("\n");
    const seen = importsOf("src/widgets/x.ts", code).map(({target, type}) => `${target}${type ? " (type)" : ""}`);
    expect(seen.sort()).toEqual([
      "src/figures/b.ts (type)",
      "src/widgets/a.ts",
      "src/widgets/c.ts (type)",
      "src/widgets/e.ts",
      "src/widgets/g.css",
      "src/widgets/h.ts",
      "src/widgets/i.ts",
      "src/widgets/j.ts (type)",
      "src/widgets/k.ts",
    ]);
  });

  test("reads front matter and scripts of an Astro file, not its text", () => {
    const page =
      '---\nimport A from "./A.astro";\n---\n<p>\nimport b from "./b.ts"\n</p>\n<script>\nimport "./c.ts";\n</script>';
    const targets = importsOf("src/components/X.astro", page).map(({target}) => target);
    expect(targets).toEqual(["src/components/A.astro", "src/components/c.ts"]);
  });
});

describe("the dependency table", () => {
  test.each([
    ["src/engine/linalg/svd.ts", 'import {qr} from "./qr.ts";'],
    [
      "src/figures/plots/bars.ts",
      'import {select} from "d3";\nimport type {Matrix} from "../../engine/linalg/matrix.ts";',
    ],
    [
      "src/widgets/rank/model.ts",
      'import {svd} from "../../engine/linalg/svd.ts";\nimport {range} from "../../shell/controls.ts";',
    ],
    ["src/widgets/rank/model.ts", 'import table from "../../../content/paper/table-2.json";'],
    [
      "src/widgets/rank/widget.ts",
      'import {bars} from "../../figures/plots/bars.ts";\nimport {compute} from "./model.ts";',
    ],
    ["src/widgets/registry.ts", 'const rank = () => import("./rank/widget.ts");'],
    [
      "src/widgets/rank/figures/drawing.ts",
      'import {select} from "d3";\nimport {axis} from "../../../figures/axes/axis.ts";',
    ],
    ["src/shell/figure/prerender.ts", 'import {parseHTML} from "linkedom";'],
    ["src/answers/layerEntries.ts", 'import {merge} from "../engine/lora/lora.ts";'],
    ["src/components/figure/Widget.astro", '---\nimport {prerender} from "../../shell/figure/prerender.ts";\n---'],
    ["src/components/marks/Equation.astro", '---\nimport {renderMath} from "../../markup/math.ts";\n---'],
    ["src/pages/index.astro", '---\nimport Page from "../layouts/Page.astro";\n---'],
    ["content/chapters/02.mdx", "We import nothing."],
  ])("lets %s keep %s", (path, code) => expect(violations(path, code)).toEqual([]));

  test.each([
    ["src/engine/linalg/svd.ts", 'import {select} from "d3";', "engine may not run it"],
    ["src/engine/linalg/svd.ts", 'import {bars} from "../../figures/plots/bars.ts";', "engine may not run it"],
    ["src/engine/training/train.ts", 'import {readFileSync} from "node:fs";', "engine may not run it"],
    ["src/figures/plots/bars.ts", 'import {svd} from "../../engine/linalg/svd.ts";', "figures may not run it"],
    ["src/figures/plots/bars.ts", 'import type {Act} from "../../shell/widget.ts";', "figures may not"],
    [
      "src/widgets/rank/model.ts",
      'import {bars} from "../../figures/plots/bars.ts";',
      "a widget's model may not run it",
    ],
    ["src/widgets/rank/model.ts", 'import {select} from "d3";', "a widget's model may not run it"],
    ["src/widgets/rank/model.ts", 'import {a} from "../merge/model.ts";', "a widget's model may not run it"],
    [
      "src/widgets/rank/widget.ts",
      'import {svd} from "../../engine/linalg/svd.ts";',
      "a widget's picture may not run it",
    ],
    ["src/widgets/rank/widget.ts", 'import w from "../merge/widget.ts";', "a widget's picture may not run it"],
    [
      "src/widgets/rank/ownMatrix.ts",
      'import {a} from "../../engine/lora/a.ts";\nimport {b} from "../../figures/b.ts";',
      "two files",
    ],
    ["src/widgets/rank/figures/drawing.ts", 'import {rank} from "../model.ts";', "a widget's figures may not run it"],
    ["src/shell/element.ts", 'const rank = () => import("../widgets/rank/widget.ts");', "the shell may not run it"],
    ["src/shell/element.ts", 'import {parseHTML} from "linkedom";', "the shell may not run it"],
    ["src/shell/element.ts", 'import {svd} from "../engine/linalg/svd.ts";', "the shell may not run it"],
    ["src/markup/math.ts", 'import {href} from "../components/marks/href.ts";', "markup may not run it"],
    ["src/components/works/Cite.astro", '---\nimport {svd} from "../../engine/linalg/svd.ts";\n---', "may not run it"],
    ["src/components/works/Cite.astro", '<script>\nimport {select} from "d3";\n</script>', "components may not run it"],
    [
      "src/components/works/Cite.astro",
      '---\nimport Page from "../../layouts/Page.astro";\n---',
      "only pages and layouts",
    ],
    [
      "src/frame/connectToHost.ts",
      'import {live} from "../shell/figure/live.ts";',
      "a frame's messages may not run it",
    ],
    ["src/make/embeds/embeds.ts", 'import page from "../../pages/index.astro";', "only pages and layouts"],
    ["src/shell/figure/form.ts", 'import {a} from "./parse";', "write the file's ending"],
    ["src/layouts/Page.astro", '---\nimport a from "@/engine/svd.ts";\n---', "not an alias"],
    ["src/figures/all.ts", 'export * from "./bars.ts";', "barrel"],
    [
      "content/chapters/02.mdx",
      'import Widget from "../../src/components/figure/Widget.astro";',
      "content may not run it",
    ],
  ])("stops %s at %s", (path, code, reason) => {
    expect(violations(path, code).join("\n")).toContain(reason);
  });

  test("holds in every file", () => {
    const files = new Map([...source, ...chapters]);
    expect(files.size).toBeGreaterThan(20);
    expect([...files].flatMap(([path, text]) => violations(path, text))).toEqual([]);
  });

  test("what a model runs could run in a worker: no figure, no d3, no document", () => {
    const models = [...source.keys()].filter((path) => path.endsWith("/model.ts"));
    expect(models.length).toBeGreaterThan(0);
    const reached = models.flatMap((model) => reachedFrom(model, source));
    expect(reached.filter((path) => /^(src\/figures\/|d3|linkedom)/.test(path))).toEqual([]);
    const texts = new Map(reached.flatMap((path) => (source.has(path) ? [[path, source.get(path) as string]] : [])));
    expect(offenders(texts, /^(?!\s*(\*|\/\/|\/\*)).*\b(document|window|localStorage)\./)).toEqual([]);
  });
});

describe("the reader of functions", () => {
  test("counts the lines of each, with its name, those inside others too", () => {
    const code = [
      "function outer() {",
      "  const inner = () => {",
      "    return 1;",
      "  };",
      "  return [1].map((x) => x + inner());",
      "}",
      "class A {",
      "  of(): void {",
      "  }",
      "}",
      "declare function nowhere(): void;",
    ].join("\n");
    const seen = functionsOf("a.ts", code).map(({name, line, lines}) => [name, line, lines]);
    expect(seen).toEqual([
      ["outer", 1, 6],
      ["inner", 2, 3],
      ["(without a name)", 5, 1],
      ["of", 8, 2],
    ]);
  });

  test("reads front matter and scripts of an Astro file, and says where they stand in it", () => {
    const page = "---\nconst a = () => {\n};\n---\n<p>() =&gt; 1</p>\n<script>\nfunction b() {\n}\n</script>";
    const seen = functionsOf("A.astro", page).map(({name, line, lines}) => [name, line, lines]);
    expect(seen).toEqual([
      ["a", 2, 2],
      ["b", 7, 2],
    ]);
  });
});

describe("small rooms", () => {
  /** Functions that are longer than the rest, each with its reason. */
  const long: Readonly<Record<string, string>> = {
    "src/engine/kernels/gemm.as.ts tiles":
      "compiled to WASM: its loops are unrolled by hand, and splitting it costs calls",
    "src/shell/element.ts loraWidget": "holds a class of short methods: HTMLElement exists only in a browser",
  };

  test("no function has more than 60 lines, but for those named here", () => {
    const found = [...source]
      .filter(([path]) => /\.(ts|astro)$/.test(path))
      .flatMap(([path, text]) => functionsOf(path, text));
    const over = found.filter(({lines}) => lines > 60).map(({path, name}) => `${path} ${name}`);
    expect(found.length).toBeGreaterThan(1000);
    expect(over.filter((one) => !Object.hasOwn(long, one))).toEqual([]);
    expect(
      Object.keys(long).filter((one) => !over.includes(one)),
      "no longer long: take it off the list",
    ).toEqual([]);
  });

  test("no folder has more than 25 files, but those that hold a file for each widget or each case", () => {
    expect(crowded(["a/1", "a/2", "b/1", "a/c/1"], 1)).toEqual(["a has 2 files"]);
    const paths = execFileSync("git", ["ls-files", "src", "tests"], {cwd: root, encoding: "utf8"}).trim().split("\n");
    expect(paths.length).toBeGreaterThan(500);
    expect(
      crowded(paths, 25).filter(
        (one) => !/^(tests\/(goldens|fixtures|e2e\/figures|widgets\/oracles)|src\/styles\/parts) /.test(one),
      ),
    ).toEqual([]);
  });

  test("no two names differ only in case and ending, but those of a component and its script", () => {
    expect(alike(["a/Address.astro", "b/address.ts", "a/Quiz.astro", "a/quiz.ts", "c/words.ts", "d/words.ts"])).toEqual(
      ["a/Address.astro and b/address.ts"],
    );
    // A style sheet is called after what it dresses, a page after its address; each widget's folder has a widget.ts.
    const paths = [...source.keys()].filter((path) => !/^src\/(styles|pages)\/|\/widget\.ts$/.test(path));
    expect(alike(paths)).toEqual([]);
  });

  test("no file is named after nothing", () => {
    const nothing = /(^|\/)(utils?|helpers?|common|misc|types|index)(\/|\.ts$|\.css$)/;
    expect([...source.keys()].filter((path) => nothing.test(path))).toEqual([]);
  });
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

  test("no test is switched off or runs alone", () => {
    expect(offenders(everything, new RegExp("\\b(test|it|describe)\\.(sk" + "ip|on" + "ly|to" + "do)\\("))).toEqual([]);
  });
});
