import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseHTML} from "linkedom";
import {describe, expect, test} from "vitest";
import {type WidgetName, widgetNames} from "../../src/widgets/registry.ts";
import {order, partsOf} from "../../src/widgets/sheets.ts";
import {pages, root, textOf} from "./site.ts";

const styles = join(root, "src/styles");

/** What the rules of a sheet choose, without states and pseudo-elements, which an element comes and goes with. */
function selectors(css: string): string[] {
  const heads = [...css.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/([^{}]+)\{/g)].map(([, head = ""]) => head.trim());
  return heads
    .filter((head) => !head.startsWith("@"))
    .map((one) => one.replace(/::[\w-]+|:(hover|focus|focus-visible|focus-within|active|checked|disabled|open)\b/g, ""))
    .map((one) => one.trim())
    .filter((one) => /[.[]/.test(one));
}
const parts = new Map(order.map((part) => [part, selectors(readFileSync(join(styles, `parts/${part}.css`), "utf8"))]));

/** The parts whose rules choose something in these elements. */
const chosenBy = (html: string): string[] => {
  const {document} = parseHTML(html);
  const has = (one: string) =>
    [...one.matchAll(/\.([a-z][\w-]*)/g)].some(([, name = ""]) => html.includes(name)) && document.querySelector(one);
  return [...parts].filter(([, chosen]) => chosen.some(has)).map(([part]) => part);
};

describe("sheets that only some figures need", () => {
  test("each has its place, and the element on a foreign page has them all, in their order", () => {
    const files = readdirSync(join(styles, "parts")).map((file) => file.replace(".css", ""));
    expect(files.sort()).toEqual([...order].sort());
    const foreign = readFileSync(join(styles, "foreign.css"), "utf8");
    expect([...foreign.matchAll(/parts\/(\w+)\.css/g)].map(([, part]) => part)).toEqual([...order]);
  });

  test("the reader of rules sees what is chosen", () => {
    expect(chosenBy('<body><div class="tracing"></div></body>')).toEqual(["tracing"]);
    const css = "/* .a */ @media print { .b:hover, p:is(.c, .d)::before { top: 0 } }";
    expect(selectors(css)).toEqual([".b, p:is(.c, .d)"]);
  });

  test.each(widgetNames)("%s asks for those that its first frame needs", (name) => {
    const needed = chosenBy(textOf(`embed/${name}/index.html`));
    expect(needed.filter((part) => !partsOf([name]).includes(part))).toEqual([]);
  });

  test("every page links those of its figures, once each and after its own sheet", () => {
    for (const page of pages.filter((one) => !one.startsWith("embed/"))) {
      const html = textOf(page);
      const names = [...html.matchAll(/(?:<lora-widget\b[^>]*\bname|<div data-name)="([\w-]+)"/g)].map(
        ([, name]) => name as WidgetName,
      );
      const body = html.indexOf("<body");
      const sheet = /<link rel="stylesheet" href="[^"]*\/_astro\/([\w-]+)\.[\w-]+\.css">/g;
      const linked = [...html.slice(body).matchAll(sheet)].map(([, part]) => part);
      expect(linked, page).toEqual(partsOf(names));
      expect(html.indexOf("/_astro/Page."), page).toBeLessThan(body);
    }
  });
});
