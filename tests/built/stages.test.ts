/** Chapters as they are built: the order of their parts, and the phrases that are marked in a state of their figure. */
import {readdirSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {chapterFile} from "../../src/book/chapter/chapters.ts";
import {type Figure, markPhrases, paramsOf} from "../../src/book/stage/phrases.ts";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import type {Controls} from "../../src/figure/controls.ts";
import {parse} from "../../src/figure/parse.ts";
import {isWidgetName, loadWidget} from "../../src/figures/registry.ts";
import {elementsOf} from "../../src/site/markdown/mdxElements.ts";
import {documentOf} from "./site.ts";

const chapters = readdirSync("content/chapters").map((file) => {
  const body = readFileSync(`content/chapters/${file}`, "utf8").replace(/^---[\s\S]*?^---$/m, "");
  const {slug} = chapterFile(file);
  return {slug, body, document: documentOf(`chapters/${slug}/index.html`)};
});

test.each(chapters)("$slug has its sections, figures and questions in the order of its source", ({body, document}) => {
  const sections = body.split("\n").flatMap((text, i) => {
    const id = /^## .*\{#([\w-]+)\}$/.exec(text)?.[1];
    return id ? [{id, line: i + 1}] : [];
  });
  const others = elementsOf(body).flatMap(({name, attributes: {figure, id}, line}) => {
    if (name === "Widget" && figure) return [{id: `figure-${figure.replace(".", "-")}`, line}];
    return name === "Quiz" ? [{id: id!, line}] : [];
  });
  const due = [...sections, ...others].sort((a, b) => a.line - b.line).map(({id}) => id);
  const places = [...document.querySelectorAll(".prose :is(h2[id], lora-widget[id], .quiz[id])")].map(({id}) => id);
  expect(due.length).toBeGreaterThan(0);
  // After the text come the takeaway and the works.
  expect(places.slice(0, due.length)).toEqual(due);
});

/** States of a figure that mix what its phrases name, the same each time: every other one is what one phrase names alone. */
function statesOf(controls: Controls, links: readonly HTMLElement[], bounds: unknown): Record<string, unknown>[] {
  const random = mulberry32(7);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const named = links.map((link) => paramsOf(link) ?? {});
  const names = [...new Set(named.flatMap((params) => Object.keys(params)))];
  const valuesOf = (name: string) => named.flatMap((params) => (name in params ? [params[name]] : []));
  return Array.from({length: 20}, (_, i) => {
    const mixed = names.flatMap((name) => (random() < 1 / 3 ? [[name, one(valuesOf(name))] as const] : []));
    const raw = {...one(named), ...(i % 2 ? {} : Object.fromEntries(mixed))};
    return parse(controls, raw, {boundsOf: bounds as never}).params;
  });
}

/** The phrases whose mark is not true of the figure's state. Of several for one state, one is marked. */
function lies(place: Figure, links: readonly HTMLElement[]): string[] {
  const isMarked = (link: HTMLElement) => link.getAttribute("aria-current") === "true";
  return links
    .filter((link) => {
      const isTrue = Object.entries(paramsOf(link) ?? {}).every(([name, value]) => place.state?.[name] === value);
      if (isMarked(link)) return !isTrue;
      const {params} = link.dataset;
      return isTrue && !links.some((other) => other.dataset.params === params && isMarked(other));
    })
    .map((link) => `${link.textContent} at ${JSON.stringify(place.state)}`);
}

describe("a marked phrase is true of its figure and no other is, in twenty random states of each", () => {
  const linksTo = (document: Document, figure: string) => [
    ...document.querySelectorAll<HTMLElement>(`a.set[data-figure="${figure}"]`),
  ];
  const phrased = chapters.filter(({document}) =>
    [...document.querySelectorAll("lora-widget[figure]")].some(
      (place) => linksTo(document, place.getAttribute("figure")!).length,
    ),
  );
  test.each(phrased)("$slug", async ({document}) => {
    let marked = 0;
    for (const place of document.querySelectorAll<Figure>("lora-widget[figure]")) {
      const figure = place.getAttribute("figure")!;
      const links = linksTo(document, figure);
      const name = place.getAttribute("name")!;
      if (!links.length || !isWidgetName(name)) continue;
      const {controls, bounds} = await loadWidget(name);
      for (const state of statesOf(controls as Controls, links, bounds)) {
        Object.assign(place, {state});
        markPhrases(place);
        expect(lies(place, links)).toEqual([]);
        marked += links.filter((link) => link.getAttribute("aria-current") === "true").length;
      }
    }
    expect(marked).toBeGreaterThan(5);
  });
});
