/** A figure is as high before its scripts come as it is with them, so that the text below stands still. */
import {expect, type Page, test} from "@playwright/test";

/** The chapters of where, sweep, budget, results and family. */
const slugs = ["where-to-adapt", "adapters-prefixes-lora", "results", "legacy"];
const names = ["where", "sweep", "budget", "results", "family"];
const figures = names.map((name) => `lora-widget[figure][name=${name}]`).join();

const heights = (page: Page) =>
  page
    .locator(figures)
    .evaluateAll((all) =>
      all.map(
        (it) => [it.getAttribute("figure")!, it.querySelector(".widget")!.getBoundingClientRect().height] as const,
      ),
    );

async function awaken(page: Page) {
  for (const figure of await page.locator(figures).all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.evaluate((it) => (it as HTMLElement & {ready: Promise<unknown>}).ready.then(() => true));
    // Drawn for its width in the frame after that; what a low window leaves out is not.
    await expect(figure.locator(".chart[style*=drawn]:visible")).toHaveCount(0);
  }
}

for (const slug of slugs)
  for (const [width, height] of [
    [320, 700],
    [375, 812],
    [768, 1024],
    [1024, 768],
    [1440, 900],
  ] as const)
    test(`${slug}: at ${width} px its figures keep their height when scripts come`, async ({page}) => {
      await page.setViewportSize({width, height});
      let free = () => {};
      const held = new Promise<void>((resolve) => {
        free = resolve;
      });
      await page.route("**/*.js", async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(`/chapters/${slug}/`, {waitUntil: "commit"});
      await expect(page.locator("footer").last()).toBeAttached();
      await page.evaluate(() => document.fonts.ready.then(() => true));
      const first = await heights(page);
      expect(first.length).toBeGreaterThan(0);
      free();
      await page.waitForFunction(() => document.documentElement.dataset.scripts === "on");
      await awaken(page);
      const moved = (await heights(page)).flatMap(([number, live], i) =>
        Math.abs(live - first[i]![1]) < 1 ? [] : [`${number}: ${first[i]![1]} becomes ${live}`],
      );
      expect(moved).toEqual([]);
    });
