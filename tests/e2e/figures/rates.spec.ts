import {expect, test} from "@playwright/test";
import {answering, drag, expectState, stateOf} from "../../browser/figure.ts";

test("the line is dragged to a rate, and moved by keys; both losses follow", async ({page}) => {
  const widget = await answering(page, "/widgets/rates/");
  const knob = widget.getByRole("slider", {name: "Learning rate"});
  const reading = widget.locator(".sentence");
  const before = await reading.textContent();
  await drag(knob, [130, 60]);
  await expect(reading).not.toHaveText(before!);
  const {eta} = await stateOf(widget);
  expect(Number(eta)).toBeGreaterThan(0.00562);
  await knob.press("ArrowRight");
  // The next of four rates in each decade.
  await expect.poll(async () => Number((await stateOf(widget)).eta) / Number(eta)).toBeCloseTo(10 ** 0.25, 1);
  await expect(knob).toHaveAttribute("aria-valuetext", `η = ${(await stateOf(widget)).eta}`);
});

test("the point on the field moves both ways, and Escape takes a drag back", async ({page}) => {
  const widget = await answering(page, "/widgets/rates/?show=capacity");
  const knob = widget.getByRole("slider", {name: "Pairs across, rank up"});
  await knob.press("ArrowUp");
  await knob.press("ArrowLeft");
  await expectState(widget, {pairs: 30, r: 9});
  await drag(knob, [60, -40], {
    held: async () => {
      await expect.poll(async () => (await stateOf(widget)).pairs).toBeGreaterThan(30);
      await page.keyboard.press("Escape");
    },
  });
  await expectState(widget, {pairs: 30, r: 9});
});
