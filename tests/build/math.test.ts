import {mkdir, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {satteri} from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import {build} from "astro";
import katexPackage from "katex/package.json" with {type: "json"};
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {mathPlugin, renderMath, symbols} from "../../src/build/math.ts";

const root = new URL("../..", import.meta.url).pathname;

describe("renderMath", () => {
  test.each(Object.entries(symbols))("%s carries its name", (command, [, name]) => {
    expect(renderMath(command)).toContain(`data-symbol="${name}"`);
  });

  test("sets formulas in a line and on their own", () => {
    expect(renderMath("x^2")).not.toContain("katex-display");
    expect(renderMath("x^2", {display: true})).toContain('<span class="katex-display">');
  });

  test("gives MathML beside the picture", () => {
    expect(renderMath("\\sdW = \\sB\\sA")).toMatch(/<math>.*<annotation encoding="application\/x-tex">/);
  });

  test("refuses a bad formula with the formula, the file and the reason", () => {
    expect(() => renderMath("\\frac{a}{", {file: "chapters/02.mdx"})).toThrow(
      /^math in chapters\/02\.mdx: \$\\frac\{a\}\{\$ does not render: KaTeX parse error/,
    );
    expect(() => renderMath("\\nonesuch")).toThrow("$\\nonesuch$");
  });

  test("trusts \\htmlData and nothing else", () => {
    expect(() => renderMath("\\href{https://example.org}{x}")).toThrow("\\href");
    expect(() => renderMath("\\htmlClass{a}{x}")).toThrow("\\htmlClass");
  });
});

describe("formulas in MDX", () => {
  let site: string;
  const page =
    "A line with $\\sA^\\top * b * {c}$ and \\$5.\n\n$$\n\\begin{aligned} h &= \\sW x \\\\ &+ \\sB\\sA x \\end{aligned}\n$$\n";

  const buildPage = async (source: string) => {
    await mkdir(join(site, "src/pages"), {recursive: true});
    await writeFile(join(site, "src/pages/index.mdx"), source);
    const processor = satteri({features: {math: true, headingAttributes: true}, hastPlugins: [mathPlugin]});
    await build({root: site, configFile: false, logLevel: "silent", markdown: {processor}, integrations: [mdx()]});
    return readFile(join(site, "dist/index.html"), "utf8");
  };

  beforeAll(async () => {
    await mkdir(join(root, "tests/results"), {recursive: true});
    site = await mkdtemp(join(root, "tests/results/math-"));
  });
  afterAll(() => rm(site, {recursive: true, force: true}));

  test("are set by KaTeX, named, and leave the prose whole", async () => {
    const html = await buildPage(page);
    expect(html.match(/class="katex-display"/g)).toHaveLength(1);
    expect(html.match(/class="katex"/g)).toHaveLength(2);
    expect(html.match(/data-symbol="A"/g)).toHaveLength(2);
    expect(html).toContain("\\sA^\\top * b * {c}</annotation>");
    expect(html).toContain("&amp;+ \\sB\\sA x \\end{aligned}");
    expect(html).toContain("and $5.");
    expect(html).not.toMatch(/language-math|<p><p>|xmlns/);
  }, 60_000);

  test("stop the build when one is wrong", async () => {
    await expect(buildPage("Wrong: $\\frac{a}$\n")).rejects.toThrow(
      /pages\/index\.mdx: \$\\frac\{a\}\$ does not render/,
    );
  }, 60_000);
});

test("one KaTeX sets the formulas and styles them", async () => {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const copies = Object.keys(lock.packages).filter((path) => path.endsWith("node_modules/katex"));
  expect(copies).toEqual(["node_modules/katex"]);
  expect(lock.packages["node_modules/katex"].version).toBe(katexPackage.version);
});
