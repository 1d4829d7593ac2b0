import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseHTML} from "linkedom";
import postcss, {type Rule} from "postcss";
import {describe, expect, test} from "vitest";
import {type WidgetName, widgetNames} from "../../src/figures/registry.ts";
import {sheetOrder, sheetsOf} from "../../src/figures/sheets.ts";
import {pages, root, textOf} from "./site.ts";

const styles = join(root, "src/figures/styles");

/** The selector of a rule with those of the rules around it. */
function whole({selector, parent}: Rule): string {
  let around = parent;
  while (around && around.type !== "rule") around = around.parent as typeof parent;
  if (!around) return selector;
  const outer = `:is(${whole(around as Rule)})`;
  return selector.includes("&") ? selector.replaceAll("&", outer) : `${outer} ${selector}`;
}

const state = /:(?:hover|focus-visible|focus-within|focus|active|checked|disabled|open)\b/;
const pseudo = new RegExp(`::[\\w-]+|(?<=[\\s(,>+~]|^)(${state.source})|${state.source}`, "g");

/**
 * The selectors of a sheet's rules, without states and pseudo-elements, which an element comes and goes with. A state that
 * stands alone, as in `:has(> :checked)`, becomes any element.
 */
function selectors(css: string): string[] {
  const found: string[] = [];
  postcss.parse(css).walkRules((rule) => {
    found.push(
      whole(rule)
        .replace(pseudo, (_, alone) => (alone ? "*" : ""))
        .trim(),
    );
  });
  return found.filter((selector) => /[.[]/.test(selector));
}
const parts = new Map(sheetOrder.map((part) => [part, selectors(readFileSync(join(styles, `${part}.css`), "utf8"))]));

/** The parts with a rule that matches one of these elements. */
const chosenBy = (html: string): string[] => {
  const {document} = parseHTML(html);
  const has = (one: string) =>
    [...one.matchAll(/\.([a-z][\w-]*)/g)].some(([, name = ""]) => html.includes(name)) && document.querySelector(one);
  return [...parts].filter(([, chosen]) => chosen.some(has)).map(([part]) => part);
};

describe("sheets that only some figures need", () => {
  test("are all in the list, and the element on a foreign page has them all in that order", () => {
    const files = readdirSync(styles).map((file) => file.replace(".css", ""));
    expect(files.sort()).toEqual([...sheetOrder].sort());
    const foreign = readFileSync(join(root, "src/embed/styles/foreign.css"), "utf8");
    expect([...foreign.matchAll(/figures\/styles\/(\w+)\.css/g)].map(([, part]) => part)).toEqual([...sheetOrder]);
  });

  test("are known by the selectors of their rules", () => {
    expect(chosenBy('<body><div class="tracing"></div></body>')).toEqual(["tracing"]);
    const css = "/* .a */ @media print { .b:hover, p:is(.c, .d)::before { top: 0 } }";
    expect(selectors(css)).toEqual([".b, p:is(.c, .d)"]);
    expect(selectors(".a:has(> :checked) { top: 0 } .a:has(:hover + .b:focus) { top: 0 }")).toEqual([
      ".a:has(> *)",
      ".a:has(* + .b)",
    ]);
    expect(selectors(".a { & > .b { top: 0 } .c { top: 0 } }").slice(1)).toEqual([":is(.a) > .b", ":is(.a) .c"]);
  });

  test.each(widgetNames)("include those that the first frame of %s needs", (name) => {
    const needed = chosenBy(textOf(`embed/${name}/index.html`));
    expect(needed.filter((part) => !sheetsOf([name]).includes(part))).toEqual([]);
  });

  test("are linked by every page for its figures, once each and after its own sheet", () => {
    for (const page of pages.filter((one) => !one.startsWith("embed/"))) {
      const html = textOf(page);
      const names = [...html.matchAll(/(?:<lora-widget\b[^>]*\bname|<div data-name)="([\w-]+)"/g)].map(
        ([, name]) => name as WidgetName,
      );
      const body = html.indexOf("<body");
      const sheet = /<link rel="stylesheet" href="[^"]*\/_astro\/([\w-]+)\.[\w-]+\.css">/g;
      const linked = [...html.slice(body).matchAll(sheet)].map(([, part]) => part);
      expect(linked, page).toEqual(sheetsOf(names));
      expect(html.indexOf("/_astro/Page."), page).toBeLessThan(body);
    }
  });
});
