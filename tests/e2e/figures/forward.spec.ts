import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("pointing at a number traces it; a name in the formula or the code lights its block, and the reverse", async ({
  page,
}) => {
  const widget = await awake(page, "/widgets/forward/");
  const block = widget.locator('.block[data-part="A"]');
  await block.locator(".cells").hover({position: {x: 60, y: 30}});
  expect(await stateOf(widget)).toMatchObject({trace: "down", row: 2});
  await expect(widget.locator(".entryline .formula")).toContainText("(Ax)[2]");
  await expect(widget.locator('.entryline [data-part="A"][data-on]')).toHaveCount(2);
  await page.mouse.move(0, 0);
  await expect(widget.locator("[data-on]")).toHaveCount(0);
  await widget.locator('.entryline .code [data-part="x"]').focus();
  await expect(widget.locator('.block[data-part="x"][data-on]')).toHaveCount(1);
});

test("by keys: the next stage and a step of SGD meet the challenge", async ({page}) => {
  const widget = await awake(page, "/widgets/forward/");
  await widget.locator("input[name=stage]:checked").focus();
  await page.keyboard.press("ArrowRight");
  await expect(widget.locator(".sentence")).toContainText("exactly 0");
  await expect(widget.locator(".verdict")).toHaveText("");
  await widget.locator("input[name=steps]").focus();
  await page.keyboard.press("ArrowRight");
  expect(await stateOf(widget)).toMatchObject({stage: "backward", steps: 1});
  await expect(widget.locator(".verdict")).toContainText("You have met it.");
});
