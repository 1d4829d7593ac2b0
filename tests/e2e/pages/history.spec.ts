import {expect, test} from "@playwright/test";

test("what is pressed in a chapter's figure is no step of the browser's; Back leaves, and Forward finds the figure as it was", async ({
  page,
}) => {
  await page.goto("/404.html");
  await page.goto("/chapters/low-rank/");
  const address = page.url();
  const steps = () => page.evaluate(() => history.length);
  const before = await steps();
  const figure = page.locator('lora-widget[figure="2.1"]');
  const sentence = figure.locator(".sentence");
  await figure.scrollIntoViewIfNeeded();
  await figure.locator("input[value=checkerboard]").check();
  await expect(sentence).toContainText("checkerboard");
  await figure.locator(".explore").click();
  await figure.getByRole("button", {name: "Reset"}).click();
  await page.keyboard.press("Escape");
  await expect(sentence).not.toContainText("checkerboard");
  await figure.locator("input[value=identity]").check();
  await expect(sentence).toContainText("identity");
  expect([page.url(), await steps()]).toEqual([address, before]);

  await page.goBack();
  await expect(page).toHaveURL(/404/);
  await page.goForward();
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator("input[value=identity]")).toBeChecked();
  await expect(sentence).toContainText("identity");
});
