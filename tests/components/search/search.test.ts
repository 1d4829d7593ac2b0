import {parseHTML} from "linkedom";
import {describe, expect, test} from "vitest";
import {type Entry, pack, unpack} from "../../../src/components/search/entry.ts";
import {excerpt, pieces} from "../../../src/components/search/excerpt.ts";
import {buildIndex} from "../../../src/components/search/find.ts";
import {queryWords, rawWords, wordsOf} from "../../../src/components/search/normalize.ts";
import {fileUrl, placeUrl} from "../../../src/components/search/siteUrls.ts";
import {entriesOf} from "../../../src/make/search/entries.ts";
import {mathText} from "../../../src/make/search/mathText.ts";

describe("words of the index", () => {
  test.each([
    ["W₀", ["w0"]],
    ["ΔW", ["deltaw", "delta"]],
    ["α", ["alpha"]],
    ["Grünwald", ["grunwald"]],
    ["low-rank", ["lowrank", "low", "rank"]],
    ["GPT-3", ["gpt3", "gpt", "3"]],
    ["deltaWeight", ["deltaweight", "delta", "weight"]],
    ["LoRA", ["lora"]],
    ["layer’s", ["layer"]],
    ["8.39 M", ["8.39m", "8.39"]],
    ["150,994,944", ["150994944"]],
    ["merging", ["merging", "~merg"]],
    ["matrices", ["matrices", "~matrix"]],
    ["initialised", ["initialised", "~initializ"]],
    ["initialization", ["initialization", "~initializ"]],
  ])("%s is listed as %j", (raw, words) => {
    expect(rawWords(raw)).toEqual([{text: raw, start: 0, end: raw.length}]);
    expect(wordsOf(raw)).toEqual(words);
  });

  test.each([
    ["delta w", ["deltaw"]],
    ["Δ W", ["deltaw"]],
    ["w zero", ["w0"]],
    ["W_0", ["w0"]],
    ["low-rank", ["lowrank"]],
    ["gpt3", ["gpt3"]],
    ["what is the rank", ["rank"]],
    ["What is it", ["what", "is", "it"]],
    ["10,000x", ["10000"]],
    ["A", ["a"]],
    ["", []],
    ["  ?!", []],
  ])("the query %s is for %j", (query, words) => expect(queryWords(query).map(({word}) => word)).toEqual(words));
});

describe("excerpts", () => {
  const text = `${"Nothing of it here. ".repeat(20)}The update is merged into W₀, and the latency is gone. ${"And on. ".repeat(40)}`;

  test("are cut around the matches, between words", () => {
    const cut = excerpt(text, new Set(["~merg", "w0", "latency"]));
    expect(cut).toMatch(/^…\S.*The update is merged into W₀, and the latency is gone\..*\w\.?…$/);
    expect(cut.length).toBeLessThan(155);
    expect(excerpt("Short.", new Set(["none"]))).toBe("Short.");
    expect(excerpt(text, new Set())).toMatch(/^Nothing of it here\..*…$/);
  });

  test("mark whole words and lose no text", () => {
    const marked = pieces("Merging ΔW: <b>merged</b>", new Set(["~merg", "deltaw"]));
    expect(marked.filter(({isMatch}) => isMatch).map(({text}) => text)).toEqual(["Merging", "ΔW", "merged"]);
    expect(marked.map(({text}) => text).join("")).toBe("Merging ΔW: <b>merged</b>");
  });
});

describe("entries of a page", () => {
  const page = (main: string, head = "") => `<html><head><title>T · LoRA, live</title>${head}</head><body>
    <header>Menu</header><main id="main">${main}</main></body></html>`;

  test("have formulas as they are read aloud", () => {
    const {document} = parseHTML(
      "<html><body><math><mi>h</mi><mo>=</mo><msub><mi>W</mi><mn>0</mn></msub><mi>x</mi><mo>+</mo><mfrac><mi>α</mi><mi>r</mi></mfrac><msup><mi>B</mi><mn>2</mn></msup></math></body></html>",
    );
    expect(mathText(document.querySelector("math")!)).toBe("h = W₀x + α/rB²");
  });

  test("are the opening of a chapter and its sections, without closed answers", () => {
    const html =
      page(`<div class="opening"><p class="kicker">Chapter 02 · understand</p><h1>Low rank</h1><p class="lead">A lead.</p></div>
      <p>Before.</p><h2 id="one">One</h2><p>First <span class="katex"><span class="katex-mathml"><math><mi>r</mi><annotation>x</annotation></math></span><span class="katex-html">r</span></span>.</p>
      <div class="quiz"><fieldset><legend>Which?</legend></fieldset><details class="quiz-answer">It is seven.</details></div>
      <svg><text>drawn</text></svg><h3 id="two">Two</h3><p>Second.</p>`);
    const found = entriesOf("chapters/low-rank/", html);
    expect(found.map(({address, title, place, text}) => [address, title, place, text])).toEqual([
      ["chapters/low-rank/", "Low rank", "Chapter 2", "A lead. Before."],
      ["chapters/low-rank/#one", "One", "2 Low rank", "First r. Which?"],
      ["chapters/low-rank/#two", "Two", "2 Low rank", "Second."],
    ]);
  });

  test("include every term; a page with noindex has none", () => {
    const terms =
      '<h1>Glossary</h1><dl class="glossary"><div id="rank"><dt>rank <span class="symbol">r</span> <code>rank</code></dt><dd>A count. <a href="x">Low rank</a></dd></div></dl>';
    expect(entriesOf("glossary/", page(terms))[1]).toEqual({
      ...{group: "Glossary", address: "glossary/#rank", title: "rank", place: "", text: "A count.", names: "r rank"},
    });
    expect(entriesOf("404/", page("<h1>Gone</h1>", '<meta name="robots" content="noindex">'))).toEqual([]);
  });
});

describe("a search", () => {
  const entry = (title: string, text: string, group: Entry["group"] = "Chapters"): Entry => ({
    ...{group, address: `${title}/`, title, place: "", text, names: ""},
  });
  const entries = [
    entry("Merging", "The pair is added to the frozen weight."),
    entry("Other", "What was merged can be taken out again."),
    entry("rank", "A count of directions.", "Glossary"),
  ];
  const titles = async (query: string) =>
    (await buildIndex(entries)).find(query).groups.flatMap(({hits}) => hits.map(({entry}) => entry.title));

  test("puts titles before texts, and finds other forms, beginnings and typing errors", async () => {
    expect(await titles("merge")).toEqual(["Merging", "Other"]);
    expect(await titles("froz")).toEqual(["Merging"]);
    expect(await titles("directons")).toEqual(["rank"]);
    expect(await titles("rank frozen")).toHaveLength(2);
  });

  test("finds nothing for an empty query, and suggests near spellings for unknown words", async () => {
    const index = await buildIndex(entries);
    expect(index.find("")).toEqual({groups: [], count: 0, shown: 0});
    expect(index.find("constructor").count).toBe(0);
    expect(index.find("zzzz").count).toBe(0);
    expect(index.suggest("fozn")).toEqual(["frozen"]);
    expect(index.suggest("zzzzzzzz")).toEqual([]);
  });

  test("reads entries back from their packed form, which repeats neither page nor place", () => {
    expect(unpack(pack(entries))).toEqual(entries);
    const [first] = entries as [Entry];
    const some: Entry[] = [
      {...first, address: "a/", place: "", names: "", text: ""},
      {...first, address: "a/#b", place: "1 A", names: "", text: "x"},
      {...first, address: "a/#c", place: "1 A", names: "n", text: ""},
      {...first, address: "a/", place: "1 A"},
      {...first, address: "b/#c", place: ""},
      {...first, address: "b/#d", place: "1 A"},
    ];
    expect(unpack(pack(some))).toEqual(some);
    expect(pack(some).map(([, address, , place]) => [address, place])).toEqual([
      ["a/", undefined],
      ["#b", "1 A"],
      ["#c", 0],
      ["a/", 0],
      ["b/#c", ""],
      ["#d", "1 A"],
    ]);
  });
});

describe("addresses of results", () => {
  const at = (href: string) => ({querySelector: () => ({href})}) as unknown as Document;

  test.each([
    ["https://a.org/", "glossary/#rank", "https://a.org/glossary/#rank"],
    ["https://a.org/lora/", "", "https://a.org/lora/"],
    ["https://a.org/a/b/index.html", "glossary/#rank", "https://a.org/a/b/glossary/index.html#rank"],
    ["https://a.org/a/b/index.html", "", "https://a.org/a/b/index.html"],
  ])("with the home page at %s, %j is at %s", (home, address, whole) =>
    expect(placeUrl(at(home), address)).toBe(whole),
  );

  test("files are found from the folder of the home page", () =>
    expect(fileUrl(at("https://a.org/b/index.html"), "x.js")).toBe("https://a.org/b/x.js"));
});
