import {cpSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {expect, type Page, test} from "@playwright/test";
import {unknownSite} from "../../../src/components/marks/siteAddress.ts";
import {makePortable} from "../../../src/make/portable/portable.ts";
import {findings, ofColor} from "../../browser/axe.ts";
import {nameless} from "../../browser/heard.ts";
import {idling} from "../../browser/idle.ts";
import {crawl} from "../../browser/links.ts";
import {serve} from "../../browser/serve.ts";
import {watch} from "../../browser/watch.ts";
import {addressOf, dist, pagesOf, root} from "../../built/site.ts";
import {aThird, isAll} from "../../third.ts";

/** Pages no link needs to lead to are tested too: those in frames, and the one for a wrong address. */
const built = pagesOf(dist).map(addressOf);

/** Those that some link has to lead to. */
const reachable = built.filter((path) => !path.startsWith("/embed/") && !path.endsWith(".html"));

/** Pages of widgets have tests of their own; of those in frames, which are figures again, a third is looked at. */
const others = built.filter((path) => !/^\/(widgets|embed)\/./.test(path));
const frames = built.filter((path) => path.startsWith("/embed/"));

/** Brings every widget of a page near the viewport once, and lets what that loads arrive. */
async function wake(page: Page, idle: () => Promise<void>): Promise<void> {
  for (const widget of await page.locator("lora-widget").all()) await widget.scrollIntoViewIfNeeded();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await idle();
}

// axe reads whole chapters, and the last test every page.
test.describe.configure({mode: "parallel", timeout: 240_000});

/** axe looks at every chapter, and at a third of the other pages; colors in the dark on a third. /print/ is all chapters again. */
const third = aThird([...others, ...frames].filter((path) => !path.startsWith("/chapters/")));
const isLookedAt = (path: string) =>
  isAll || (path !== "/print/" && (path.startsWith("/chapters/") || third.includes(path)));
const inTheDark = aThird([...others, ...frames]).filter(isLookedAt);

for (const path of [...others, ...aThird(frames)]) {
  test(`${path} keeps to itself, is silent, has its names, is accessible, and fits 320 px`, async ({page, baseURL}) => {
    const trouble = await watch(page, new URL(baseURL as string).origin);
    const idle = idling(page);
    await page.emulateMedia({colorScheme: "light"});
    await page.goto(path);
    expect.soft(await nameless(page), "figures, tables, pictures and groups without a name").toEqual([]);
    await wake(page, idle);
    // Frames on the guides are embed pages, which are crawled by themselves.
    const framed = path.startsWith("/embedding/");
    if (isLookedAt(path)) expect.soft(await findings(page, {framed}), "axe, light").toEqual([]);
    if (inTheDark.includes(path)) {
      await page.emulateMedia({colorScheme: "dark"});
      expect.soft(await findings(page, {framed, rules: ofColor}), "axe, dark").toEqual([]);
    }
    await page.setViewportSize({width: 320, height: 640});
    expect
      .soft(await page.evaluate(() => document.documentElement.scrollWidth), "width at 320 px")
      .toBeLessThanOrEqual(320);
    expect.soft(trouble).toEqual([]);
  });
}

test("a portable build lives in an odd folder, on a disk, and behind a wrong address", async ({page}) => {
  const folder = join(root, "tests/results/portable");
  cpSync(dist, folder, {recursive: true});
  await makePortable(folder, {base: "/", origin: unknownSite});
  const base = "/My course (2)/files/";
  const site = await serve({root: folder, base});
  const {pages, broken} = await crawl(site.origin, base);
  expect(broken).toEqual([]);
  const named = reachable.map((path) => `${base}${path.slice(1)}index.html`);
  expect(pages, "every page, and each by its file's name").toEqual(expect.arrayContaining(named));
  expect(pages.filter((path) => path.endsWith("/"))).toEqual([base]);

  const trouble = await watch(page, site.origin);
  const idle = idling(page);
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  const chapter = "chapters/the-problem/index.html";
  /** Wakes every widget of the page, on screen or not, and waits for its first sentence. */
  const awake = () =>
    page.locator("lora-widget").evaluateAll(async (all) => {
      const started = (all as (HTMLElement & {set(raw: object): Promise<void>; summary: string})[]).map(async (one) => {
        await one.set({});
        return one.summary.length;
      });
      return Math.min(...(await Promise.all(started)));
    });
  await page.goto(`${site.origin}${base}${chapter}`);
  expect(await awake()).toBeGreaterThan(0);
  await idle();
  expect(workers.length, "runs are in the worker").toBe(1);
  expect(trouble).toEqual([]);

  await page.goto(`${site.origin}${base}no/such/page/`);
  await expect(page.locator("a.home")).toHaveAttribute("href", `${site.origin}${encodeURI(base)}index.html`);

  await page.context().unrouteAll();
  await page.goto(pathToFileURL(join(folder, chapter)).href);
  await page.waitForFunction(() => customElements.get("lora-widget"));
  expect(await awake()).toBeGreaterThan(0);
  await page.goto(pathToFileURL(join(folder, "chapters/exercises/index.html")).href);
  const exercise = page.locator(".quiz[data-kind=code][data-live]").first();
  await exercise.getByLabel("Your function").fill("function other() {}");
  await exercise.getByRole("button", {name: "Run"}).click();
  await expect(exercise.locator(".quiz-feedback")).toContainText("There is no function named", {timeout: 15_000});
  await page.getByRole("link", {name: "Glossary"}).first().click();
  await expect(page).toHaveURL(/^file:.*glossary\/index\.html$/);
  await page.locator("header .search:enabled").click();
  await page.getByRole("combobox", {name: "Search"}).fill("eckart");
  await expect(page.locator("dialog [aria-selected=true]")).toHaveAttribute("href", /^file:.*\/index\.html#/);
  await site.close();
});
