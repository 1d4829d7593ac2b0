import {expect, type Locator, type Page, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {noStorage} from "../../browser/denied.ts";
import {listen} from "../../browser/trouble.ts";

test.describe.configure({mode: "parallel"});

const CHAPTER = "/chapters/low-rank/";
const EXERCISES = "/chapters/exercises/";
const NUMERIC = "q-02-eckart-young-error";
const CHOICE = "q-02-rank-one-picture";
const ORDER = "q-12-one-step";

const YES = {"lora-live:v1:keep": "yes"};
const kept = (id: string, given: string, right: boolean) => ({
  [`lora-live:v1:answer:${id}`]: JSON.stringify({given, right}),
});
const before = (quiz: Locator) => quiz.locator(".quiz-before");
const feedback = (quiz: Locator) => quiz.locator(".quiz-feedback");

/** A page with its questions alive, on a device that has these items. */
async function open(page: Page, path: string, items: Record<string, string> = {}) {
  // A file of the origin that is no page, for its storage.
  await page.goto("/robots.txt");
  await page.evaluate((all) => {
    for (const [key, value] of Object.entries(all)) localStorage.setItem(key, value);
  }, items);
  await page.goto(path);
  await expect(page.locator(".quiz[data-kind]:not([data-live])")).toHaveCount(0);
}

test("a chapter opened again says how its questions were answered; a new try takes its place", async ({page}) => {
  await open(page, CHAPTER, {...YES, ...kept(NUMERIC, "3", false), ...kept(CHOICE, "<b>Gone</b>", true)});
  const [numeric, choice] = [page.locator(`#${NUMERIC}`), page.locator(`#${CHOICE}`)];
  await expect(before(numeric)).toHaveText(" · answered before: not right yet");
  await expect(before(choice)).toHaveText(" · answered before: right");
  for (const quiz of [numeric, choice]) {
    await expect(feedback(quiz)).toBeEmpty();
    await expect(quiz.getByText("Show the answer")).toBeHidden();
    await expect(before(quiz).locator("xpath=ancestor-or-self::*[@role='status' or @aria-live]")).toHaveCount(0);
  }
  await expect(numeric.getByLabel("Your answer")).toHaveValue("");
  await expect(choice.locator(":checked")).toHaveCount(0);
  // The others say nothing.
  await expect(page.locator(".quiz-before:not(:empty)")).toHaveCount(2);
  expect(await findings(page, {include: `#${NUMERIC}`})).toEqual([]);
  await numeric.getByLabel("Your answer").fill("x");
  await numeric.getByRole("button", {name: "Check"}).click();
  // No answer: the old one counts.
  await expect(feedback(numeric)).toContainText("cannot be read");
  await expect(before(numeric)).toBeVisible();
  await numeric.getByLabel("Your answer").fill("2.24");
  await numeric.getByRole("button", {name: "Check"}).click();
  await expect(feedback(numeric)).toContainText("Right.");
  await expect(before(numeric)).toBeHidden();
  await page.goto(CHAPTER);
  await expect(before(numeric)).toHaveText(" · answered before: right");
});

test("of cases and points the count is said; the review says how it was", async ({page}) => {
  await open(page, EXERCISES, {
    ...YES,
    ...kept(ORDER, "2 1 3 4 5", false),
    ...kept("q-12-code-forward", "2 of 5 cases", false),
    ...kept("q-12-both-zero", "3 of 4", false),
  });
  await expect(before(page.locator("#q-12-code-forward"))).toHaveText(" · answered before: 2 of 5 cases");
  await expect(before(page.locator("#q-12-both-zero"))).toHaveText(" · answered before: 3 of 4 points");
  await expect(before(page.locator(`#${ORDER}`))).toHaveText(" · answered before: not right yet");
  await open(page, "/review/", kept("q-03-shapes", "x", true));
  await expect(before(page.locator("#q-03-shapes"))).toHaveText(" · answered before: right");
});

test("nothing is said of an answer that is kept damaged, without a yes, or where storage is denied", async ({page}) => {
  const {trouble} = listen(page);
  const damaged = {
    ...YES,
    [`lora-live:v1:answer:${NUMERIC}`]: '{"given":"2.24","right":"yes"}',
    "lora-live:v1:answer:q-02-frozen-or-update": "{",
  };
  for (const items of [damaged, kept(NUMERIC, "2.24", true)]) {
    await open(page, CHAPTER, items);
    await expect(page.locator(".quiz-before:not(:empty)")).toHaveCount(0);
    await page.evaluate(() => localStorage.clear());
  }
  await noStorage(page);
  await page.goto(CHAPTER);
  await expect(page.locator(`#${NUMERIC}[data-live]`)).toBeAttached();
  await expect(page.locator(".quiz-before:not(:empty)")).toHaveCount(0);
  // What is on its way when the page is left is given up, and that is no trouble.
  expect(trouble.filter((one) => !one.endsWith("net::ERR_ABORTED"))).toEqual([]);
});
