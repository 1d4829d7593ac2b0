/**
 * What pages say when a file is missing, cut short or never comes: one sentence and Reload within 5 seconds, and nothing that
 * looks alive. Time is the page's own clock, which the test moves.
 */
import {expect, type Locator, type Page, test} from "@playwright/test";
import {oldestBrowsers} from "../../../src/site/guard/browsers.ts";
import {answering} from "../../browser/figure.ts";
import {held} from "../../browser/held.ts";
import {aThird, oneOf, oneOfQuarter} from "../../third.ts";
import {broken, type Fault, filesOf} from "./faults.ts";

test.describe.configure({mode: "parallel"});

const figure = (page: Page) => page.locator("lora-widget").first();
const bar = (page: Page) => page.locator("p.trouble");
const alert = (page: Page) => figure(page).getByRole("alert");
const notice = (page: Page) => figure(page).locator(".notice").first();

/** Who speaks for a file and what it says, and whether what it brings is hidden without it. */
interface Kind {
  said: (page: Page) => Locator;
  text: RegExp;
  isHidden: boolean;
}
const script: Kind = {said: bar, text: /A script of this page has not loaded/, isHidden: true};
const sheet: Kind = {said: bar, text: /A style sheet of this page has not loaded/, isHidden: false};
const start: Kind = {said: alert, text: /could not start|has not loaded yet/, isHidden: true};
const run: Kind = {said: notice, text: /did not load|has not loaded yet/, isHidden: false};
const part = (said: string): Kind => ({
  said: (page) => page.locator(said),
  text: /did not load|has not loaded yet/,
  isHidden: true,
});

/** What of a page answers once all is there. */
const controls = {
  "/chapters/low-rank/": "lora-widget[name=question] .time",
  "/chapters/exercises/": "#q-12-one-step .quiz-check",
  "/lab/": "lora-widget[name=lab] .time",
  "/embed/rank/": "lora-widget .controls",
};

/**
 * What is late hangs until its absence was said, and then comes by itself. Of these files a third is tried at a time, each with one of
 * its faults; the script of every page but an embed's is one file.
 */
const cases: readonly [keyof typeof controls, string, RegExp, Kind, ...(Fault | "late")[]][] = [
  ["/chapters/low-rank/", "script", filesOf.entry, script, "late", "404"],
  ["/chapters/low-rank/", "style sheet", filesOf.sheet, sheet, "404", "late"],
  ["/chapters/low-rank/", "shell", filesOf.shell, start, "404", "cut"],
  ["/chapters/low-rank/", "widget", filesOf.widget("question"), start, "late", "cut"],
  ["/chapters/exercises/", "exercise", filesOf.exercise, part("#q-12-one-step .quiz-feedback"), "404", "hanging"],
  ["/lab/", "player", filesOf.player, run, "404"],
  ["/lab/", "model", filesOf.model("lab"), run, "404", "cut"],
  ["/lab/", "weights", filesOf.weights, run, "late", "404"],
  ["/embed/rank/", "script", /\/js\/v1\/embed\/rank\.js$/, script, "404", "hanging"],
  ["/embed/rank/", "style sheet", /\/_astro\/[\w.-]+\.css$/, sheet, "404", "hanging"],
];

for (const [path, file, files, {said, text, isHidden}, ...faults] of aThird(cases))
  for (const fault of oneOfQuarter(faults))
    test(`${path}: ${file}, ${fault}`, async ({page}) => {
      const control = page.locator(controls[path]);
      await page.clock.install();
      const lost = await broken(page, files, fault === "late" ? "hanging" : fault);
      await page.goto(path, {waitUntil: "commit"});
      // A sheet that hangs in the body holds up what follows it until the page lets it by.
      await expect(page.locator("html")).not.toHaveAttribute("data-scripts", "off");
      if (said === alert || said === notice) await figure(page).scrollIntoViewIfNeeded();
      await lost.asked;
      await page.clock.fastForward(5100);
      await expect(said(page)).toContainText(text);
      await expect(page.locator("main")).toContainText(/\w{4}/);
      if (isHidden) await expect(control.filter({visible: true})).toHaveCount(0);
      // What hangs goes on hanging until the page is left.
      if (fault !== "hanging") lost.mend();
      if (fault !== "late") await said(page).getByRole("button", {name: "Reload"}).click();
      lost.mend();
      await expect(page.locator("html")).toHaveAttribute("data-scripts", "on");
      await expect(said(page).filter({hasText: text, visible: true})).toHaveCount(0);
      await expect(control.first()).toBeVisible();
    });

test("what a button needs and did not come is said", async ({page}) => {
  await broken(page, filesOf.exportAs, "404");
  const widget = await answering(page, "/widgets/savings/");
  await widget.getByRole("button", {name: "Save as…"}).click();
  await widget.getByRole("button", {name: "CSV"}).click();
  await expect(widget.locator(".notice")).toHaveText(
    "This could not be done: a file that it needs did not load.Reload",
  );
});

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

for (const path of oneOf(["/widgets/train/", "/chapters/exercises/", "/review/"]))
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

test("a browser that is too old shows a page as without scripts, and says so; so does an embed", async ({page}) => {
  await page.addInitScript(() => {
    CSS.supports = () => false;
  });
  for (const path of ["/chapters/low-rank/", "/embed/rank/"]) {
    await page.goto(path);
    await expect(page.locator("p.trouble")).toContainText(
      `too old for the interactive figures. They need at least ${oldestBrowsers}`,
    );
    await expect(page.locator("html")).toHaveAttribute("data-scripts", "off");
    for (const dead of [".controls", ".tools"]) await expect(page.locator(`.widget ${dead}`).first()).toBeHidden();
    await expect(page.locator(".widget .picture svg:visible").first()).toBeVisible();
    const guide = page.locator(".widget .guide").first();
    expect(await guide.evaluate((it) => getComputedStyle(it, "::before").content)).toContain("too old");
    await expect(page.locator("lora-widget").first()).not.toHaveAttribute("data-start");
  }
});
