import {readFile} from "node:fs/promises";
import {join} from "node:path";
import katexPackage from "katex/package.json" with {type: "json"};
import {parseHTML} from "linkedom";
import {markdownToHtml} from "satteri";
import {describe, expect, test} from "vitest";
import {joinedAfter, joinedBefore, keepTogether} from "../../../src/site/markdown/keepTogether.ts";
import {mathPlugin, renderMath, symbols} from "../../../src/site/markdown/math.ts";

const root = new URL("../../..", import.meta.url).pathname;

/** The visible text of HTML, with ¤ for the MathML of a formula. */
const shown = (html: string) => html.replace(/<math>.*?<\/math>/g, "¤").replace(/<[^>]*>/g, "");

describe("renderMath", () => {
  test.each(Object.entries(symbols))("%s has its name in data-symbol", (command, [, name]) => {
    expect(renderMath(command)).toContain(`data-symbol="${name}"`);
  });

  test("renders formulas inline and in display style", () => {
    expect(renderMath("x^2")).not.toContain("katex-display");
    expect(renderMath("x^2", {display: true})).toContain('<span class="katex-display">');
  });

  test("includes MathML, without the TeX", () => {
    const html = renderMath("\\sdW = \\sB\\sA");
    expect(html).toMatch(/<math><mrow>.*<mi>A<\/mi>.*<\/mrow><\/math>/);
    expect(html).not.toMatch(/semantics|annotation|\\sB/);
  });

  test("throws with the formula, its file and the reason if it does not parse", () => {
    expect(() => renderMath("\\frac{a}{", {file: "chapters/02.mdx"})).toThrow(
      /^math in chapters\/02\.mdx: \$\\frac\{a\}\{\$ does not render: KaTeX parse error/,
    );
    expect(() => renderMath("\\nonesuch")).toThrow("$\\nonesuch$");
  });

  test("trusts \\htmlData alone", () => {
    expect(() => renderMath("\\href{https://example.org}{x}")).toThrow("\\href");
    expect(() => renderMath("\\htmlClass{a}{x}")).toThrow("\\htmlClass");
  });
});

describe("formulas in a text", () => {
  const rendered = (source: string) =>
    markdownToHtml(source, {
      features: {math: true, headingAttributes: true},
      hastPlugins: [mathPlugin],
      fileURL: new URL("file:///x/content/chapters/02-low-rank.mdx"),
    }).html;

  const page =
    "A line with $\\sA^\\top * b * {c}$ and \\$5.\n\n$$\n\\begin{aligned} h &= \\sW x \\\\ &+ \\sB\\sA x \\end{aligned}\n$$\n";
  /** Texts, each with the parts of it that stay on one line. */
  const texts = {
    "as large as $k$, the": ["¤k,"],
    "the $i$-th, $W$'s ($k$) and ($r$),": ["¤i-th", "¤W's", "(¤k)", "(¤r),"],
    "$a$, $b$; $c$/$d$.": ["¤a,", "¤b;", "¤c/", "¤d."],
    "$f$-a($x$)": ["¤f-a", "(¤x)"],
    "**rank $r$**, and (*$s$*) or **$t$** here": ["¤r", "¤s"],
    "plain $k$ and $r$ alone $d$": [],
  };
  const html = rendered(page);

  test("are rendered by KaTeX with their symbols, and leave the prose intact", () => {
    expect(html.match(/class="katex-display"/g)).toHaveLength(1);
    expect(html.match(/class="katex"/g)).toHaveLength(2);
    expect(html.match(/data-symbol="A"/g)).toHaveLength(2);
    expect(html).toMatch(/<math>(?:(?!<math|<em>).)*<mo[^>]*>∗<\/mo>(?:(?!<em>).)*<\/math>/);
    expect(html).toMatch(/<math display="block"><mtable[^>]*>(?:(?!<math).)*<mo>\+<\/mo>/);
    expect(html).toContain("and $5.");
    expect(html).not.toMatch(/language-math|<p><p>|xmlns/);
  });

  test("stay together with the text that touches them, also around emphasis", () => {
    const lines = [
      ...parseHTML(`<body>${rendered(Object.keys(texts).join("\n\n"))}</body>`).document.querySelectorAll("p"),
    ].map((line) => ({
      text: shown(line.innerHTML),
      bound: [...line.querySelectorAll(".bound")].map((one) => shown(one.innerHTML)),
    }));
    expect(lines.map((line) => line.bound)).toEqual(Object.values(texts));
    const plain = (text: string) => text.replace(/\$(.)\$/g, "¤$1").replaceAll("*", "");
    expect(lines.map((line) => line.text)).toEqual(Object.keys(texts).map(plain));
  });

  test("stop the build if one is wrong", () => {
    expect(() => rendered("Wrong: $\\frac{a}$\n")).toThrow(/02-low-rank\.mdx: \$\\frac\{a\}\$ does not render/);
  });
});

describe("the text that joins a formula", () => {
  const formulas = ["k", "a = b", "a = b = c"].map((tex) => renderMath(tex));
  const boxes = (html: string) => html.match(/class="katex-base"/g)?.length;
  const bound = (html: string) =>
    [...parseHTML(`<body>${html}</body>`).document.querySelectorAll(".bound")].map((one) => shown(one.innerHTML));

  test("is what follows or precedes it without a space: signs, then the rest of a word", () => {
    const after = [", the", ":", ") the", "), the", "?", "’s.", "'s", "-th row", "” x", "–k", " the", ""];
    const joinedTo = [",", ":", ")", "),", "?", "’s", "'s", "-th", "”", "–k", undefined, undefined];
    expect(after.map(joinedAfter)).toEqual(joinedTo);
    const before = ["a (", "a “", "a [", "a non-", "a ", ""];
    expect(before.map(joinedBefore)).toEqual(["(", "“", "[", "non-", undefined, undefined]);
    // In a question, these signs begin other markup.
    expect([", `a`", ",**b**", "$a$", "\\$5"].map(joinedAfter)).toEqual([",", ",", undefined, undefined]);
  });

  test("is kept on one line with it, or with its nearest box, and nothing is lost or repeated", () => {
    expect(formulas.map(boxes)).toEqual([1, 2, 3]);
    for (const formula of formulas)
      for (const before of [undefined, "", "(&"])
        for (const after of [undefined, "", "),"]) {
          const html = keepTogether(formula, {before, after});
          const edges = [before, after].filter((one) => one !== undefined).length;
          expect(html.match(/class="bound"/g)?.length ?? 0).toBe(boxes(formula) === 1 ? Math.min(edges, 1) : edges);
          expect(boxes(html)).toBe(boxes(formula));
          expect(html.match(/<math>/g)).toHaveLength(1);
          expect(shown(html).replaceAll("&amp;", "&")).toBe(`${before ?? ""}${shown(formula)}${after ?? ""}`);
        }
    expect(bound(keepTogether(formulas[0]!, {before: "(", after: "),"}))).toEqual(["(¤k),"]);
    expect(bound(keepTogether(formulas[2]!, {after: ","}))).toEqual(["c,"]);
    expect(bound(keepTogether(formulas[2]!, {before: "(", after: ")"}))).toEqual(["(¤a=", "c)"]);
    expect(() => keepTogether("<b>k</b>", {after: ","})).toThrow("no inline formula");
  });
});

test("only one copy of KaTeX is installed", async () => {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const copies = Object.keys(lock.packages).filter((path) => path.endsWith("node_modules/katex"));
  expect(copies).toEqual(["node_modules/katex"]);
  expect(lock.packages["node_modules/katex"].version).toBe(katexPackage.version);
});
