import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("a pressed row is the one the others are held against, and the band and the counts follow", async ({page}) => {
  const widget = await awake(page, "/widgets/results/");
  await widget.locator(".ranking .plot-row").nth(5).click();
  await expect.poll(() => stateOf(widget)).toMatchObject({against: 6});
  await expect(widget.locator(".ranking .plot-row.chosen .name")).toHaveText("AdapterH 40.1\u2009M");
  await expect(widget.locator("figure > .sentence")).toContainText("AdapterH 40.1\u2009M has 73.2 ± 0.5");
  await expect(widget.locator(".ranking .point.itself")).toHaveCount(1);
});

test("a guess is a line over WikiSQL and over nothing else; one that is none is refused in words", async ({page}) => {
  const widget = await awake(page, "/widgets/results/?guess=7.3");
  await expect(widget.locator(".guessing .guessed")).toHaveText("your guess 20\u2009M");
  await page.locator("input[name=gpt3][value=mnliM]").check({force: true});
  await expect(widget.locator(".guessing .guessed")).toHaveText("");
  const other = await awake(page, "/widgets/results/?guess=lots");
  await expect(other.locator(".notice")).toContainText("a power of ten from 3 to 11.2");
});
