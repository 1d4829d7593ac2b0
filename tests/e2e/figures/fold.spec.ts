import {expect, test} from "@playwright/test";
import {awake, drag, expectState} from "../../browser/figure.ts";

test.use({contextOptions: {reducedMotion: "reduce"}});

test("the sheet is dragged into W₀, or returns; Unmerge leaves a dot where an entry is lost", async ({page}) => {
  const widget = await awake(page, "/widgets/fold/");
  const cell = widget.locator(".sheet .update path:visible").nth(14);
  // Let go above the middle it returns.
  await drag(cell, [0, 20]);
  await expectState(widget, {sheet: 0});
  const {height} = (await widget.locator(".folding .chart:visible").boundingBox())!;
  await drag(cell, [0, height * 0.5]);
  await expectState(widget, {sheet: 100});
  await widget.getByRole("button", {name: "Unmerge"}).click();
  await expectState(widget, {sheet: 0, swaps: 1});
  await expect(widget.locator(".sentence")).toContainText("after 1 swap, 5 of 36 entries");
  await expect(widget.locator(".errors circle:visible:not([r='0'])")).toHaveCount(5);
});

test("exponents are as large as each other, raised, and read out as powers", async ({page}) => {
  await awake(page, "/widgets/fold/?stored=fp32&swaps=1");
  const ticks = page.locator("figure.widget svg text:has(.exponent):visible");
  await expect(ticks.first()).toHaveText(/^10−\d+$/);
  const rises = await ticks.evaluateAll((all) =>
    all.map((text) => {
      const [base, exponent] = [...text.querySelectorAll("tspan")].map((piece) => piece.getBoundingClientRect());
      return [exponent!.bottom < base!.bottom, Math.round(10 * (exponent!.height / base!.height))];
    }),
  );
  expect(rises.length).toBeGreaterThanOrEqual(4);
  // Both have 12 units: in a drawing nothing is smaller.
  expect(rises).toEqual(rises.map(() => [true, 10]));
  // No exponent is left to fonts that have only some of its figures.
  const left = await page.locator("main").evaluate((main) => main.textContent.match(/10[⁻⁰¹²³⁴-⁹]+/g));
  expect(left).toBeNull();
  const exponent = page.locator(".readouts sup").first();
  await expect(exponent).toBeVisible();
  const session = await page.context().newCDPSession(page);
  const {nodes} = await session.send("Accessibility.getFullAXTree");
  expect(nodes.map(({name}) => name?.value).join(" ")).toMatch(/10 +to the +−\d/);
});
