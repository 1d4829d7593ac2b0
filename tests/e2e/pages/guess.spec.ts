/** The guess of `predict`: committed, kept, found again, changed and erased. */
import {expect, type Page, test} from "@playwright/test";
import {findingsInBothThemes} from "../../browser/axe.ts";
import {awake, expectState, stateOf} from "../../browser/figure.ts";

const PATH = "/widgets/predict/";
const KEY = "lora-live:v1:prediction:widget-predict";
const button = (page: Page, name: string) => page.getByRole("button", {name, exact: true});
const given = (page: Page) => page.evaluate((key) => localStorage.getItem(key), KEY);
const committed = {strategy: "biases", count: 6.4, latency: 40, committed: "yes"};

/** Chooses, moves both tracks and commits, by keys alone. */
async function commit(page: Page) {
  const widget = await awake(page, `${PATH}?count=6.3&latency=35`);
  await page.getByRole("radio", {name: "Only the biases"}).focus();
  await page.keyboard.press("Space");
  for (const name of ["count", "latency"]) await widget.locator(`input[name=${name}]`).press("ArrowRight");
  await button(page, "Commit my guess").press("Enter");
  return widget;
}

test("committed by keys, it is heard, locked and never scored; a yes keeps it until it is erased", async ({page}) => {
  const widget = await commit(page);
  await expectState(widget, committed);
  await expect(button(page, "Change my guess")).toBeFocused();
  await expect(widget.locator(".spoken")).toContainText(
    "You guessed 2.5\u2009M for only the biases and 40% added latency; LoRA ties with full fine-tuning on WikiSQL with 4.7–37.7\u2009M.",
  );
  for (const name of ["count", "latency"]) await expect(widget.locator(`input[name=${name}]`)).toBeDisabled();
  await expect(page.getByRole("radio", {name: "Not sure"})).toBeDisabled();
  await expect(widget.locator(".amounts .row.chosen:visible")).toContainText("14.2\u2009M");
  expect(await given(page)).toBeNull();
  await button(page, "Keep").click();
  await expect(page.locator(".keeping")).toHaveText("Kept on this device.");
  expect(await given(page)).toBe('{"given":"biases 6.4 40"}');
  await page.keyboard.press("Tab");
  await expect(page.locator(".keeping")).toBeEmpty();

  const again = await awake(page, PATH);
  await expectState(again, committed);
  await page.waitForTimeout(700);
  await expect(page.locator("[data-asking]")).toHaveCount(0);

  // An address with a state of its own is what the reader asked for.
  const other = await awake(page, `${PATH}?count=4`);
  await page.waitForTimeout(700);
  expect(await stateOf(other)).toMatchObject({count: 4, committed: ""});

  await test.step("it stands in chapter 7 where the evidence is", async () => {
    await page.goto("/chapters/results/");
    const figure = page.locator('lora-widget[figure="7.2"]');
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator("figure > .says")).toContainText("you guessed 2.5\u2009M.");
    await figure.locator(".explore").click();
    await expect(figure.locator("figure > .sentence")).toContainText("you guessed 2.5\u2009M");
  });

  await page.goto("/progress/");
  page.once("dialog", (dialog) => dialog.accept());
  await button(page, "Erase it all").click();
  await expect.poll(() => given(page)).toBeNull();
  const erased = await awake(page, PATH);
  await page.waitForTimeout(700);
  expect(await stateOf(erased)).toMatchObject({strategy: "unsure", committed: ""});
  await expect(button(page, "Commit my guess")).toBeVisible();
});

test("the question whether to keep a guess, and its answer, move no text beside the figure", async ({page}) => {
  await page.setViewportSize({width: 1440, height: 900});
  const widget = await awake(page, "/chapters/before-we-start/", "lora-widget[name=predict]");
  await widget.scrollIntoViewIfNeeded();
  // A click would scroll to it.
  await button(page, "Commit my guess").scrollIntoViewIfNeeded();
  const text = page.getByText("The figure offers six ways.");
  const top = () => text.evaluate((element) => element.getBoundingClientRect().top);
  const before = await top();
  await button(page, "Commit my guess").click();
  await expect(button(page, "Keep")).toBeInViewport();
  expect(await top()).toBe(before);
  await button(page, "Keep").click();
  await expect(page.locator(".keeping:not(:empty)")).toHaveText("Kept on this device.");
  expect(await top()).toBe(before);
});

test("a guess is changed, skipped and guessed after all, by keys and in the chart", async ({page}) => {
  const widget = await commit(page);
  await test.step("axe finds nothing in a committed guess, in both themes", async () => {
    await expect(button(page, "Keep")).toBeVisible();
    expect(await findingsInBothThemes(page, {include: "lora-widget"})).toEqual([]);
  });
  await button(page, "Don’t").click();
  await button(page, "Change my guess").press("Enter");
  await expect(button(page, "Commit my guess")).toBeFocused();
  await widget.locator("input[name=count]").press("ArrowRight");
  await button(page, "Skip it").press("Enter");
  await expect(button(page, "Guess after all")).toBeFocused();
  await expect(widget.locator(".sentence")).toContainText("You skipped the guess");
  await button(page, "Guess after all").press("Enter");
  await expectState(widget, {...committed, count: 6.5, committed: ""});
  await button(page, "Commit my guess").dblclick();
  await expectState(widget, {count: 6.5, committed: "yes"});
  expect(await given(page)).toBeNull();

  await test.step("the line in the chart follows the pointer to whole steps, and stays put once committed", async () => {
    await awake(page, PATH);
    const press = async (share: number) => {
      const field = widget.locator(".amounts .mark-knob .field:visible");
      await field.scrollIntoViewIfNeeded();
      const box = (await field.boundingBox())!;
      await page.mouse.click(box.x + box.width * share, box.y + box.height - 40);
    };
    const seen = new Set<unknown>();
    for (const share of [0.2, 0.35, 0.5, 0.65]) {
      await press(share);
      seen.add((await stateOf(widget)).count);
      await expect(widget.locator(".notice")).toBeHidden();
    }
    expect(seen.size).toBe(4);
    await button(page, "Commit my guess").click();
    await expect(widget.locator(".amounts .mark-knob .field:visible")).toHaveCount(0);
  });
});
