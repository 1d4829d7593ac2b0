/** What tests of any page do and ask. */
import {type Download, expect, type Locator, type Page} from "@playwright/test";

/** Waits until the browser has drawn twice: what waited for a frame is there, and what follows from it. */
export const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** Opens what is folded. */
export const unfold = (details: Locator): Promise<void> =>
  details.evaluateAll((all) => {
    for (const one of all as HTMLDetailsElement[]) one.open = true;
  });

/** Asks a page that nothing of it is wider than the window, once this is its width. */
export async function expectToFit(page: Page, width: number, height = 900): Promise<void> {
  await page.setViewportSize({width, height});
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(wide, `at ${width} px`).toBeLessThanOrEqual(width);
}

/** The file that a press of this button saves. */
export async function savedBy(button: Locator): Promise<Download> {
  const [file] = await Promise.all([button.page().waitForEvent("download"), button.click()]);
  return file;
}

/** Notes every text that an element gets from now on; gives a function that reads what was noted. */
export async function noted(element: Locator): Promise<() => Promise<string[]>> {
  const texts = await element.evaluateHandle((node) => {
    const texts: string[] = [];
    const note = () => texts.push(node.textContent ?? "");
    new MutationObserver(note).observe(node, {childList: true, characterData: true, subtree: true});
    return texts;
  });
  return () => texts.jsonValue();
}
