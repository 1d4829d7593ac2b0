import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test("the knob chooses how many pieces are kept, and the words follow", async ({page}) => {
  const widget = await awake(page, "/widgets/cut/");
  const words = widget.locator(".written .words");
  const before = await words.textContent();
  // Tried anew: an answer that comes meanwhile draws the picture again and ends the drag.
  await expect(async () => {
    await widget.locator(".doubt").scrollIntoViewIfNeeded();
    const box = (await widget.locator(".doubt .mark-knob path.handle:visible").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 40, {steps: 5});
    await page.mouse.up();
    expect(((await stateOf(widget)) as {r: number}).r).toBeGreaterThan(8);
  }).toPass();
  await expect(words).not.toHaveText(before!);
  await widget.locator("input[name=r]").press("Home");
  await expect(widget.locator(".sentence")).toContainText(
    "With 0 of 32 pieces of every change, the forge has 15.1 letters in doubt",
  );
});
