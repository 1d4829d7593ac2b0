import {expect, type Locator, type Page} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {expectToFit, unfold} from "../../browser/page.ts";
import {test} from "../../browser/withoutScripts.ts";

const CHAPTER = "/chapters/low-rank/";
const predict = (page: Page) => page.locator("#q-02-share");
const choice = (page: Page) => page.locator("#q-02-rank-one-picture");
const numeric = (page: Page) => page.locator("#q-02-eckart-young-error");
const feedback = (quiz: Locator) => quiz.locator(".quiz-feedback");
const kept = (page: Page) =>
  page.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith("lora-live:v1:"))
      .sort(),
  );

/** The page with its questions alive. */
async function open(page: Page) {
  await page.goto(CHAPTER);
  await expect(page.locator(".quiz[data-live]").first()).toBeAttached();
}

test("without scripts: question, options, a closed answer; phrases lead to the figure's page", async ({
  still: page,
}) => {
  await page.goto(CHAPTER);
  const quiz = choice(page);
  await expect(quiz.getByRole("radio")).toHaveCount(4);
  await expect(quiz.getByRole("button", {name: "Check"})).toBeHidden();
  await expect(quiz.getByText("Rank does not count detail")).toBeHidden();
  await quiz.getByText("Show the answer").click();
  await expect(quiz.locator(".quiz-why:visible")).toHaveCount(4);
  await expect(quiz.locator(".quiz-answer li[data-right]")).toContainText("All its rows are multiples of one row");
  const set = page.locator("a.set", {hasText: "diagonal line"});
  await expect(set).toHaveAttribute("href", /\/widgets\/rank\/\?.*source=identity/);
});

test("choices and numbers are tried, explained and may be tried again; axe finds nothing in them", async ({page}) => {
  await page.emulateMedia({colorScheme: "light"});
  await open(page);
  await test.step("a wrong choice is explained; the answer waits for a first try; paper has what its reader was told", async () => {
    const options = choice(page).getByText("It has only one shape and little detail").first();
    await page.emulateMedia({media: "print"});
    await expect(options).toBeVisible();
    await expect(feedback(choice(page))).toBeHidden();
    await page.emulateMedia({media: "screen"});
    const quiz = choice(page);
    await expect(quiz.getByText("Show the answer")).toBeHidden();
    await quiz.getByRole("button", {name: "Check"}).click();
    await expect(feedback(quiz)).toHaveText(/^Choose an option first\.\s*$/);
    await expect(quiz.getByRole("radio").first()).toBeFocused();
    await expect(quiz.getByRole("radio").first()).toHaveAccessibleDescription("Choose an option first.");
    await expect(quiz.getByText("Show the answer")).toBeHidden();
    await quiz.getByLabel("It has only one shape and little detail").check();
    await quiz.getByRole("button", {name: "Check"}).click();
    await expect(feedback(quiz)).toContainText("Not this one. Rank does not count detail.");
    await expect(quiz.getByText("Show the answer")).toBeVisible();
    await quiz.getByLabel("All its rows are multiples of one row").check();
    await quiz.getByRole("button", {name: "Check"}).click();
    await expect(feedback(quiz)).toContainText("Right. That is what one column times one row means");
    await page.emulateMedia({media: "print"});
    await expect(options).toBeVisible();
    await expect(feedback(choice(page))).toBeVisible();
    await expect(choice(page).locator(".quiz-foot")).toBeHidden();
  });
  await test.step("hints come one by one; numbers are read as people type them, and what is none is answered in words", async () => {
    await page.emulateMedia({media: "screen"});
    const quiz = numeric(page);
    await expect(quiz.getByText("Hint 2 of 2")).toBeHidden();
    await quiz.getByText("Hint 1 of 2").click();
    await expect(quiz.getByText("Which values does rank 2 drop?")).toBeVisible();
    await quiz.getByText("Hint 2 of 2").click();
    await expect(quiz.getByText("Square, add, take the root.", {exact: true})).toBeVisible();
    const field = quiz.getByLabel("Your answer");
    for (const [typed, said] of [
      ["", "Type a number first."],
      ["√5", "cannot be read as a number"],
      ["2,24", "Write decimals with a point: 2.24."],
      ["3", "Not this one. You added the dropped singular values."],
      ["5.83", "Not this one. That is the length of the part you keep"],
      ["7", "Not this one. You may try again."],
      ["2.236", "Right. Drop 2 and 1."],
      [" 2.24 ", "Right."],
    ] as const) {
      await field.fill(typed);
      await field.press("Enter");
      await expect(feedback(quiz)).toContainText(said);
      const isRead = /^(Right|Not this one)/.test(said);
      expect(await field.getAttribute("aria-invalid")).toBe(isRead ? null : "true");
      await expect(field).toHaveAccessibleDescription(isRead ? "" : new RegExp(said));
    }
  });
  await test.step("axe finds nothing in answered questions, in both themes", async () => {
    await predict(page).getByRole("radio").first().check();
    await predict(page).getByRole("button", {name: "Commit"}).click();
    const answered = "#q-02-rank-one-picture, #q-02-eckart-young-error, #q-02-share";
    await unfold(page.locator(answered).locator("details"));
    // The choice stands answered rightly, on light paper; on dark paper it is answered wrongly.
    for (const [option, colorScheme] of [
      ["All its rows are multiples of one row", "light"],
      ["Only one of its rows is not zero", "dark"],
    ] as const) {
      await choice(page).getByLabel(option).check();
      await choice(page).getByRole("button", {name: "Check"}).click();
      await page.emulateMedia({media: "screen", colorScheme});
      expect(await findings(page, {include: answered}), option).toEqual([]);
    }
  });
});

test("on a phone nothing is too wide, targets are 24 pixels high, and nothing is empty below Check", async ({page}) => {
  await open(page);
  await expectToFit(page, 320);
  const targets = page.locator(":is(.quiz, .symbols) :is(label, button, summary, .quiz-number input):visible");
  const heights = await targets.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  expect(heights.length).toBeGreaterThan(20);
  expect(heights.filter((height) => height < 24)).toEqual([]);
  await page.setViewportSize({width: 375, height: 812});
  const quiz = choice(page);
  const below = () =>
    quiz.evaluate((it) => {
      const seen = [...it.querySelectorAll("button, summary")].filter((one) =>
        one.checkVisibility({visibilityProperty: true}),
      );
      const lowest = Math.max(...seen.map((one) => one.getBoundingClientRect().bottom));
      return it.getBoundingClientRect().bottom - lowest - Number.parseFloat(getComputedStyle(it).paddingBottom);
    });
  expect(await below()).toBeLessThan(6);
  await quiz.getByLabel("All its rows are multiples of one row").check();
  await quiz.getByRole("button", {name: "Check"}).click();
  await expect(quiz.getByText("Show the answer")).toBeVisible();
  expect(await below()).toBeLessThan(6);
});

test("an explanation's link sets the figure beside it, or goes far away, and a button leads back", async ({page}) => {
  await page.emulateMedia({reducedMotion: "reduce"});
  await open(page);
  const quiz = choice(page);
  await quiz.getByLabel("It has only one shape and little detail").check();
  await quiz.getByRole("button", {name: "Check"}).click();
  const see = feedback(quiz).getByRole("link", {name: "See it in figure 2.3"});
  await see.focus();
  const before = await page.evaluate(() => scrollY);
  await see.press("Enter");
  const figure = page.locator('lora-widget[figure="2.3"]');
  await expect(figure.locator("input[value=identity]")).toBeChecked();
  await expect(figure.locator("[data-picture]")).toBeInViewport({ratio: 0.6});
  await expect(figure.locator(".spoken")).not.toBeEmpty();
  await expect(see).toBeFocused();
  await expect(see).toHaveAttribute("aria-current", "true");
  expect(await page.evaluate(() => scrollY)).toBe(before);
  await expect(page.locator(".return")).toHaveCount(0);
  expect(new URL(page.url()).pathname).toBe(CHAPTER);
  await quiz.getByLabel("Only one of its rows is not zero").check();
  await quiz.getByRole("button", {name: "Check"}).click();
  const far = feedback(quiz).getByRole("link", {name: "See it in figure 2.4"});
  await far.press("Enter");
  await expect(page.locator('lora-widget[figure="2.4"]')).toBeInViewport();
  await page.getByRole("button", {name: "Back to the text"}).click();
  await expect(far).toBeInViewport();
  await expect(far).toBeFocused();
  await expect(page.locator(".return")).toHaveCount(0);
});

test("a prediction is committed by keyboard, locked, never marked, and kept only after a yes", async ({page}) => {
  await open(page);
  const quiz = predict(page);
  await expect(quiz.getByText("Show what happened")).toBeHidden();
  await quiz.getByLabel("About 10%").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(feedback(quiz)).toContainText("You predicted: About 10%");
  await expect(feedback(quiz)).not.toContainText(/right|wrong|not this/i);
  await expect(quiz.getByRole("radio", {name: "About half"})).toBeDisabled();
  await expect(quiz.locator("summary", {hasText: "Show what happened"})).toBeFocused();
  await expect(page.locator(".headed:has(#outer-product) + .recalled")).toHaveText(
    "You predicted: About 10%. What happened: About half.",
  );
  await expect(quiz.getByText("One question, asked at every letter")).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(quiz.getByText("One question, asked at every letter")).toBeVisible();
  expect(await kept(page)).toEqual([]);
  await expect(quiz.locator(".keeping")).toHaveRole("group");
  await quiz.getByRole("button", {name: "Keep"}).click();
  await expect(quiz.locator(".keeping")).toHaveText("Kept on this device.");
  expect(await kept(page)).toEqual([
    "lora-live:v1:chapter:low-rank",
    "lora-live:v1:keep",
    "lora-live:v1:prediction:q-02-share",
  ]);

  await open(page);
  await expect(feedback(quiz)).toContainText("You predicted: About 10%");
  await expect(page.locator(".recalled")).toHaveText("You predicted: About 10%. What happened: About half.");
  await expect(quiz.getByText("One question, asked at every letter")).toBeVisible();
  await choice(page).getByRole("radio").first().check();
  await choice(page).getByRole("button", {name: "Check"}).click();
  await expect.poll(() => kept(page)).toContain("lora-live:v1:answer:q-02-rank-one-picture");
  await expect(page.locator("[data-asking]")).toHaveCount(0);
});

test("a no writes nothing and is not asked again on the page", async ({page}) => {
  await open(page);
  await predict(page).getByRole("radio").first().check();
  await predict(page).getByRole("button", {name: "Commit"}).click();
  await predict(page).getByRole("button", {name: "Don’t"}).click();
  await choice(page).getByRole("radio").first().check();
  await choice(page).getByRole("button", {name: "Check"}).click();
  await expect(page.locator("[data-asking]")).toHaveCount(0);
  expect(await kept(page)).toEqual([]);
});
