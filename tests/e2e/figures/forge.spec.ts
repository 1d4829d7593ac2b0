import {expect, test} from "@playwright/test";
import {awake, expectState} from "../../browser/figure.ts";
import {held} from "../../browser/held.ts";
import {filesOf} from "../networks/faults.ts";

test.describe.configure({mode: "parallel"});

const written = ".forged .chart:visible [data-large] .letters";

test("off, the words are the base's; on again, they are what they were; other draws write others", async ({page}) => {
  const forge = await awake(page, "/widgets/forge/");
  const words = page.locator(written);
  const on = await words.allTextContents();
  expect(on[4]).toBe("gadrie");
  await forge.locator(".controls label:has(> input[value=off])").click();
  await expect(words.nth(4)).toHaveText("gadring");
  await forge.locator(".controls label:has(> input[value=on])").click();
  await expect(words.nth(4)).toHaveText("gadrie");
  // One word turns after the other.
  await expect.poll(() => words.allTextContents()).toEqual(on);
  await page.getByRole("button", {name: "New words"}).click();
  await expectState(forge, {draw: 12});
  await expect(words.nth(4)).not.toHaveText("gadrie");
});

test("a state of the address is not shown beside the first frame's words and numbers", async ({page}) => {
  const arrive = await held(page, filesOf.worker);
  await page.goto("/widgets/forge/?adapter=off");
  await expect(page.locator(".controls input[value=off]")).toBeChecked();
  for (const part of [".picture", ".readouts", ".sentence"])
    await expect(page.locator(`.widget > ${part}`)).toBeHidden();
  arrive();
  await expect(page.locator(written).nth(4)).toHaveText("gadring");
  for (const part of [".picture", ".readouts", ".sentence"])
    await expect(page.locator(`.widget > ${part}`)).toBeVisible();
});

test("a pressed word shows how its letter was chosen", async ({page}) => {
  await awake(page, "/widgets/forge/?word=1");
  const title = page.locator(".strips .chart:visible .title");
  await expect(title).toContainText("“lin”");
  await page.locator(".forged .chart:visible .slot .cells").nth(4).click();
  await expect(title).toContainText("“gadri”");
  await expect(page.locator(".strips .chart:visible [data-row=on] .piece.chosen .token")).toHaveText("e");
});

test("on, each word changes places with the one above it, in turn, and at once without motion", async ({page}) => {
  const forge = await awake(page, "/widgets/forge/?adapter=off");
  const moving = () =>
    forge.evaluate(
      () => [...document.querySelectorAll(".forged .slot > .on")].flatMap((one) => one.getAnimations()).length,
    );
  // The first frame is on, so the words move once when the address switches them off.
  await expect(page.locator(written).first()).toHaveText("lings");
  await expect.poll(moving).toBe(0);
  await forge.locator(".controls label:has(> input[value=on])").click();
  await expect(page.locator(written).first()).toHaveText("linion");
  expect(await moving()).toBeGreaterThan(0);
  await expect.poll(moving).toBe(0);
  await page.emulateMedia({reducedMotion: "reduce"});
  await forge.locator(".controls label:has(> input[value=off])").click();
  await expect(page.locator(written).first()).toHaveText("lings");
  expect(await moving()).toBe(0);
});
