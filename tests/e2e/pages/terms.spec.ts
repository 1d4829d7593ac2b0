import {expect} from "@playwright/test";
import {test} from "../../browser/withoutScripts.ts";

const PAGE = "/chapters/low-rank/";

test("a term's card opens under the pointer and with the focus; Escape closes it, Enter leads on", async ({page}) => {
  await page.goto(PAGE);
  const term = page.locator(".carded", {has: page.locator("a.term")}).first();
  const card = term.locator(".card");
  await expect(card).toBeHidden();
  await term.locator("a").hover();
  await expect(card).toBeVisible();
  await card.hover();
  await expect(card).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(card).toBeHidden();

  await term.locator("a").focus();
  await expect(card).toBeVisible();
  await expect(term.locator("a")).toHaveAccessibleDescription(/\w+(?: \S+)?: .+\./);
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/glossary\/#[a-z-]+$/);
  await expect(page.locator(".glossary :target")).toBeInViewport();
});

test("on a touch screen the first tap opens it, the second leads on, and it fits the screen", async ({browser}) => {
  const context = await browser.newContext({hasTouch: true, isMobile: true, viewport: {width: 375, height: 700}});
  const page = await context.newPage();
  await page.goto(PAGE);
  await expect(page.locator(".quiz[data-live]").first()).toBeAttached();
  for (const term of (await page.locator(".carded:has(a.term)").all()).slice(0, 4)) {
    await term.locator("a").first().scrollIntoViewIfNeeded();
    await term.locator("a").tap();
    await expect(term.locator(".card")).toBeVisible();
    const box = (await term.locator(".card").boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(375);
    expect(page.url()).toContain(PAGE);
  }
  await page.locator(".carded[data-open] > a").tap();
  await expect(page).toHaveURL(/\/glossary\/#/);
  await context.close();
});

test("without scripts it is a link to its entry", async ({still: page}) => {
  await page.goto(PAGE);
  const link = page.locator("a.term").first();
  const to = await link.getAttribute("href");
  await link.click();
  await expect(page).toHaveURL(new RegExp(`${to}$`));
  await expect(page.locator(`[id="${to!.split("#")[1]}"]`)).toBeVisible();
});
