import {expect, test} from "@playwright/test";
import {awake, expectState} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("a pressed row is the one the others are held against, and the band and the counts follow", async ({page}) => {
  const widget = await awake(page, "/widgets/results/");
  await widget.locator(".ranking .row:visible").nth(5).click();
  await expectState(widget, {against: 6});
  await expect(widget.locator(".ranking .row.chosen .name:visible")).toHaveText("AdapterH 40.1\u2009M");
  await expect(widget.locator("figure > .sentence")).toContainText("AdapterH 40.1\u2009M scores 73.2 ± 0.5");
});

test("a guess is said of WikiSQL and of nothing else; one that is none is refused in words", async ({page}) => {
  const widget = await awake(page, "/widgets/results/?guess=7.3");
  const sentence = widget.locator("figure > .sentence");
  await expect(sentence).toContainText("you guessed 20\u2009M");
  await page.locator("input[name=gpt3][value=mnliM]").check({force: true});
  await expect(sentence).not.toContainText("you guessed");
  const other = await awake(page, "/widgets/results/?guess=lots");
  await expect(other.locator(".notice")).toContainText("a power of ten from 3 to 11.2");
});
