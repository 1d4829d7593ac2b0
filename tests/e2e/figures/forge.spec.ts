import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

const written = ".forged .written";

test("off, the words are the base's; on again, they are what they were; other draws write others", async ({page}) => {
  const forge = await awake(page, "/widgets/forge/");
  const words = page.locator(written);
  const on = await words.allTextContents();
  expect(on[4]).toBe("gadrie");
  await forge.locator(".controls label:has(> input[value=off])").click();
  await expect(words.nth(4)).toHaveText("gadring");
  await forge.locator(".controls label:has(> input[value=on])").click();
  await expect(words.nth(4)).toHaveText("gadrie");
  expect(await words.allTextContents()).toEqual(on);
  await page.getByRole("button", {name: "New words"}).click();
  await expect.poll(async () => (await stateOf(forge)).draw).toBe(12);
  await expect(words.nth(4)).not.toHaveText("gadrie");
});

test("a pressed word shows how its letter was chosen", async ({page}) => {
  await awake(page, "/widgets/forge/?word=1");
  const title = page.locator(".forged .strips .title");
  await expect(title).toContainText("“lin”");
  await page.locator(".forged .slot .cells").nth(4).click();
  await expect(title).toContainText("“gadri”");
  await expect(page.locator(".forged .row.on .piece.chosen .name")).toHaveText("e");
});
