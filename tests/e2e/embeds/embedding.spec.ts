import {expect, type Locator, test} from "@playwright/test";
import {ready} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

test("the playground sends messages to its frame, and shows its answers and the element's events", async ({page}) => {
  const {trouble} = listen(page);
  await page.goto("/embedding/developers/");
  const playground = page.locator(".playground");
  await playground.scrollIntoViewIfNeeded();
  const heard = playground.getByRole("log", {name: "What the frame says"});
  await expect(heard).toContainText("lora:ready", {timeout: 20_000});
  await playground.getByRole("button", {name: '{type: "set", state: {r: 2}}'}).click();
  await expect(heard).toContainText(/lora:reply.*"ok":true/);
  await expect(heard).toContainText(/lora:change.*"r":2/);
  await expect(playground.frameLocator("iframe").locator(".sentence")).toContainText("r = 2");
  await playground.getByRole("button", {name: '{type: "reset"}'}).click();
  await expect(heard).toContainText(/lora:change[^}]*"r":8/);
  await playground.getByRole("button", {name: '{type: "export", format: "csv"}'}).click();
  await expect(heard).toContainText(/lora:reply.*"data"/);
  const frame = playground.locator("iframe");
  const heightOf = async (box: Locator) => (await box.boundingBox())?.height ?? 0;
  const apart = async () => (await heightOf(frame)) - (await heightOf(frame.contentFrame().locator("html")));
  await expect.poll(async () => Math.abs(await apart())).toBeLessThan(5);

  const listening = page.locator(".listening");
  await listening.scrollIntoViewIfNeeded();
  await ready(listening.locator("lora-widget"));
  await listening.locator("lora-widget input[name=r]").press("ArrowRight");
  const events = listening.getByRole("log", {name: "Events of the element"});
  for (const name of ["input", "change", "lora-change"])
    await expect(events.locator("b", {hasText: name}).first()).toBeVisible();
  await expect(events).toContainText('"reason":"user"');
  expect(trouble).toEqual([]);
});

test("the codes of the guides are copied as they stand there", async ({page, context}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/embedding/");
  await page.getByText("The code, as a frame and as the element").click();
  const code = page.locator(".code-for").first();
  await code.getByRole("button", {name: "Copy"}).click();
  await expect(code.getByRole("status")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.locator("pre").textContent());
  expect((await page.locator(".code-for").allTextContents()).join()).not.toMatch(/undefined|\[object/);
});
