import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {budget} from "../../package.json" with {type: "json"};
import {dist, pages, root} from "./site.ts";
import {type PageWeight, type Part, weigher} from "./weight.ts";

type Line = keyof typeof budget;
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Pages made of text: a chapter, the engine’s and the paper’s. */
const isText = (page: string) => /^(chapters\/[^/]+|engine|paper)\/index\.html$/.test(page);
const isEmbed = (page: string) => page.startsWith("embed/");

/** All chapters on one page, for paper: it has a line of its own, of everything but fonts. */
const isBook = (page: string) => page === "print/index.html";

/** Which lines of the budget a page answers to, with what it weighs on each. */
function linesOf(weight: PageWeight): Partial<Record<Line, Part>> {
  if (isEmbed(weight.page)) return {"embed page": weight.whole};
  const {whole, data} = weight;
  const page = {
    ...{"page script": weight.script, "page fonts": weight.fonts, "print CSS": weight.printCss},
    ...(isBook(weight.page) ? {"print page": weight.whole} : {"page CSS": weight.css}),
    ...(data.bytes > 0 && {
      "page and models": {files: [...whole.files, ...data.files], bytes: whole.bytes + data.bytes},
    }),
  };
  // The bars of the widgets are a chapter's.
  return isText(weight.page)
    ? {
        ...page,
        "first widget": weight.firstWidget,
        "further widget": weight.furtherWidget,
        model: weight.model,
        training: weight.training,
        "chapter HTML": weight.html,
        "whole chapter": weight.whole,
      }
    : {
        ...page,
        "first widget": weight.anyWidgetFirst,
        ...(!isBook(weight.page) && {"whole chapter": weight.whole}),
      };
}

/** The heaviest page on a line, when it is over the line: named, with its three largest files. */
function overweight(weights: readonly PageWeight[], line: Line): string | undefined {
  const parts = weights.flatMap((weight) => {
    const part = linesOf(weight)[line];
    return part ? [{page: weight.page, ...part}] : [];
  });
  const worst = parts.reduce<(typeof parts)[number] | undefined>(
    (a, b) => (a && a.bytes >= b.bytes ? a : b),
    undefined,
  );
  if (!worst || worst.bytes <= budget[line] * 1000) return undefined;
  return `${worst.page}: ${line} weighs ${kB(worst.bytes)}, the budget is ${budget[line]} kB; most of it ${worst.files.slice(0, 3).join(", ")}`;
}

describe("the weigher", () => {
  mkdirSync(join(root, "tests/results"), {recursive: true});
  const made = mkdtempSync(join(root, "tests/results/dist-"));
  afterAll(() => rmSync(made, {recursive: true, force: true}));

  // Text that gzip cannot shrink much, the same on every run.
  const filler = (bytes: number, seed: number) => {
    let state = seed;
    let text = "";
    while (text.length < bytes) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      text += state.toString(36);
    }
    return `/*${text}*/`;
  };
  const files: Record<string, string> = {
    "chapters/one/index.html":
      '<link rel="stylesheet" href="/a/_astro/s.css"><script type="module" src="/a/_astro/page.js"></script><lora-widget name="rank" data-size="card"></lora-widget><lora-widget name="train" data-size="card"></lora-widget>',
    "index.html":
      '<link rel="stylesheet" href="/a/_astro/s.css"><link rel="stylesheet" media="print" href="/a/_astro/p.css"><script type="module" src="/a/_astro/page.js"></script>',
    "embed/rank/index.html": '<script src="../../js/embed.js"></script><lora-widget name="rank"></lora-widget>',
    "js/embed.js": filler(20_000, 9),
    "_astro/s.css": '@font-face{src:url("/a/_astro/f.woff2") format("woff2")}',
    "_astro/p.css": "p{orphans:3}",
    "_astro/f.woff2": "f".repeat(1234),
    "_astro/page.js":
      'import{a as b}from"./shared.js";const w={rank:()=>p(()=>import("./rank.js"),[]),"train":()=>import("./train.js")};const s={shell:()=>p(()=>import(`./shell.js`),[])};',
    "_astro/shared.js": filler(3000, 1),
    "_astro/shell.js": `import"./shared.js";${filler(5000, 2)}import("./take.js");new Worker(new URL(new URL(\`worker.js\`,import.meta.url).href,""+import.meta.url),{type:"module"})`,
    "_astro/take.js": filler(700, 3),
    "_astro/forge.full-abcd1234.js": filler(9000, 13),
    "_astro/rank.js": `import("./full-abcd1234.js");import("./forge.full-abcd1234.js");import{d}from"./d3.js";${filler(2000, 4)}`,
    "_astro/full-abcd1234.js": filler(400, 14),
    "_astro/train.js": `import {d} from './d3.js';import {e} from "./engine-e.js";${filler(1000, 5)}`,
    "_astro/d3.js": filler(4000, 6),
    "_astro/engine-e.js": filler(6000, 7),
    "_astro/worker.js": `import{e}from"./engine-e.js";const m={train:()=>import("./model.js"),other:()=>import("./other.js")};${filler(500, 8)}`,
    "_astro/model.js": filler(300, 11),
    "_astro/other.js": filler(300, 12),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(made, dirname(file)), {recursive: true});
    writeFileSync(join(made, file), text);
  }
  const weigh = weigher(made, ["rank", "train", "other"], "/a/");
  const names = (part: Part) => part.files.map((file) => file.replace("_astro/", "")).sort();

  test("follows static imports before any widget, and dynamic ones for widgets", () => {
    const weight = weigh("chapters/one/index.html");
    expect(names(weight.script)).toEqual(["page.js", "shared.js"]);
    const first = ["d3.js", "engine-e.js", "page.js", "shared.js", "shell.js", "train.js"];
    expect(names(weight.anyWidgetFirst)).toEqual(first);
    expect(names(weight.firstWidget), "and its model in the worker").toEqual([...first, "model.js"].sort());
    expect(names(weight.model)).toEqual(["model.js"]);
    expect(names(weight.furtherWidget)).toEqual(["rank.js"]);
    expect(names(weight.training)).toEqual(["engine-e.js", "worker.js"]);
    expect(names(weight.whole), "without the model of a widget that is not here").not.toContain("other.js");
    expect(weight.whole.files).toHaveLength(13);
    expect(names(weight.data), "stored weights apart").toEqual(["forge.full-abcd1234.js"]);
    expect(weight.fonts).toEqual({files: ["_astro/f.woff2"], bytes: 1234});
    expect(weight.whole.bytes).toBeGreaterThan(weight.firstWidget.bytes);
  });

  test("charges a figure at full size, and no card, for what only that size shows", () => {
    const script = '<script type="module" src="/a/_astro/page.js"></script>';
    writeFileSync(join(made, "full.html"), `${script}<lora-widget name="rank" data-size="full"></lora-widget>`);
    expect(names(weigh("full.html").anyWidgetFirst)).toContain("full-abcd1234.js");
    writeFileSync(join(made, "card.html"), `${script}<lora-widget name="rank" data-size="card"></lora-widget>`);
    expect(names(weigh("card.html").anyWidgetFirst)).not.toContain("full-abcd1234.js");
    expect(names(weigh("card.html").whole)).toContain("full-abcd1234.js");
  });

  test("charges a page without widgets for none", () => {
    const weight = weigh("index.html");
    expect(names(weight.whole)).toEqual(["index.html", "p.css", "page.js", "s.css", "shared.js"]);
    expect([names(weight.css), names(weight.printCss)], "paper's sheet apart").toEqual([["s.css"], ["p.css"]]);
    expect(weight.firstWidget.bytes).toBe(0);
  });

  test("weighs the classic scripts of an embed page", () => {
    expect(names(weigh("embed/rank/index.html").whole)).toEqual(["embed/rank/index.html", "js/embed.js"]);
  });

  test("refuses a link to what was not built, and a widget nobody loads", () => {
    writeFileSync(join(made, "broken.html"), '<script type="module" src="/a/_astro/gone.js"></script>');
    expect(() => weigh("broken.html")).toThrow("broken.html names /a/_astro/gone.js, which is not in the built site");
    writeFileSync(join(made, "stray.html"), '<lora-widget name="rank"></lora-widget>');
    expect(() => weigh("stray.html")).toThrow("holds the widget rank, which no script of the page can load");
  });

  test("names the worst page and its largest files", () => {
    writeFileSync(join(made, "_astro/heavy.js"), `import"./shared.js";${filler(40_000, 10)}`);
    writeFileSync(join(made, "heavy.html"), '<script type="module" src="/a/_astro/heavy.js"></script>');
    const weights = ["index.html", "heavy.html"].map((page) => weigh(page));
    expect(overweight(weights, "page script")).toMatch(
      /^heavy\.html: page script weighs \d\d\.\d kB, the budget is 22 kB; most of it _astro\/heavy\.js, _astro\/shared\.js$/,
    );
    expect(overweight(weights.slice(0, 1), "page script")).toBeUndefined();
  });
});

describe("the built site", () => {
  const folders = readdirSync(join(root, "src/widgets"), {withFileTypes: true}).filter((entry) => entry.isDirectory());
  const weigh = weigher(
    dist,
    folders.map(({name}) => name),
    process.env.BASE ?? "/",
  );
  const weights = pages.map(weigh);

  test.each(Object.keys(budget) as Line[])("keeps to its budget: %s", (line) => {
    expect(overweight(weights, line)).toBeUndefined();
  });
});
