import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("pointing at an entry of any of the three matrices traces it; the knob makes swaps", async ({page}) => {
  const widget = await awake(page, "/widgets/merge/");
  for (const [name, row, column] of [
    ["base", 2, 9],
    ["update", 7, 4],
    ["sum", 12, 1],
  ] as const) {
    const block = widget.locator(`.${name} .cells`);
    await block.scrollIntoViewIfNeeded();
    const box = (await block.boundingBox())!;
    await page.mouse.move(box.x + (box.width * (column - 0.5)) / 12, box.y + (box.height * (row - 0.5)) / 12);
    expect(await stateOf(widget)).toMatchObject({row, column});
    await expect(widget.locator(".entry")).toContainText(`W[${row},${column}] = W₀[${row},${column}]`);
  }
  const field = widget.locator(".handle .field");
  await field.scrollIntoViewIfNeeded();
  const box = (await field.boundingBox())!;
  await page.mouse.click(box.x + box.width - 12, box.y + box.height / 2);
  expect((await stateOf(widget)).swaps).toBe(60);
  await expect(widget.locator(".sentence")).toContainText("after 60 swaps");
});

test("the challenge is recognized when it is met", async ({page}) => {
  const widget = await awake(page, "/widgets/merge/?precision=int8&swaps=0");
  await expect(widget.locator(".verdict")).toHaveText("");
  await page.locator("input[name=swaps]").focus();
  await page.keyboard.press("ArrowRight");
  await expect(widget.locator(".verdict")).toContainText("You have met it.");
});
