/** The home page: what its first screen shows, how it follows the page, and where the ways on lead. */
import {expect, type Page} from "@playwright/test";
import {answering, expectState, stateOf} from "../../browser/figure.ts";
import {twoFrames} from "../../browser/page.ts";
import {test} from "../../browser/withoutScripts.ts";

test.describe.configure({mode: "parallel"});

const sizes = [
  {width: 1440, height: 900},
  {width: 375, height: 812},
];

/** What of the first screen is not whole in the window. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    ["h1", ".lead", ".threads > svg", ".weighed", ".actions .first"].filter((part) => {
      // Of a drawing's frames one is seen.
      const all = [...document.querySelectorAll(`.opening ${part}`)];
      const box = all.find((one) => one.checkVisibility())!.getBoundingClientRect();
      return !(box.width > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth);
    }),
  );

const picture = (page: Page) => page.locator(".opening .threads > svg:visible");

/** The home page once its first figure answers, and that figure. */
const opened = (page: Page) => answering(page, "/", ".opening lora-widget");

test("promise, picture and first action are on the first screen, and without scripts the lens too", async ({
  page,
  still,
}) => {
  await opened(page);
  for (const {width, height} of sizes) {
    await page.setViewportSize({width, height});
    await expect.poll(() => cutOff(page), `${width} px`).toEqual([]);
    const share = (await picture(page).boundingBox())!;
    // Two thirds of a phone's width at least, and most of a wide window's height.
    expect(width < 600 ? share.width / width : share.height / height).toBeGreaterThan(0.66);
  }

  await still.goto("/");
  for (const size of sizes) {
    await still.setViewportSize(size);
    await expect(picture(still).locator(".glass .block-B")).toBeVisible();
    await expect(still.locator(".opening .weighed")).toContainText("98,304");
    await expect(still.locator(".opening .controls")).toBeHidden();
    // The page does not scroll past an empty screen.
    const gap = await still
      .locator(".opening")
      .evaluate((one) => one.clientHeight - one.firstElementChild!.clientHeight);
    expect(gap).toBe(0);
    await expect(still.locator(".actions .first")).toBeVisible();
  }
});

test("scrolling zooms the picture while it sticks, and lets go of it under the reader's hand", async ({page}) => {
  await page.setViewportSize({width: 1440, height: 900});
  const figure = await opened(page);
  const before = await picture(page).boundingBox();
  await page.mouse.move(10, 400);
  await page.mouse.wheel(0, 450);
  await expect.poll(async () => (await stateOf(figure)).zoom).toBeGreaterThan(0.5);
  const after = await picture(page).boundingBox();
  expect(Math.abs(after!.y - before!.y)).toBeLessThan(80);
  await page.mouse.wheel(0, -450);
  await expectState(figure, {zoom: 0});
  await page.locator("input[name=zoom]").press("End");
  await expectState(figure, {zoom: 3});
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(250);
  await twoFrames(page);
  expect((await stateOf(figure)).zoom).toBe(3);
});

test("with less motion nothing sticks and nothing zooms by itself", async ({page}) => {
  await page.emulateMedia({reducedMotion: "reduce"});
  const figure = await opened(page);
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(250);
  await twoFrames(page);
  expect((await stateOf(figure)).zoom).toBe(0);
});

test("the header leads to chapters, tools, paper, widgets and review, the footer to the engine", async ({page}) => {
  await page.goto("/");
  const ways = page.locator("header.site nav a");
  await expect(ways).toHaveText(["Chapters", "Lab", "Practice", "Inspector", "Paper", "Widgets", "Review"]);
  await expect(page.locator("footer.site").getByRole("link", {name: "Engine"})).toBeVisible();
  // Each door is a card that can be pressed anywhere.
  await page.locator(".doors > li", {hasText: "Open your adapter"}).click({position: {x: 20, y: 20}});
  await expect(page.locator("h1")).toHaveText("Open your adapter");
});

test("the header's names are on one line at every width; what finds no room is in the foot", async ({page}) => {
  await page.goto("/about/");
  for (const [width, inFoot] of [
    [1440, 0],
    [768, 0],
    [764, 0],
    [560, 0],
    [375, 1],
    [360, 1],
  ] as const) {
    await page.setViewportSize({width, height: 800});
    const names = page.locator("header.site nav a:visible");
    await expect(names).toHaveCount(7 - inFoot);
    const tops = await names.evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
    expect(new Set(tops), `${width} px`).toHaveProperty("size", 1);
    const [search, theme] = await page
      .locator("header.site button")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(search, `${width} px`).toBe(theme);
    await expect(page.locator("footer.site").getByRole("link", {name: "Widgets"})).toBeVisible({visible: inFoot === 1});
  }
});

test("the engine's page is a guide first; a link to a function opens its file", async ({page}) => {
  await page.goto("/engine/");
  expect(await page.locator("details.engine-file[open]").count()).toBe(0);
  const heights = await page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
  expect(heights).toBeLessThan(14);
  const entry = page.locator(".engine .entry h4").first();
  const id = (await entry.getAttribute("id"))!;
  await expect(entry).toBeHidden();
  await page.goto(`/engine/#${id}`);
  await expect(entry).toBeVisible();
  await expect(entry).toBeInViewport();
});
