import {parseHTML} from "linkedom";
import {expect, test} from "vitest";
import {inline} from "../../../src/site/marks/inline.ts";

test.each([
  ["plain words", "plain words"],
  ["a < b & “c”", "a &lt; b &amp; “c”"],
  ["**strong** and *slanted*", "<strong>strong</strong> and <em>slanted</em>"],
  ["**a *b* c**", "<strong>a <em>b</em> c</strong>"],
  ["`W = **0** < 1`", "<code>W = **0** &lt; 1</code>"],
  ["it costs \\$5, 2 \\* 3", "it costs $5, 2 * 3"],
  ["a lone * star", "a lone * star"],
  [
    "*A* and **B**, not a `B`",
    '<em><i data-symbol="A">A</i></em> and <strong><i data-symbol="B">B</i></strong>, not a <code>B</code>',
  ],
])("%s", (text, html) => {
  expect(inline(text)).toBe(html);
});

test("formulas are rendered with their symbols named, and stars in them are no emphasis", () => {
  const html = inline("The rank of $\\sB\\sA$ is **at most $\\sr$**, and $a * b * c$ is no emphasis.");
  expect(html.match(/class="katex"/g)).toHaveLength(3);
  expect(html).toContain('data-symbol="B"');
  expect(html).toMatch(/<strong>at most <span class="bound"><span class="katex">.*<\/span><\/span><\/strong>, and/);
  expect(html).not.toContain("<em>");
});

test("a formula that does not render and a single dollar sign are refused with their text", () => {
  expect(() => inline("a $\\nosuch{x}$")).toThrow("does not render");
  expect(() => inline("it costs $5")).toThrow("a $ stands alone in “it costs $5”; close the formula, or write \\$");
});

test("what is next to a formula is bound to it once, and other text stays as it is", () => {
  const seen = (text: string) => {
    const {document} = parseHTML(`<main>${inline(text)}</main>`);
    for (const one of document.querySelectorAll("math")) one.replaceWith("¤");
    for (const one of document.querySelectorAll(".katex-html")) one.remove();
    return [
      document.querySelector("main")!.textContent,
      [...document.querySelectorAll(".bound")].map((one) => one.textContent),
    ];
  };
  expect(seen("A ($k$), the $i$-th & **$r$**, or *$d$* here")).toEqual([
    "A (¤), the ¤-th & ¤, or ¤ here",
    ["(¤),", "¤-th", "¤"],
  ]);
  expect(seen("$a$, $b$.")).toEqual(["¤, ¤.", ["¤,", "¤."]]);
  expect(seen("$a$,`c`")).toEqual(["¤,c", ["¤,"]]);
  expect(seen("$a$ and $b$ alone")).toEqual(["¤ and ¤ alone", []]);
  expect(inline("($a$), b", (tex) => `<${tex}>`)).toBe("(<a>), b");
});
