import {existsSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {replacements} from "../../src/figure/replacements.ts";
import {dist, pages, textOf} from "./site.ts";

const escaped: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&lt;": "<",
};
const plain = (value = "") => value.replace(/&(amp|quot|#34|#39|lt);/g, (sign) => escaped[sign]!);

/** The facts of a page's head, by name; of a name that comes twice, both. */
function factsOf(html: string): Map<string, string> {
  const head = html.slice(0, html.indexOf("</head>"));
  const facts = new Map<string, string>();
  const add = (name: string, value: string) =>
    facts.set(name, facts.has(name) ? `${facts.get(name)}\n${value}` : value);
  for (const [, name, value] of head.matchAll(/<meta (?:name|property)="([\w:-]+)"[^>]*? content="([^"]*)"/g))
    add(name!, plain(value));
  for (const [, rel, link] of head.matchAll(/<link rel="(canonical)" href="([^"]*)"/g)) add(rel!, plain(link));
  return facts;
}

test("every page that is indexed says once what a link to it shows, and its picture is there", () => {
  let indexed = 0;
  for (const page of pages) {
    const html = textOf(page);
    const facts = factsOf(html);
    if (facts.get("robots") === "noindex") {
      expect(
        [...facts.keys()].filter((name) => /^(og|twitter):/.test(name)),
        page,
      ).toEqual([]);
      expect(html, page).not.toContain("ld+json");
      continue;
    }
    indexed++;
    const image = facts.get("og:image") ?? "";
    expect(facts.get("og:url"), page).toBe(facts.get("canonical"));
    expect(facts.get("og:description"), page).toBe(facts.get("description"));
    expect(facts.get("og:title"), page).toMatch(/^[^·\n]+$/);
    expect(facts.get("og:image:alt"), page).toMatch(/^LoRA, live\. .{20}/);
    expect(facts.get("twitter:card"), page).toBe("summary_large_image");
    expect(image, page).toMatch(/^https?:\/\/.*\/og\/[\w/-]+\.png$/);
    expect(existsSync(join(dist, image.replace(/^.*\/og\//, "og/"))), image).toBe(true);
  }
  expect(indexed).toBeGreaterThan(40);
});

test("chapters, widgets and the front page have one data block each, which parses", () => {
  const things = pages.flatMap((page) => {
    const blocks = [...textOf(page).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
    expect(blocks.length, page).toBeLessThan(2);
    return blocks.map(([, text]) => ({page, thing: JSON.parse(text!)}));
  });
  const isReplaced = (page: string) => Object.keys(replacements).some((name) => page.startsWith(`widgets/${name}/`));
  const due = pages
    .filter((page) => /^(index|(chapters|widgets)\/[\w-]+\/index)\.html$/.test(page))
    .filter((page) => !isReplaced(page));
  expect(things.map(({page}) => page).sort()).toEqual(due.sort());
  for (const {page, thing} of things) expect(new URL(thing.url).pathname, page).toMatch(/\/$/);
});
