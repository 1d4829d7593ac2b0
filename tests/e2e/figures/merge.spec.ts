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
    await expect.poll(() => stateOf(widget)).toMatchObject({row, column});
    await expect(widget.locator(".entry")).toContainText(`W[${row},${column}] = W₀[${row},${column}]`);
  }
  const field = widget.locator(".handle .field");
  await field.scrollIntoViewIfNeeded();
  const box = (await field.boundingBox())!;
  await page.mouse.click(box.x + box.width - 12, box.y + box.height / 2);
  await expect.poll(async () => (await stateOf(widget)).swaps).toBe(60);
  await expect(widget.locator(".sentence")).toContainText("after 60 swaps");
});

test("the challenge is recognized when it is met", async ({page}) => {
  const widget = await awake(page, "/widgets/merge/?precision=int8&swaps=0");
  await expect(widget.locator(".verdict")).toHaveText("");
  await page.locator("input[name=swaps]").focus();
  await page.keyboard.press("ArrowRight");
  await expect(widget.locator(".verdict")).toContainText("You have met it.");
});

test("exponents are as large as each other, raised, and read out as powers", async ({page}) => {
  await awake(page, "/widgets/merge/");
  const ticks = page.locator("figure.widget svg text:has(.exponent)");
  await expect(ticks.first()).toHaveText(/^10−\d+$/);
  const rises = await ticks.evaluateAll((all) =>
    all.map((text) => {
      const [base, exponent] = [...text.querySelectorAll("tspan")].map((piece) => piece.getBoundingClientRect());
      return [exponent!.bottom < base!.bottom, Math.round(10 * (exponent!.height / base!.height))];
    }),
  );
  expect(rises.length).toBeGreaterThanOrEqual(4);
  // 12 px beside 13: in a drawing nothing is smaller.
  expect(rises).toEqual(rises.map(() => [true, 9]));
  // No exponent is left to fonts that have only some of its figures.
  const left = await page.locator("main").evaluate((main) => main.textContent.match(/10[⁻⁰¹²³⁴-⁹]+/g));
  expect(left).toBeNull();
  const exponent = page.locator(".readouts sup").first();
  await expect(exponent).toBeVisible();
  const session = await page.context().newCDPSession(page);
  const {nodes} = await session.send("Accessibility.getFullAXTree");
  expect(nodes.map(({name}) => name?.value).join(" ")).toMatch(/10 +to the +−\d/);
});
