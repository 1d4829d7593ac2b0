import {createHash} from "node:crypto";
import {describe, expect, test} from "vitest";
import {figureScript} from "../../../src/embed/bundles/embeds.ts";
import {
  type FigureDescription,
  type FileParts,
  licenseText,
  standalonePage,
} from "../../../src/embed/downloads/downloads.ts";
import {escapeScript} from "../../../src/figure/export/escape.ts";

const root = new URL("../../..", import.meta.url).pathname;
const about: FigureDescription = {
  name: "rank",
  title: "How much fits?",
  guide: "Move r.",
  challenge: "Find r.",
  sources: ["Hu et al. 2021, §4.1", "Foo & <Bar>"],
};
const page = `<!DOCTYPE html><html lang="en" data-root="/a/"> <head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="script-src 'self'"><title>How much fits?</title><meta name="robots" content="noindex"><link rel="canonical" href="https://lora.example/a/widgets/rank/"><link rel="icon" href="data:,"><link rel="stylesheet" href="/a/_astro/Embed.css"><script defer src="/a/js/v1/embed/rank.js"></script></head> <body> <main> <h1>How much fits?</h1> <lora-widget name="rank"></lora-widget> </main> </body> </html>`;
const made: FileParts = {
  page,
  sheets: ["p{color:red}", "a{}"],
  scripts: ["first()", "second()"],
  about,
  licenses: "MIT -- text\n",
  isLinked: true,
};
const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the page of a standalone file", () => {
  const html = standalonePage(made);

  test("contains its style and its scripts, and refers to no other file", () => {
    expect(html).toContain("<style>p{color:red}\na{}</style>");
    expect(html.indexOf("<script>first()</script><script>second()</script></body>")).toBeGreaterThan(
      html.indexOf("</main>"),
    );
    expect(html).not.toMatch(/js\/v1|_astro|<link rel="stylesheet"|<script [^>]*src/);
  });

  test("has one policy, in front of all it applies to: these scripts, this style, no connection", () => {
    const policies = [...html.matchAll(/<meta http-equiv="content-security-policy" content="([^"]*)">/g)];
    expect(policies).toHaveLength(1);
    expect(policies[0]!.index).toBeLessThan(html.indexOf("<style>"));
    expect(policies[0]![1]!.split("; ").sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'none'",
      "default-src 'none'",
      "font-src data:",
      "form-action 'none'",
      "img-src data: blob:",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      `script-src ${hash("first()")} ${hash("second()")} 'wasm-unsafe-eval'`,
      `style-src ${hash("p{color:red}\na{}")}`,
      "style-src-attr 'unsafe-inline'",
      "trusted-types lora-live",
      "worker-src blob:",
    ]);
  });

  test("keeps its title, is not indexed, and names its origin, its sources and its licenses", () => {
    expect(html).toContain("<title>How much fits?</title>");
    expect(html).toContain('<html lang="en" data-root="https://lora.example/a/">');
    expect(html).toContain('<meta name="robots" content="noindex">');
    expect(html).toMatch(
      /<footer>.*href="https:\/\/lora\.example\/a\/widgets\/rank\/".*href="https:\/\/lora\.example\/a\/"/,
    );
    expect(html).toMatch(/Hu et al\. 2021, §4\.1; Foo &amp; &lt;Bar&gt;\. .*CC BY 4\.0.*MIT/);
    expect(html.endsWith("<!--\nMIT - - text\n-->\n")).toBe(true);
  });

  test("has no links if the site does not know its address", () => {
    const unlinked = standalonePage({...made, isLinked: false});
    expect(unlinked).not.toMatch(/lora\.example|rel="canonical"|<a\b/);
    expect(unlinked).toContain('data-root="../"');
    expect(unlinked).toContain("A copy of a figure of LoRA, live, an");
  });

  const image = (src: string) => page.replace("</main>", `<img src="${src}" alt=""></main>`);
  test.each([
    ["an image of another site", {page: image("https://a.example/b.png")}, /would ask for src="https/],
    ["an image in another file", {page: image("og.png")}, /would ask for src="og/],
    [
      "no canonical link",
      {page: page.replace(/<link rel="canonical"[^>]*>/, "")},
      /0 canonical links; it should have one/,
    ],
    ["a picture in its style", {sheets: ["p{background:url(a.png)}"]}, /cannot be in a page/],
    ["an end tag in its style", {sheets: ['p::before{content:"</style>"}']}, /cannot be in a page/],
  ] as const)("with %s stops the build", (_, change, reason) => {
    expect(() => standalonePage({...made, ...change})).toThrow(reason);
  });
});

describe("the script of a standalone file", () => {
  test("is escaped so that no string or pattern ends or hides the page, and keeps its meaning", () => {
    const script = '["</script><!--", `</SCRIPT>`, /<!--/.test("<!-- a"), a<b]';
    const made = escapeScript(script);
    expect(made).not.toMatch(/<\/script|<!--/i);
    const read = (text: string) => new Function("a", "b", `return ${text}`)(1, 2);
    expect(read(made)).toEqual(read(script));
  });

  test("comes with the licenses of our code and of the packages in it", async () => {
    const packages = new Set<string>();
    await figureScript(root, "rank", packages);
    const text = await licenseText(root, packages);
    expect(text).toMatch(/MIT License[\s\S]*CC BY 4\.0[\s\S]*d3-selection \d\S* \(ISC\)[\s\S]*Mike Bostock/);
  });
});
