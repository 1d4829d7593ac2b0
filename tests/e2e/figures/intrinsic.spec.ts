import {expect, test} from "@playwright/test";
import {awake} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

test("a run in the browser ends where the stored one does", async ({page}) => {
  // A run is played to its end.
  test.slow();
  const {trouble} = listen(page);
  const widget = await awake(page, "/widgets/intrinsic/?d=32&seed=4");
  const play = widget.locator("[data-do=play]");
  await play.click();
  await expect(play).toHaveText("Pause");
  await expect(play).toHaveText("Play", {timeout: 60_000});
  await expect(widget.locator(".sentence")).toContainText("at step 200 of 200");
  const [now, end] = await widget.locator(".readouts .number").allTextContents();
  expect(now).toBe(end);
  // What it painted is what is stored.
  const painted = await widget.locator(".painted .dark:visible").getAttribute("d");
  await widget.locator("[data-do=restart]").click();
  await expect(widget.locator(".sentence")).toContainText("at step 200 of 200");
  expect(await widget.locator(".painted .dark:visible").getAttribute("d")).toBe(painted);
  expect(trouble).toEqual([]);
});
