import {expect, test} from "@playwright/test";
import {listen} from "../../browser/trouble.ts";

test("from a chapter to a figure’s own page and back nothing is thrown", async ({page}) => {
  const {trouble} = listen(page);
  await page.goto("/chapters/before-we-start/");
  await page
    .locator(".quiz-see a")
    .first()
    .evaluate((link: HTMLAnchorElement) => location.assign(link.href));
  await expect(page).toHaveURL(/\/widgets\//);
  await page.waitForLoadState("networkidle");
  await page.goBack();
  await expect(page).toHaveURL(/before-we-start/);
  await page.waitForLoadState("networkidle");
  expect(trouble).toEqual([]);
});

test("a figure's state is no step of the browser's: Back leaves, and Forward finds it as it was", async ({page}) => {
  await page.goto("/404.html");
  await page.goto("/chapters/low-rank/");
  const address = page.url();
  const steps = () => page.evaluate(() => history.length);
  const before = await steps();
  const figure = page.locator('lora-widget[figure="2.3"]');
  const sentence = figure.locator(".sentence");
  await figure.scrollIntoViewIfNeeded();
  const slider = figure.locator(".field[name=r]");
  await slider.fill("7");
  await expect(sentence).toContainText("rank 7");
  await figure.locator(".explore").click();
  await figure.getByRole("button", {name: "Reset"}).click();
  await page.keyboard.press("Escape");
  await expect(sentence).not.toContainText("rank 7");
  await slider.fill("5");
  await expect(sentence).toContainText("rank 5");
  expect([page.url(), await steps()]).toEqual([address, before]);

  await page.goBack();
  await expect(page).toHaveURL(/404/);
  await page.goForward();
  await figure.scrollIntoViewIfNeeded();
  await expect(slider).toHaveValue("5");
  await expect(sentence).toContainText("rank 5");
});
