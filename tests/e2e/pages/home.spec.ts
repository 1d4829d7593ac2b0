/** The home page: what its first screen shows, how it follows the page, and where the ways on lead. */
import {expect, type Page, test} from "@playwright/test";

test.describe.configure({mode: "parallel"});

type Lora = HTMLElement & {ready: Promise<unknown>; state: {zoom: number}};

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

const ready = (page: Page) =>
  page.locator(".opening lora-widget").evaluate((element) => (element as Lora).ready.then(() => true));
const zoom = (page: Page) => page.locator(".opening lora-widget").evaluate((element) => (element as Lora).state.zoom);

test("promise, picture and first action are in a wide window and on a phone, and without scripts the picture with its lens", async ({
  page,
  browser,
}) => {
  await page.goto("/");
  await ready(page);
  for (const {width, height} of sizes) {
    await page.setViewportSize({width, height});
    await expect.poll(() => cutOff(page), `${width} px`).toEqual([]);
    const share = (await picture(page).boundingBox())!;
    // Two thirds of a phone's width at least, and most of a wide window's height.
    expect(width < 600 ? share.width / width : share.height / height).toBeGreaterThan(0.66);
  }

  const still = await browser.newPage({javaScriptEnabled: false});
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
  await still.close();
});

test("scrolling zooms the picture while it sticks, and lets go of it when the reader's hand is on it", async ({
  page,
}) => {
  await page.setViewportSize({width: 1440, height: 900});
  await page.goto("/");
  await ready(page);
  const before = await picture(page).boundingBox();
  await page.mouse.move(10, 400);
  await page.mouse.wheel(0, 450);
  await expect.poll(() => zoom(page)).toBeGreaterThan(0.5);
  const after = await picture(page).boundingBox();
  expect(Math.abs(after!.y - before!.y)).toBeLessThan(80);
  await page.mouse.wheel(0, -450);
  await expect.poll(() => zoom(page)).toBe(0);
  await page.locator("input[name=zoom]").focus();
  await page.keyboard.press("End");
  await expect.poll(() => zoom(page)).toBe(3);
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(250);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await zoom(page)).toBe(3);
});

test("with less motion nothing sticks and nothing zooms by itself", async ({page}) => {
  await page.emulateMedia({reducedMotion: "reduce"});
  await page.goto("/");
  await ready(page);
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(250);
  expect(await zoom(page)).toBe(0);
});

test("the header leads to chapters, tools, paper, widgets and review; the engine is reached from the footer", async ({
  page,
}) => {
  await page.goto("/");
  const ways = page.locator("header.site nav a");
  await expect(ways).toHaveText(["Chapters", "Lab", "Practice", "Inspector", "Paper", "Widgets", "Review"]);
  await expect(page.locator("footer.site").getByRole("link", {name: "Engine"})).toBeVisible();
  // Each door is a card that can be pressed anywhere.
  await page.locator(".doors > li", {hasText: "Open your adapter"}).click({position: {x: 20, y: 20}});
  await expect(page.locator("h1")).toHaveText("Open your adapter");
});

test("each name of the header is on one line at every width, and what a phone's line has no room for is in the foot", async ({
  page,
}) => {
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
