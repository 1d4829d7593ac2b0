import {mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {create} from "fontkitten";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {checkPages, cutFonts, katexStyles, unicodeRange} from "../../../src/make/fonts/fonts.ts";
import {charactersOf, formulasIn} from "../../../src/make/fonts/glyphs.ts";
import {fontRules, glyphsOf} from "../../../src/make/fonts/katexGlyphs.ts";
import {renderMath} from "../../../src/markup/math.ts";

const root = new URL("../../..", import.meta.url).pathname;
const katexCss = await readFile(join(root, "node_modules/katex/dist/katex.min.css"), "utf8");

let place: string;
beforeAll(async () => {
  await mkdir(join(root, "tests/results"), {recursive: true});
  place = await mkdtemp(join(root, "tests/results/fonts-"));
  await mkdir(join(place, "content"));
  await writeFile(join(place, "content/page.mdx"), "Łukasz writes $\\sB\\sA \\in \\mathbb{R}$, twice ⁂.\n");
});
afterAll(() => rm(place, {recursive: true, force: true}));

describe("the glyphs in use", () => {
  test("are the characters of a text and those that its escapes mean", () => {
    const characters = charactersOf(["naïve", 'const arrow = "\\u21a6";', "&#8984; &#x2318;"]);
    for (const one of "aZ09ïΔα₀≈‖²ᵀσφ×·→≤–…↦⌘") expect(characters).toContain(one);
    expect(characters).not.toContain("é");
  });

  test("come from formulas in prose and in strings, not from code", () => {
    expect(formulasIn({path: "a.mdx", text: "Costs \\$5, $a+b$ and\n$$\nc\n$$\n`$d$`\n```\n$e$\n```\n"})).toEqual([
      "a+b",
      "\nc\n",
    ]);
    const strings = formulasIn({path: "a.ts", text: 'it("x"); renderMath("\\\\frac{a}{b}"); String.raw`\\sA`'});
    expect(strings).toContain("\\frac{a}{b}");
    expect(strings).toContain("\\sA");
  });

  test("are sorted by KaTeX's faces, as its classes say", () => {
    const glyphs = glyphsOf(
      renderMath("\\mathbb{R} + \\mathbf{v}\\Big( \\sum_i x", {display: true}),
      fontRules(katexCss),
    );
    const shown = Object.fromEntries([...glyphs].map(([face, set]) => [face, [...set].join("")]));
    expect(shown["AMS-Regular"]).toBe("R");
    expect(shown["Main-Bold"]).toBe("v");
    expect(shown["Size2-Regular"]).toBe("(∑");
    expect(shown["Math-Italic"]).toBe("ix");
    expect(shown["Main-Regular"]).toContain("+");
  });
});

test("code points are written as a CSS range", () => {
  expect(unicodeRange("cabz→")).toBe("U+61-63, U+7A, U+2192");
});

test("KaTeX's style sheet keeps only the cut faces, as WOFF2", () => {
  const css = katexStyles(
    katexCss,
    ["Main-Regular"],
    new Set(["katex", "mord", "katex-sizing", "reset-size6", "size3"]),
  );
  expect(css.match(/@font-face/g)).toHaveLength(1);
  expect(css).toContain('src:url("./KaTeX_Main-Regular.woff2") format("woff2")');
  expect(css).not.toMatch(/\.ttf|\.woff\)/);
  expect(css).toContain(".katex .katex-sizing.reset-size6.size3{");
  expect(css).not.toMatch(/\.size1\b|\.fbox/);
});

describe("cut fonts", () => {
  test("have the characters of the pages, and are the same bytes every time", async () => {
    const one = join(place, "one");
    const {formulas, fresh} = await cutFonts(place, one);
    expect(fresh).toBe(true);
    expect([...formulas.glyphs.keys()]).toEqual(["AMS-Regular", "Main-Regular", "Math-Italic"]);
    expect((await cutFonts(place, one)).fresh).toBe(false);
    await cutFonts(place, join(place, "two"));
    const names = await readdir(one);
    for (const name of names) expect(await readFile(join(place, "two", name))).toEqual(await readFile(join(one, name)));
    const open = async (name: string) => {
      const font = create(await readFile(join(one, name)));
      if (font.isCollection) throw new Error(`${name} is a collection`);
      return font;
    };
    const serif = await open("source-serif.woff2");
    expect(serif.hasGlyphForCodePoint(0x61)).toBe(true);
    expect(serif.hasGlyphForCodePoint(0xe9)).toBe(false);
    expect(serif.variationAxes.wght).toMatchObject({min: 400, max: 700});
    expect((await open("source-serif-latin-ext.woff2")).hasGlyphForCodePoint(0x141)).toBe(true);
    expect((await open("source-serif-greek.woff2")).hasGlyphForCodePoint(0x394)).toBe(true);
    const css = await readFile(join(one, "fonts.css"), "utf8");
    for (const [, file] of css.matchAll(/url\("\.\/([^"]+)"\)/g)) await stat(join(one, file as string));
    expect(css.match(/font-family: "Symbols"/g)).toHaveLength(1);
    expect(css).toContain("size-adjust: 107.89%");
  }, 60_000);

  test("a page whose formula shows a character that was not cut stops the build", async () => {
    const dist = join(place, "dist");
    await mkdir(dist, {recursive: true});
    await writeFile(join(dist, "index.html"), `<!doctype html><p>${renderMath("\\mathbb{R}")}</p>`);
    const classes = new Set(renderMath("\\mathbb{R}").match(/[\w-]+/g));
    const glyphs = new Map([["AMS-Regular", new Set("R")]]);
    await checkPages(dist, {glyphs, classes});
    await expect(checkPages(dist, {glyphs: new Map(), classes})).rejects.toThrow(
      "fonts: index.html shows R in KaTeX_AMS-Regular",
    );
    await expect(checkPages(dist, {glyphs, classes: new Set(["katex"])})).rejects.toThrow(
      "fonts: index.html has the class katex-mathml",
    );
  });
});
