/** The small map of a block beside a stretch without a stage. */
import {expect, test} from "@playwright/test";
import {aThird} from "../../third.ts";

const slugs = [
  "the-problem",
  "low-rank",
  "the-mechanism",
  "where-to-adapt",
  "adapters-prefixes-lora",
  "what-the-update-learns",
];

for (const slug of aThird(slugs))
  test(`/${slug}/ has one small map in its second column, level with its section`, async ({page}) => {
    await page.setViewportSize({width: 1440, height: 900});
    await page.goto(`/chapters/${slug}/`);
    const map = page.locator(".where-map");
    await expect(map).toHaveCount(1);
    const svg = map.locator("svg");
    const [drawn, before, after] = await Promise.all([
      svg.boundingBox(),
      page.locator(".headed:has(+ .where-map)").boundingBox(),
      page.locator(".own-words").boundingBox(),
    ]);
    expect(drawn!.width).toBe(200);
    expect(drawn!.x).toBeGreaterThan(before!.x + before!.width);
    expect(drawn!.y - before!.y).toBeLessThan(60);
    // It covers nothing of what stands below it in its column.
    expect(drawn!.y + drawn!.height).toBeLessThan(after!.y);
    await expect(map.locator("a")).toHaveCount(4);
    for (const link of await map.locator("a").all()) {
      const {width, height} = (await link.locator("rect").first().boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
  });

test("without scripts a matrix of the map leads to the figure of the block with that matrix adapted", async ({
  browser,
}) => {
  const context = await browser.newContext({javaScriptEnabled: false, viewport: {width: 1440, height: 900}});
  const page = await context.newPage();
  await page.goto("/chapters/the-problem/");
  await page.getByRole("link", {name: "Wk alone, figure 5.1"}).click();
  await expect(page).toHaveURL("/widgets/where/?on=k");
  await context.close();
});

test("in the chapter of the figure itself a matrix sets it in place", async ({page}) => {
  await page.setViewportSize({width: 1440, height: 900});
  await page.goto("/chapters/where-to-adapt/");
  const figure = page.locator("lora-widget[name=where]");
  await figure.scrollIntoViewIfNeeded();
  await figure.evaluate((it) => (it as HTMLElement & {ready: Promise<unknown>}).ready.then(() => true));
  await page.locator(".where-map a[aria-label^='Wk']").click();
  await expect.poll(() => figure.evaluate((it) => (it as HTMLElement & {state: {on: string}}).state.on)).toBe("k");
});

test("a narrow window has no map, and a printed page has it", async ({page}) => {
  await page.setViewportSize({width: 768, height: 900});
  await page.goto("/chapters/the-mechanism/");
  await expect(page.locator(".where-map")).toBeHidden();
  await page.emulateMedia({media: "print"});
  await expect(page.locator(".where-map svg")).toBeVisible();
});
