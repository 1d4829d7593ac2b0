/** A page under a style sheet of its reader's own. */
import {expect, type Page} from "@playwright/test";

/** More space between letters, words and lines: WCAG 1.4.12. */
export const moreSpace =
  "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} p {margin-bottom: 2em !important}";
export const largeLetters = "html {font-size: 32px !important}";

/** Tables that are wider than their figure and do not scroll in it, by what they begin with. */
const protruding = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const edge = (one: Element) => one.getBoundingClientRect().right;
    return [...document.querySelectorAll("figure.widget table")]
      .filter((table) => edge(table) > edge(table.closest("figure.widget")!))
      .filter((table) => getComputedStyle(table.parentElement!).overflowX === "visible")
      .map((table) => `${table.closest("[id]")?.id}: ${table.textContent?.slice(0, 40)}`);
  });

/** Puts this sheet in the place of the one before. */
const put = (page: Page, css: string) =>
  page.evaluate((text) => {
    const kept = window as unknown as {own?: CSSStyleSheet};
    kept.own ??= new CSSStyleSheet();
    kept.own.replaceSync(text);
    // The page has adopted those of its figures.
    const others = document.adoptedStyleSheets.filter((sheet) => sheet !== kept.own);
    document.adoptedStyleSheets = [...others, kept.own];
  }, css);

/** What moves the page sideways under this sheet, or sticks out of its figure, at each of the widths. */
export async function movedSideways(page: Page, css: string, widths: readonly number[]): Promise<string[]> {
  const found: string[] = [];
  // The policy of our pages lets no style in but from their own files; a sheet that is made by script is none of those it stops.
  await put(page, css);
  for (const width of widths) {
    await page.setViewportSize({width, height: 800});
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const isWide = await expect
      .poll(over, {timeout: 5000})
      .toBeLessThanOrEqual(0)
      .then(() => false)
      .catch(() => true);
    if (isWide) found.push(`${width} px: the page moves by ${await over()}`);
    for (const table of await protruding(page)) found.push(`${width} px: ${table}`);
  }
  await put(page, "");
  return found;
}
