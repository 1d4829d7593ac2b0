import {parseHTML} from "linkedom";
import {describe, expect, test} from "vitest";
import {mathText, searchEntries} from "../../../src/site/search/entries.ts";
import {normalizedName, respell} from "../../../src/site/search/query.ts";

describe("a query", () => {
  test.each([
    ["delta w", "ΔW"],
    ["Δ W", "ΔW"],
    ["w zero", "W₀"],
    ["W_0", "W₀"],
    ["alpha r", "α/r"],
    ["what is the rank", "rank"],
    ["Why is B initialised to zero", "B initialized zero"],
    ["What is it", "What is it"],
    ["10,000x", "10,000"],
    ["A", "A"],
    ["  ?!", "?!"],
  ])("%s is looked for as %s", (query, words) => expect(respell(query)).toBe(words));

  test("is compared with names by letters and digits alone", () =>
    expect(["Low-rank", "Adapter layers", "W₀", " ?!"].map(normalizedName)).toEqual([
      "lowrank",
      "adapterlayer",
      "w₀",
      "",
    ]));
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
    const found = searchEntries("chapters/low-rank/", html);
    expect(found.map(({address, title, place, text}) => [address, title, place, text])).toEqual([
      ["chapters/low-rank/", "Low rank", "Chapter 2", "A lead. Before."],
      ["chapters/low-rank/#one", "One", "2 Low rank", "First r. Which?"],
      ["chapters/low-rank/#two", "Two", "2 Low rank", "Second."],
    ]);
  });

  test("include every term, and a work once; a page with noindex has none", () => {
    const terms =
      '<h1>Glossary</h1><dl class="glossary"><div id="rank"><dt>rank <span class="symbol">r</span> <code>rank</code></dt><dd>A count. <a href="x">Low rank</a></dd></div></dl>';
    expect(searchEntries("glossary/", page(terms))[1]).toEqual({
      ...{kind: "Glossary", address: "glossary/#rank", title: "rank", place: "", text: "A count.", names: "r rank"},
    });
    const works =
      '<h1>Works</h1><div class="work" id="work-a"><cite>One</cite></div><ul><li id="ref-a"><cite>One</cite></li><li id="ref-b"><cite>Two</cite>, 2026</li></ul>';
    expect(searchEntries("chapters/resources/", page(works)).slice(1)).toMatchObject([
      {kind: "Works", address: "chapters/resources/#work-a", title: "One"},
      {kind: "Works", address: "chapters/resources/#ref-b", title: "Two", text: "Two, 2026"},
    ]);
    expect(searchEntries("404/", page("<h1>Gone</h1>", '<meta name="robots" content="noindex">'))).toEqual([]);
  });
});
