/** What the HTML of pages has to have, whatever a browser makes of it. */
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {strFromU8, unzipSync} from "fflate";
import {describe, expect, test} from "vitest";
import {replacements} from "../../src/figure/replacements.ts";
import {figureNamed} from "../../src/figures/registry.ts";
import {dist, documentOf, namesIn, textOf} from "./site.ts";

test.each(namesIn("embed"))("the embed page of %s is for frames: not indexed, canonical elsewhere", (name) => {
  const document = documentOf(`embed/${name}/index.html`);
  expect(document.querySelector("meta[name=robots]")!.getAttribute("content")).toBe("noindex");
  expect(document.querySelector("link[rel=canonical]")!.getAttribute("href")).toMatch(
    new RegExp(`^https?://[^/]+/.*widgets/${figureNamed(name)}/$`),
  );
  expect(document.documentElement.getAttribute("lang")).toBe("en");
});

test.each(["chapters/exercises", "chapters/results", "paper", "engine"])(
  "every question, table and heading of /%s/ is an address and offers it",
  (path) => {
    const document = documentOf(`${path}/index.html`);
    const offered = new Set(
      [...document.querySelectorAll('a[aria-label^="Link to "]')].map((link) => link.getAttribute("href")),
    );
    const all = [...document.querySelectorAll("main :is(h2, h3, .quiz, .paper-table, .equation, lora-widget)[id]")];
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter(({id}) => !offered.has(`#${id}`)).map(({id}) => id)).toEqual([]);
  },
);

test("the glossary has every term once, with an address", () => {
  const terms = [...documentOf("glossary/index.html").querySelectorAll(".glossary > div")];
  const ids = terms.map((term) => term.id || term.querySelector("[id]")?.id);
  expect(ids.length).toBeGreaterThan(20);
  expect(ids.every(Boolean)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});

test("numbers within sentences say in their cards that they were computed at build; nothing there claims to be live", () => {
  const cards = namesIn("chapters").flatMap((name) => [
    ...documentOf(`chapters/${name}/index.html`).querySelectorAll(".carded"),
  ]);
  const built = cards.filter((card) => card.querySelector(".mark-built"));
  expect(built.length).toBeGreaterThan(30);
  for (const card of built) expect(card.querySelector(".mark-built")!.textContent).toContain("computed at build");
  expect(cards.filter((card) => card.querySelector(".mark-live")).map((card) => card.textContent)).toEqual([]);
  const readOuts = [...documentOf("chapters/the-mechanism/index.html").querySelectorAll(".carded > a.set")];
  expect(readOuts.length).toBeGreaterThan(10);
  for (const link of readOuts) {
    expect(link.textContent).toMatch(/^[\d.]+$/);
    expect(link.parentElement!.querySelector(".mark-built")).toBeTruthy();
    expect(link.nextSibling).toBe(link.parentElement!.querySelector(".card"));
  }
});

test("all chapters on one page: no id twice, every place it names is there, and no answer before the end", () => {
  const html = textOf("print/index.html");
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(500);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  const named = [...html.matchAll(/\s(?:href="#|aria-labelledby="|aria-describedby=")([^"]*)"/g)].map(([, id]) => id);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  const chapters = html.slice(html.indexOf('id="before-we-start"'), html.indexOf('id="answers"'));
  expect(chapters.length).toBeGreaterThan(1e6);
  expect(chapters).not.toMatch(/quiz-answer|quiz-why|<(button|input|textarea)\b/);
});

describe("what is built besides pages", () => {
  test("the cartridge has every chapter, figure and worksheet, and each link leads to a built page", () => {
    const files = unzipSync(readFileSync(join(dist, "download/lora-live.imscc")));
    const links = Object.entries(files).flatMap(([path, bytes]) =>
      path.startsWith("links/") ? [new URL(/<url href="([^"]+)"/.exec(strFromU8(bytes))![1]!)] : [],
    );
    const base = /<link rel="canonical" href="([^"]+)"/.exec(textOf("index.html"))![1]!;
    const paths = links.map(({href}) => (href.startsWith(base) ? href.slice(base.length) : href));
    expect(paths.filter((path) => !existsSync(join(dist, path, "index.html")))).toEqual([]);
    const due = ["chapters", "widgets", "teach"].flatMap((parent) =>
      namesIn(parent).flatMap((name) => (Object.hasOwn(replacements, name) ? [] : `${parent}/${name}/`)),
    );
    expect([...new Set(paths)].sort()).toEqual([...due, "lab/"].sort());
  });

  test("no byte of the test widget is in the site", () => {
    const files = readdirSync(dist, {recursive: true, encoding: "utf8"});
    expect(files.filter((file) => /probe/.test(file))).toEqual([]);
    const texts = files.filter((file) => /\.(js|html)$/.test(file));
    const known = texts.filter((file) => /probed|logistic map|Does a long run behave/.test(textOf(file)));
    expect(known).toEqual([]);
  });
});
