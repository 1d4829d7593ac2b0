import {expect, test} from "@playwright/test";
import {answering, stateOf} from "../../browser/figure.ts";

test("the line is dragged to a rate, and moved by keys; both losses follow", async ({page}) => {
  const widget = await answering(page, "/widgets/rates/");
  const knob = widget.getByRole("slider", {name: "Learning rate"});
  const reading = widget.locator(".sentence");
  const before = await reading.textContent();
  const box = (await knob.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 130, box.y + 60, {steps: 5});
  await page.mouse.up();
  const {eta} = (await stateOf(widget)) as {eta: string};
  expect(Number(eta)).toBeGreaterThan(0.00562);
  await expect(reading).not.toHaveText(before!);
  await knob.press("ArrowRight");
  const next = ((await stateOf(widget)) as {eta: string}).eta;
  expect(Number(next) / Number(eta)).toBeCloseTo(10 ** 0.25, 1);
  await expect(knob).toHaveAttribute("aria-valuetext", `η = ${next}`);
});

test("the point on the field moves both ways, and Escape takes a drag back", async ({page}) => {
  const widget = await answering(page, "/widgets/rates/?show=capacity");
  const knob = widget.getByRole("slider", {name: "Pairs across, rank up"});
  await knob.press("ArrowUp");
  await knob.press("ArrowLeft");
  await expect.poll(() => stateOf(widget)).toMatchObject({pairs: 30, r: 9});
  const box = (await knob.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y - 40, {steps: 4});
  expect(((await stateOf(widget)) as {pairs: number}).pairs).toBeGreaterThan(30);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect.poll(() => stateOf(widget)).toMatchObject({pairs: 30, r: 9});
});
