import {expect, test} from "@playwright/test";
import {awake} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("a pressed word shows how its letter was chosen", async ({page}) => {
  await awake(page, "/widgets/forge/?word=1");
  const title = page.locator(".forged .strips .title");
  await expect(title).toContainText("“lin”");
  await page.locator(".forged .slot .cells").nth(4).click();
  await expect(title).toContainText("“gadri”");
  await expect(page.locator(".forged .row.on .piece.chosen .name")).toHaveText("e");
});
