import {expect, test} from "@playwright/test";
import {awake} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

test("a run in the browser ends where the stored one does", async ({page}) => {
  // A run is played to its end.
  test.slow();
  const {trouble} = listen(page);
  const widget = await awake(page, "/widgets/intrinsic/?d=32&seed=4");
  await widget.locator("[data-do=play]").click();
  await expect(widget.locator(".sentence")).toContainText("at step 200 of 200", {timeout: 60_000});
  const [now, end] = await widget.locator(".readouts .number").allTextContents();
  expect(now).toBe(end);
  await expect(widget.locator("[data-do=play]")).toHaveText("Play");
  // What it painted is what is stored.
  const painted = await widget.locator(".painted .dark:visible").getAttribute("d");
  await widget.locator("[data-do=restart]").click();
  await expect(widget.locator(".sentence")).toContainText("at step 200 of 200");
  expect(await widget.locator(".painted .dark:visible").getAttribute("d")).toBe(painted);
  expect(trouble).toEqual([]);
});
