/** Pages while their scripts are on their way, in a browser that is too old for them, and once it is online again. */
import {expect, type Page, test} from "@playwright/test";
import {oldest} from "../../../src/make/guard/browsers.ts";
import {answering} from "../../browser/figure.ts";
import {held} from "../../browser/held.ts";
import {broken, filesOf} from "./faults.ts";

test.describe.configure({mode: "parallel"});

const CHAPTER = "/chapters/low-rank/";

/** How far things on the page have moved by themselves. */
const shift = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const watch = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & {value: number}).value;
        });
        watch.observe({type: "layout-shift", buffered: true});
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );

for (const path of ["/widgets/train/", "/chapters/exercises/", "/review/"])
  test(`${path}: controls come with their script, and nothing moves when they come`, async ({page}) => {
    const send = await held(page, "**/_astro/pageScript*");
    await page.goto(path, {waitUntil: "commit"});
    const controls = page.locator(".widget > .controls, .widget > .tools, .quiz-check, .review-bar");
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-scripts", "coming");
    await page.evaluate(() => document.fonts.ready);
    // All at once: whoever waits too long for the script is told that it is missing.
    await expect(controls.filter({visible: true})).toHaveCount(0);
    send();
    await expect(page.locator("html")).toHaveAttribute("data-scripts", "on");
    await expect(controls.first()).toBeVisible();
    expect(await shift(page)).toBeLessThan(0.001);
  });

for (const path of [CHAPTER, "/embed/rank/"])
  test(`${path}: a browser that is too old shows the page as without scripts, and says so`, async ({page}) => {
    await page.addInitScript(() => {
      Reflect.deleteProperty(Array.prototype, "toSorted");
    });
    await page.goto(path);
    await expect(page.locator("p.trouble")).toContainText(
      `too old for the interactive figures. They need at least ${oldest}`,
    );
    await expect(page.locator("html")).toHaveAttribute("data-scripts", "off");
    for (const dead of [".controls", ".tools"]) await expect(page.locator(`.widget ${dead}`).first()).toBeHidden();
    await expect(page.locator(".widget .picture svg").first()).toBeVisible();
    const guide = page.locator(".widget .guide").first();
    expect(await guide.evaluate((it) => getComputedStyle(it, "::before").content)).toContain("too old");
    await expect(page.locator("lora-widget").first()).not.toHaveAttribute("data-start");
  });

test("once the browser is online again, page and figure try by themselves", async ({page}) => {
  const entry = await broken(page, filesOf.entry, "404");
  const widget = await broken(page, filesOf.widget("rank"), "404");
  await page.goto(CHAPTER);
  await expect(page.locator("p.trouble")).toContainText("did not load");
  entry.mend();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.locator("html")).toHaveAttribute("data-scripts", "on");
  const figure = page.locator("lora-widget[name=rank]").first();
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.getByRole("alert")).toContainText("could not start");
  widget.mend();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(figure.getByRole("alert")).toHaveCount(0);
  await expect(figure.locator(".controls").first()).toBeVisible();
});

for (const [path, file, alive] of [
  ["/progress/", /\/progress\.astro[\w.-]*\.js$/, ".own-data .save"],
  ["/review/", /\/review\.astro[\w.-]*\.js$/, ".review-bar"],
] as const)
  test(`${path}: a script that comes at the second try works beside those that run`, async ({page}) => {
    const trouble: string[] = [];
    page.on("pageerror", ({message}) => trouble.push(message));
    const own = await broken(page, file, "404");
    await page.goto(path);
    const bar = page.locator("p.trouble");
    await expect(bar).toContainText("A script of this page did not load");
    const before = await page.locator("main").innerHTML();
    expect(before).not.toMatch(/Nothing of yours is kept|nothing to erase/);
    own.mend();
    await bar.getByRole("button", {name: "Try again"}).click();
    await expect(bar).toBeHidden();
    await expect.poll(() => page.locator("main").innerHTML()).not.toBe(before);
    await expect(page.locator(alive)).toBeVisible();
    expect(trouble).toEqual([]);
  });

test("what a button needs and did not come is asked for again by the next press", async ({page}) => {
  const take = await broken(page, filesOf.take, "404");
  const widget = await answering(page, "/widgets/savings/");
  await widget.getByRole("button", {name: "Save as…"}).click();
  await widget.getByRole("button", {name: "CSV"}).click();
  await expect(widget.locator(".notice")).toContainText("Press again to retry");
  take.mend();
  const download = page.waitForEvent("download");
  await widget.getByRole("button", {name: "CSV"}).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});
