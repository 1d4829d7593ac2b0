import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test("the violet fader is dragged down to nothing, and back by the keyboard", async ({page}) => {
  const widget = await awake(page, "/widgets/amplify/?norms=paper");
  const field = widget.locator(".chart.wide .faders .field");
  await field.scrollIntoViewIfNeeded();
  const box = (await field.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 1);
  await page.mouse.up();
  await expect.poll(async () => stateOf(widget)).toMatchObject({strength: 0});
  await expect(widget.locator(".chart.wide .faders[data-tone=dw] .norm")).toHaveText("0.32");
  await widget.locator("input[name=strength]").first().focus();
  await page.keyboard.press("End");
  await expect.poll(async () => stateOf(widget)).toMatchObject({strength: 100});
});
