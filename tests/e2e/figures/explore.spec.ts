/** Explore: the whole figure over the page, and the card again when it closes. */
import {expect, type Locator, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {answering, set, settled, stateOf} from "../../browser/figure.ts";

test.use({viewport: {width: 1440, height: 900}});

const isInView = (part: Locator) =>
  part.evaluate((element) => {
    const {top, bottom} = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

test("Explore opens over the page, on a phone over all of it, and closes to where the reader was", async ({page}) => {
  const figure = await answering(page, "/chapters/low-rank/", 'lora-widget[figure="2.3"]');
  await settled(figure);
  const place = () => page.evaluate(() => scrollY);
  const height = await figure.evaluate((element) => (element as HTMLElement).offsetHeight);
  // By the keyboard: to click, Playwright may scroll the page itself.
  await figure.locator(".explore").focus();
  const before = await place();
  await page.keyboard.press("Enter");
  await expect(figure).toHaveAttribute("role", "dialog");
  for (const part of [".picture", ".controls", ".readouts"])
    expect(await isInView(figure.locator(part)), part).toBe(true);
  await expect(figure.locator(".explore")).toBeFocused();
  // Nothing else can be reached.
  expect(await page.evaluate(() => document.querySelector("header.site")!.matches("[inert] *, [inert]"))).toBe(true);
  expect(await findings(page, {include: 'lora-widget[figure="2.3"]'})).toEqual([]);

  await figure.locator('input[name="seed"]').focus();
  await page.keyboard.press("Escape");
  await expect(figure).not.toHaveAttribute("role");
  await expect(figure.locator(".explore")).toBeFocused();
  expect(await place()).toBe(before);
  expect(await figure.evaluate((element) => (element as HTMLElement).offsetHeight)).toBe(height);
  expect(await page.locator("[inert]").count()).toBe(0);

  await test.step("what is set there stands in the card, and a press beside it closes it", async () => {
    await figure.locator(".explore").click();
    // What opens it is loaded then; before that, the field of the card is still there.
    await expect(figure).toHaveAttribute("data-size", "full");
    await figure.locator('.field[name="r"]').fill("7");
    await page.mouse.click(10, 450);
    await expect(figure).toHaveAttribute("data-size", "card");
    await expect(figure.locator('.field[name="r"]')).toHaveValue("7");
    await expect(figure.locator(".product")).toContainText("B 48×7");
  });
  await test.step("on a phone it has the whole window, and nothing overflows it", async () => {
    await page.setViewportSize({width: 375, height: 812});
    await figure.locator(".explore").click();
    // Until its panels are drawn for the new width, those of the card may be wider.
    const spare = () =>
      figure.evaluate((element) => {
        const {offsetWidth, clientWidth, scrollWidth} = element as HTMLElement;
        return [offsetWidth, scrollWidth - clientWidth];
      });
    await expect.poll(spare).toEqual([375, 0]);
    await figure.locator("[data-do=save]").scrollIntoViewIfNeeded();
    await figure.locator("[data-do=save]").click();
    await expect(figure.locator("[data-do=svg]")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(figure).toHaveAttribute("data-size", "card");
  });
  await test.step("a figure on its own page has no such button", async () => {
    const widget = await answering(page, "/widgets/rank/");
    await expect(widget.locator(".explore")).toBeHidden();
  });
});

test("a run goes on meanwhile", async ({page}) => {
  const figure = await answering(page, "/chapters/the-mechanism/", 'lora-widget[figure="3.5"]');
  await set(figure, {step: 150});
  await figure.locator("[data-do=play]").click();
  await figure.locator(".explore").click();
  // To its last step, however far it came until Explore was open.
  await expect.poll(async () => (await stateOf(figure)).step).toBe(200);
  await page.keyboard.press("Escape");
  await expect(figure).toHaveAttribute("data-size", "card");
  await expect(figure.locator(".picture svg").filter({visible: true}).first()).toBeVisible();
});
