import type {Page} from "@playwright/test";
import {answering, settled} from "./figure.ts";
import {twoFrames} from "./page.ts";

/**
 * The height of an embed page in CSS pixels at these widths, live and in the state of its address: what a frame tells its
 * host. `origin` is where the built site is served; `shown` is the page and its state, "rank/" or "rank/?r=2".
 */
export async function heightsOf(
  page: Page,
  origin: string,
  shown: string,
  widths: readonly number[],
): Promise<number[]> {
  const heightNow = () => page.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
  // At the first width the page is still starting, and may be drawn more than once.
  await page.setViewportSize({width: widths[0]!, height: 600});
  // A run that is still computed may show what is higher.
  await settled(await answering(page, `${origin}/embed/${shown}`));
  let [before, now] = [0, await heightNow()];
  while (now !== before) {
    await page.waitForTimeout(100);
    [before, now] = [now, await heightNow()];
  }
  const heights: number[] = [];
  for (const width of widths) {
    await page.setViewportSize({width, height: 600});
    // Two frames: the first restacks the panels, the second is drawn with them.
    await twoFrames(page);
    heights.push(await heightNow());
  }
  return heights;
}
