import {expect, type Locator, type Page, test} from "@playwright/test";
import type {LoraWidget} from "../../../src/figure/loraWidget.ts";
import {awake, ready, set} from "../../browser/figure.ts";
import {figureNames} from "../../browser/figureNames.ts";
import {twoFrames} from "../../browser/page.ts";
import {builtSite, head, otherSite, SHARED} from "../../browser/sites.ts";
import {aTwelfth, isAll} from "../../third.ts";

const ours = builtSite(SHARED);

/** Opens a page of another site with this body, and the element's script in its head. */
async function host(page: Page, body: string, {css = "", top = head} = {}) {
  const script = `<script type="module" src="${ours.origin}/js/v1/lora-widget.js"></script>`;
  await page.goto(await otherSite({"/": `${top}<style>${css}</style>${script}<body>${body}`}));
}

/** The same, once its first element answers. */
async function hostReady(...given: Parameters<typeof host>) {
  await host(...given);
  await ready(given[0].locator("lora-widget").first());
}

test("a slide in a plain page fits the window as it does in a frame", async ({page}) => {
  await page.setViewportSize({width: 960, height: 600});
  await hostReady(page, '<lora-widget name="listener" layout="slide"></lora-widget>', {css: "body { margin: 0 }"});
  await expect(page.locator("lora-widget .guide")).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(600);
});

/** Where every element of the first figure is, beside the figure's corner, and what it looks like. */
const shape = (page: Page) =>
  page.locator("lora-widget").evaluate((widget) => {
    const figure = widget.shadowRoot!.querySelector("figure")!;
    const corner = figure.getBoundingClientRect();
    const looks = ["color", "backgroundColor", "fontFamily", "fontSize", "direction", "borderTopLeftRadius"] as const;
    const drawn = [figure, ...figure.querySelectorAll("*")].filter((node) => node.getClientRects().length);
    return drawn.map((node) => {
      const {left, top, width, height} = node.getBoundingClientRect();
      const place = [left - corner.left, top - corner.top, width, height].map((x) => Math.round(x * 10) / 10);
      const style = getComputedStyle(node);
      return [node.localName, node.getAttribute("class"), ...place, ...looks.map((name) => style[name])].join(" ");
    });
  });

/** The same, but for what no eye sees: places are computed anew and rounded. */
function expectAlike(one: readonly string[], other: readonly string[]) {
  const words = (line: string) => line.replace(/-?\d+(\.\d+)?/g, "#");
  const numbers = (line: string) => (line.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  expect(one.map(words)).toEqual(other.map(words));
  const off = one.filter((line, i) => numbers(line).some((x, k) => Math.abs(x - numbers(other[i]!)[k]!) > 0.2));
  expect(off).toEqual([]);
}

const widget = '<div style="width:900px"><lora-widget name="rank" r="8"></lora-widget></div>';

test("a page's direction, sheet and properties end at a figure, but for those we promise", async ({page}) => {
  await hostReady(page, widget);
  const alone = await shape(page);
  const top = head.replace('lang="en"', 'lang="ar" dir="rtl"');
  await hostReady(page, widget, {top, css: "* {direction: rtl; unicode-bidi: bidi-override}"});
  expectAlike(await shape(page), alone);
  const spoken = await page.locator("lora-widget figure").evaluate((it) => it.closest("[lang]")?.getAttribute("lang"));
  expect(spoken).toBe("en");
  await page.locator("lora-widget input[name=r]").press("ArrowRight");
  await expect(page.locator("lora-widget .sentence")).toContainText("rank 9");

  const loud = `html { font-size: 62.5% } * { all: unset !important; font-size: 60px !important; letter-spacing: 9px !important;
    text-transform: uppercase !important; line-height: 3 !important; color: lime !important }
    head, style, script { display: none !important } svg, figure, .sentence { display: none !important }
    div { display: block !important; width: 900px !important }`;
  await hostReady(page, widget, {css: loud});
  expectAlike(await shape(page), alone);

  const sheet = await page.locator("lora-widget").evaluate((it) => {
    const text = [...it.shadowRoot!.adoptedStyleSheets].flatMap(({cssRules}) =>
      [...cssRules].map(({cssText}) => cssText),
    );
    return text.join();
  });
  const ours = [...new Set(sheet.match(/--[\w-]+/g))].filter((name) => !name.startsWith("--lora-"));
  expect(ours.length).toBeGreaterThan(15);
  const hostile = [...ours, "--font-sans", "--font-serif", "--font-mono"];
  const values = (value: string) => hostile.map((name) => `${name}: ${value}`).join("; ");
  await hostReady(page, widget, {css: `:root {${values("lime")}} * {${values("40px")}}`});
  expectAlike(await shape(page), alone);

  const css = "lora-widget {--lora-font: monospace; --lora-radius: 0; color-scheme: dark}";
  await hostReady(page, widget, {css});
  const figure = page.locator("lora-widget figure");
  await expect(figure).toHaveCSS("font-family", "monospace");
  await expect(figure).toHaveCSS("border-radius", "0px");
  await expect(figure).toHaveCSS("background-color", "rgb(27, 29, 34)");
});

test("a figure without its card and line stands on the host's page, at its size", async ({page}) => {
  await hostReady(page, widget);
  const figure = page.locator("lora-widget figure");
  const {height} = (await figure.boundingBox())!;
  await set(page.locator("lora-widget"), {}, {background: "transparent", border: false});
  await expect(figure).toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
  await expect(figure).toHaveCSS("border-top-color", "rgba(0, 0, 0, 0)");
  expect((await figure.boundingBox())!.height).toBeCloseTo(height, 1);

  // In a frame nothing is painted behind it either.
  await page.goto(`${ours.origin}/embed/rank/?background=transparent&border=0`);
  await expect(page.locator("figure.widget")).toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
  for (const behind of ["html", "body", "main"])
    await expect(page.locator(behind)).toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
});

test("the first figure of a page takes at most seven requests, weights and the worker's own aside", async ({page}) => {
  for (const name of aTwelfth(figureNames)) {
    await hostReady(page, `<lora-widget name="${name}" loading="eager"></lora-widget>`);
    await expect(page.locator("lora-widget .sentence")).not.toBeEmpty();
    const asked = await page.evaluate(() => performance.getEntriesByType("resource").map((one) => one.name));
    const counted = asked.filter((url) => url.includes("/js/v1/") && !/\.weights-|lora-(worker|models)/.test(url));
    expect(counted.length, `${name}: ${counted.join(" ")}`).toBeGreaterThan(1);
    expect(counted.length, `${name}: ${counted.join(" ")}`).toBeLessThanOrEqual(7);
  }
});

/** The element's code as the embed dialog writes it. */
async function codeOf(page: Page, name: string): Promise<string> {
  const figure = await awake(page, `${ours.origin}/widgets/${name}/`);
  // A reader sees the result before they take the figure along; a file waits for it too.
  await figure.evaluate((it: LoraWidget) => it.exportCSV().then(() => {}));
  await page.getByRole("button", {name: "Embed this figure"}).click();
  const dialog = page.getByRole("dialog", {name: "Embed this figure"});
  await dialog.getByRole("tab", {name: "Element"}).click();
  return dialog.getByRole("textbox", {name: "Element", exact: true}).inputValue();
}

/** Scrolls to the end of the page as a reader does, waiting for each figure, and sums what shifted on the way. */
async function shifts(page: Page): Promise<number> {
  await page.evaluate(() => {
    const sum = {value: 0};
    Object.assign(globalThis, {shifted: sum});
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum.value += (entry as PerformanceEntry & {value: number}).value;
    }).observe({type: "layout-shift", buffered: true});
  });
  const isPast = (figure: Locator) => figure.evaluate((it) => it.getBoundingClientRect().bottom < innerHeight);
  for (const figure of await page.locator("lora-widget").all()) {
    while (!(await isPast(figure))) {
      await page.mouse.wheel(0, 300);
      await twoFrames(page);
    }
    await expect(figure.locator(".enclosure[data-coming]")).toHaveCount(0);
    await twoFrames(page);
  }
  return page.evaluate(() => (globalThis as unknown as {shifted: {value: number}}).shifted.value);
}

/** Names three by three. */
const threes = isAll
  ? figureNames.flatMap((_, i) => (i % 3 ? [] : [figureNames.slice(i, i + 3)]))
  : [["rank", "savings", "train"]];

for (const three of threes)
  test(`the dialog's code reserves the height of ${three.join(", ")}: nothing on the page shifts`, async ({page}) => {
    const codes: string[] = [];
    await page.setViewportSize({width: 1280, height: 900});
    for (const name of three) codes.push(await codeOf(page, name));
    const text = "<p>Words of the course, before and after each figure, as they are on its page.</p>".repeat(4);
    for (const [width, height] of [
      [1280, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({width, height});
      await host(page, text + codes.join(text) + text);
      expect(await shifts(page), `${width} px`).toBeLessThanOrEqual(0.02);
    }
  });

test("a file that was lost is said, to the page too, and comes when the reader reloads", async ({page}) => {
  for (const lost of ["lora-shell", "lora-engine", "widget"]) {
    const addresses = `**/js/v1/${lost}-*.js`;
    await page.route(addresses, (route) => route.abort());
    await host(page, '<lora-widget name="rank" r="8"><a href="https://example.org/">The page</a></lora-widget>');
    await expect(page.getByRole("alert"), lost).toContainText("could not start");
    await expect(ready(page.locator("lora-widget")), lost).rejects.toThrow("could not start");
    await expect(page.getByRole("link", {name: "The page"}), lost).toBeVisible();
    await page.unroute(addresses);
    await page.getByRole("button", {name: "Reload"}).click();
    await expect(page.locator("lora-widget .sentence"), lost).toContainText("rank 8");
    await expect(page.getByRole("alert"), lost).toHaveCount(0);
  }
});
