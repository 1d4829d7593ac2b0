import {expect, test} from "@playwright/test";
import {awake} from "../../browser/figure.ts";

test("the challenge is recognized when it is met", async ({page}) => {
  const widget = await awake(page, "/widgets/merge/?precision=int8&swaps=0");
  await expect(widget.locator(".verdict")).toHaveText("");
  await page.locator("input[name=swaps]").focus();
  await page.keyboard.press("ArrowRight");
  await expect(widget.locator(".verdict")).toContainText("You have met it.");
});
