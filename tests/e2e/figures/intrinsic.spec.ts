import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

test.describe.configure({mode: "parallel"});

test("the knob in its chart is dragged to more directions", async ({page}) => {
  const widget = await awake(page, "/widgets/intrinsic/?d=1");
  const field = widget.locator(".mark-knob .field:visible");
  // The run that the link asks for may still move the chart between the look at it and the press.
  await expect(async () => {
    await field.scrollIntoViewIfNeeded();
    const box = (await field.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 14, box.y + box.height / 2, {steps: 4});
    await page.mouse.up();
    expect((await stateOf(widget)).d).toBe("all");
  }).toPass({timeout: 20_000});
  await expect(widget.locator(".sentence")).toContainText("With 696 random directions");
});

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
