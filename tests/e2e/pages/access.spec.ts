/** No violation of any axe rule in any state a widget can be in, in both themes. */
import {readdirSync} from "node:fs";
import {type Browser, expect, type Locator, type Page, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {answering, awake} from "../../browser/figure.ts";
import {nameless, partedImages} from "../../browser/heard.ts";
import {aThird, isAll} from "../../third.ts";

test.describe.configure({mode: "parallel"});

const axe = (page: Page, rules?: string[]) => findings(page, {include: "lora-widget", ...(rules && {rules})});

const set = (widget: Locator, state: Record<string, unknown>) =>
  widget.evaluate((element, values) => {
    Object.assign(element, {state: values});
  }, state);

/** Every widget that has a page. */
const names = readdirSync(new URL("../../../dist/widgets", import.meta.url), {withFileTypes: true}).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

/** Each control at each of its ends, as the form has them; a choice at each of its values. */
const endsOf = (widget: Locator) =>
  widget
    .locator(".controls")
    .evaluate((form) =>
      [...form.querySelectorAll<HTMLInputElement>("input:not([type=hidden])")].flatMap(
        ({type, name, value, min, max}) => (type === "radio" ? [{[name]: value}] : [{[name]: min}, {[name]: max}]),
      ),
    );

/** The first and the last value of each choice. */
const outer = (states: readonly Record<string, string>[]) =>
  states.filter((_, i) => {
    const nameAt = (n: number) => Object.keys(states[n] ?? {})[0];
    return nameAt(i - 1) !== nameAt(i) || nameAt(i + 1) !== nameAt(i);
  });

test("axe sees what is wrong, in all of a page or a part of it, by all rules or by some", async ({page}) => {
  await page.setContent(
    '<html lang="en"><title>Wrong</title><main><button></button><p style="color:#ccc;background:#fff">Pale</p></main>',
  );
  const ids = async (...how: Parameters<typeof findings> extends [Page, ...infer Rest] ? Rest : never) =>
    (await findings(page, ...how)).map((line) => line.split(" ")[0]);
  expect(await ids()).toEqual(expect.arrayContaining(["button-name", "color-contrast"]));
  expect(await ids({include: "p"})).toEqual(["color-contrast"]);
  expect(await ids({rules: ["button-name"]})).toEqual(["button-name"]);
});

// Names and roles are checked in unit tests for every state there; this looks at all of them as they are painted.
for (const name of isAll ? names : []) {
  test(`${name}: at both ends of every control`, async ({page}) => {
    test.setTimeout(480_000);
    await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
    // As it begins it is looked at where its page is crawled, in both themes; the dark again below, with everything open.
    const widget = await answering(page, `/widgets/${name}/`);
    const now = await widget.evaluate((element) => (element as unknown as {state: Record<string, unknown>}).state);
    const isNew = (state: Record<string, string>) =>
      Object.entries(state).some(([key, value]) => String(now[key]) !== value);
    for (const state of outer(await endsOf(widget)).filter(isNew)) {
      await set(widget, {...now, ...state});
      expect(await axe(page), JSON.stringify(state)).toEqual([]);
    }
  });
}

test("a symbol under the pointer lights wherever it stands, and can be read there in both themes", async ({page}) => {
  // axe reads all of a chapter six times.
  test.slow();
  await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
  await awake(page, "/chapters/low-rank/");
  for (const symbol of ["B", "A", "dW"]) {
    await page.locator(`lora-widget [data-symbol="${symbol}"]:not(svg *)`).first().hover();
    await expect.poll(() => page.locator("[data-lit]").count(), symbol).toBeGreaterThan(2);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({colorScheme});
      expect(
        await findings(page, {include: "[data-lit]", rules: ["color-contrast"]}),
        `${symbol}, ${colorScheme}`,
      ).toEqual([]);
    }
  }
});

test("what is heard: the text begins at its title, symbols have names, an embed says its title once", async ({
  page,
}) => {
  await page.setViewportSize({width: 320, height: 256});
  await page.goto("/chapters/low-rank/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("h1")).toBeFocused();
  await expect(page.locator('.symbols [data-symbol="B"]').first()).toHaveAccessibleName(/^B, .+, d by r$/);
  for (const path of ["/", "/lab/", "/paper/", "/embedding/", "/teach/"]) {
    await page.goto(path);
    await expect(page.locator('a.skip[href="#text"]')).toHaveCount(1);
    await expect(page.locator('h1#text[tabindex="-1"]'), path).toHaveCount(1);
  }
  await page.goto("/widgets/train/");
  await expect(page.locator(".time"), "no room to stay in sight").toHaveCSS("position", "static");
  await page.goto("/embed/rank/");
  const title = (await page.locator("h1").textContent())!;
  await expect(page.getByRole("figure", {name: title, exact: true})).toHaveCount(1);
  await expect(page.getByRole("slider").first()).toHaveAttribute("aria-valuetext", "4 of 48");
  expect((await page.locator("body").ariaSnapshot()).split(title)).toHaveLength(3);
});

test("what is read as one is told from what is read part by part, and a name from none", async ({page}) => {
  const mark = (hidden: string) => `<svg role="img" aria-label="Bars"><g ${hidden}><text>0.2</text></g></svg>`;
  await page.setContent(mark(""));
  expect(await partedImages(page)).toEqual(["Bars"]);
  await page.setContent(mark('aria-hidden="true"'));
  expect(await partedImages(page)).toEqual([]);
  await page.setContent(
    `<figure><table><caption>One</caption></table></figure><details><summary>Two</summary><table></table></details>
    <div role="region" aria-label="Three"><table></table></div><table class="bare"></table><div role="group"></div>`,
  );
  expect(await nameless(page)).toEqual(['<table class="bare"></table>', '<div role="group"></div>']);
});

test("figures tell their tools apart by their numbers", async ({page}) => {
  await page.goto("/chapters/low-rank/");
  const names = await page.locator(".tools").evaluateAll((all) => all.map((bar) => bar.getAttribute("aria-label")));
  expect(names.length).toBeGreaterThan(2);
  expect(new Set(names).size).toBe(names.length);
  for (const number of ["2.1", "2.3"])
    await expect(page.getByRole("button", {name: `Explore Figure ${number}`})).toHaveCount(1);
  await page.goto("/chapters/the-mechanism/");
  await expect(page.getByRole("group", {name: /^Figure 3\.\d, run$/}).first()).toBeVisible();
  await awake(page, "/chapters/low-rank/");
  await page.getByRole("button", {name: "Explore Figure 2.1"}).click();
  await expect(
    page.getByRole("toolbar", {name: "Figure 2.1, tools"}).getByRole("button", {name: "Embed"}),
  ).toBeVisible();
});

/** Tables that are wider than their figure and do not scroll in it, by what they begin with. */
const protruding = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const edge = (one: Element) => one.getBoundingClientRect().right;
    return [...document.querySelectorAll("figure.widget table")]
      .filter((table) => edge(table) > edge(table.closest("figure.widget")!))
      .filter((table) => getComputedStyle(table.parentElement!).overflowX === "visible")
      .map((table) => `${table.closest("[id]")?.id}: ${table.textContent?.slice(0, 40)}`);
  });

/** Adds a reader's own style sheet to each page, and asks at each width how far it can be moved sideways. */
async function movedSideways(browser: Browser, css: string, paths: readonly string[], widths: readonly number[]) {
  // A reader's style sheet is none of the page's, whatever the page allows itself.
  const context = await browser.newContext({bypassCSP: true, reducedMotion: "reduce"});
  const page = await context.newPage();
  for (const path of paths) {
    await page.goto(path);
    await page.addStyleTag({content: css});
    for (const width of widths) {
      await page.setViewportSize({width, height: 800});
      const over = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(over, `${path} at ${width}`).toBeLessThanOrEqual(0);
      expect(await protruding(page), `${path} at ${width}`).toEqual([]);
    }
  }
  await context.close();
}

const chapters = readdirSync(new URL("../../../dist/chapters", import.meta.url)).map((name) => `/chapters/${name}/`);

test("more space between letters, words and lines moves no chapter sideways", async ({browser}) => {
  test.setTimeout(300_000);
  // WCAG 1.4.12.
  const spaced =
    "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} p {margin-bottom: 2em !important}";
  await movedSideways(browser, spaced, aThird(chapters), [1200, 1000, 900, 800, 600, 360, 320]);
});

test("letters twice as large move no page sideways", async ({browser}) => {
  test.setTimeout(300_000);
  const single = [
    "",
    "paper/",
    "lab/",
    "glossary/",
    "engine/",
    "about/",
    "teach/",
    "embedding/developers/",
    "widgets/",
  ];
  const widgets = names.map((name) => `/widgets/${name}/`);
  const paths = aThird([...single.map((path) => `/${path}`), ...widgets, ...chapters]);
  await movedSideways(browser, "html {font-size: 32px !important}", paths, [1280, 640]);
});
