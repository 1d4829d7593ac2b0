/** One question of letters that the reader types. */
import {expect, test} from "@playwright/test";
import {awake, expectState, sized} from "../../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

const path = "/widgets/question/";

test("typed letters are heard one by one and kept in the address; what cannot be read is named", async ({page}) => {
  const widget = await awake(page, path);
  const field = widget.getByLabel("Type letters");
  await field.fill("");
  await expect(widget.locator(".sentence")).toContainText("Before the first letter");
  await field.pressSequentially("gad");
  await expect(field).toBeFocused();
  await expect(widget.locator(".sentence")).toContainText("After “gad” a·x is 3.7");
  await expect(widget.locator(".column:visible")).toHaveCount(4);
  await expectState(widget, {word: "gad", letter: 3});
  await expect.poll(() => new URL(page.url()).search).toBe("?word=gad&letter=3");
  await expect(widget.locator(".spoken")).toContainText("After “gad”");

  await field.fill("Zoë 7אב");
  await expect(field).toHaveValue("zo");
  await expect(widget.locator(".notice")).toContainText("ë");
  await field.fill("x".repeat(60));
  await expect(field).toHaveValue("x".repeat(11));
  await expect(widget.locator(".notice")).toContainText("11 letters at most");
  await field.fill("ann");
  await expect(widget.locator(".notice")).toBeHidden();
  await expectState(widget, {word: "ann", letter: 3});
});

test("a letter is chosen by its column, by arrow keys, and by Play, which stops at the word's end", async ({page}) => {
  const widget = await awake(page, `${path}?word=ro&letter=0`);
  await sized(widget, "card");
  await widget
    .locator(".column:visible")
    .nth(2)
    .click({position: {x: 4, y: 4}});
  await expectState(widget, {letter: 2});
  await expect(widget.locator(".says")).toContainText("After “ro” a·x is −0.6");
  await page.mouse.move(0, 0);
  await widget.locator("input[name=letter]").press("ArrowLeft");
  await expectState(widget, {letter: 1});
  await widget.getByRole("button", {name: "Play"}).click();
  await expect(widget.getByRole("button", {name: "Pause"})).toBeVisible();
  await expect(widget.getByRole("button", {name: "Play"})).toBeVisible({timeout: 5000});
  await expectState(widget, {letter: 2});
});
