import {expect, test} from "@playwright/test";
import {awake, pull, stateOf} from "../../browser/figure.ts";

test.use({contextOptions: {reducedMotion: "reduce"}});

test("the sheet is dragged into W₀; let go above the middle it returns; Unmerge shows what did not come back", async ({
  page,
}) => {
  const widget = await awake(page, "/widgets/fold/");
  const cell = widget.locator(".sheet .cells path").nth(14);
  await pull(cell, [0, 20]);
  expect(await stateOf(widget)).toMatchObject({sheet: 0});
  const {height} = (await widget.locator(".folding .chart").boundingBox())!;
  await pull(cell, [0, height * 0.5]);
  expect(await stateOf(widget)).toMatchObject({sheet: 100});
  await widget.getByRole("button", {name: "Unmerge"}).click();
  await expect.poll(() => stateOf(widget)).toMatchObject({sheet: 200});
  await expect(widget.locator(".left .note")).toContainText("5 of 36");
});

test("without reduced motion the sheet glides, and arrives", async ({browser}) => {
  const page = await browser.newPage({reducedMotion: "no-preference"});
  const widget = await awake(page, "/widgets/fold/");
  await widget.getByRole("button", {name: "Merge", exact: true}).click();
  await expect.poll(async () => (await stateOf(widget)).sheet).toBe(100);
  await page.close();
});
