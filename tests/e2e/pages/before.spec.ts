import {readFileSync} from "node:fs";
import {expect, type Locator, type Page, test} from "@playwright/test";
import {parseHTML} from "linkedom";
import {findings} from "../../browser/axe.ts";
import {noStorage} from "../../browser/noStorage.ts";
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
const see = (quiz: Locator) => quiz.getByRole("button", {name: "See what you answered"});

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

/** The value of an option, as the built page has it. */
function optionOf(id: string, label: string): string {
  const html = readFileSync(new URL(`../../../dist${CHAPTER}index.html`, import.meta.url), "utf8");
  const options = [...parseHTML(html).document.querySelectorAll(`#${id} label`)];
  const option = options.find((one) => one.textContent!.includes(label))!;
  return option.querySelector("input")!.getAttribute("value")!;
}

test("a chapter opened again says how its questions were answered, and nothing of the answer before it is asked for", async ({
  page,
}) => {
  const label = "It has only one shape and little detail";
  const items = {...YES, ...kept(NUMERIC, " 2.24", true), ...kept(CHOICE, optionOf(CHOICE, label), false)};
  await open(page, CHAPTER, items);
  const [numeric, choice] = [page.locator(`#${NUMERIC}`), page.locator(`#${CHOICE}`)];
  await expect(before(numeric)).toHaveText(" · answered before: right. See what you answered");
  await expect(before(choice)).toHaveText(" · answered before: not right yet. See what you answered");
  for (const quiz of [numeric, choice]) {
    await expect(feedback(quiz)).toBeEmpty();
    await expect(quiz.getByText("Show the answer")).toBeHidden();
    await expect(before(quiz).locator("xpath=ancestor-or-self::*[@role='status' or @aria-live]")).toHaveCount(0);
  }
  await expect(numeric.getByLabel("Your answer")).toHaveValue("");
  await expect(choice.locator(":checked")).toHaveCount(0);
  // The others say nothing.
  await expect(page.locator(".quiz-before:not(:empty)")).toHaveCount(2);
  // The line makes no question higher: nothing below it moves.
  for (const quiz of [numeric, choice]) {
    const [told, untold] = await quiz.evaluate((one: HTMLElement) => {
      const line = one.querySelector<HTMLElement>(".quiz-before")!;
      const told = one.offsetHeight;
      line.hidden = true;
      const untold = one.offsetHeight;
      line.hidden = false;
      return [told, untold];
    });
    expect(told).toBe(untold);
  }
  await page.emulateMedia({media: "print"});
  await expect(see(numeric)).toBeHidden();
  await page.emulateMedia({media: "screen"});

  // It comes back judged, and the focus goes on to Check.
  await see(choice).press("Enter");
  await expect(choice.getByLabel(label)).toBeChecked();
  await expect(feedback(choice)).toContainText("Not this one. Rank does not count detail.");
  await expect(choice.getByRole("button", {name: "Check"})).toBeFocused();
  await expect(before(choice)).toBeEmpty();
  await see(numeric).click();
  await expect(numeric.getByLabel("Your answer")).toHaveValue(" 2.24");
  await expect(feedback(numeric)).toContainText("Right.");
  await expect(numeric.getByText("Show the answer")).toBeVisible();
  expect(await page.evaluate(() => ({...localStorage}))).toMatchObject(items);
});

test("a new try takes the place of the old one, at once and on the next visit; what was erased meanwhile is gone", async ({
  page,
}) => {
  await open(page, CHAPTER, {...YES, ...kept(NUMERIC, "3", false)});
  const numeric = page.locator(`#${NUMERIC}`);
  await expect(before(numeric)).toContainText("not right yet");
  await test.step("on a phone only the question grows, the button is large enough, and axe finds nothing", async () => {
    await page.setViewportSize({width: 320, height: 640});
    expect((await see(numeric).boundingBox())!.height).toBeGreaterThanOrEqual(24);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await findings(page, {include: `#${NUMERIC}`})).toEqual([]);
  });
  await numeric.getByLabel("Your answer").fill("x");
  await numeric.getByRole("button", {name: "Check"}).click();
  // No answer: the old one stands.
  await expect(feedback(numeric)).toContainText("cannot be read");
  await expect(before(numeric)).toContainText("not right yet");
  await numeric.getByLabel("Your answer").fill("2.24");
  await numeric.getByRole("button", {name: "Check"}).click();
  await expect(feedback(numeric)).toContainText("Right.");
  await expect(before(numeric)).toBeEmpty();
  await page.goto(CHAPTER);
  await expect(before(numeric)).toContainText("answered before: right");
  // A page that comes back as it was left.
  await page.evaluate((id) => {
    localStorage.removeItem(`lora-live:v1:answer:${id}`);
    dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}));
  }, NUMERIC);
  await expect(before(numeric)).toBeEmpty();
});

test("exercises: an order comes back, of cases and points the count is said; the review says how it was", async ({
  page,
}) => {
  await open(page, EXERCISES, {
    ...YES,
    ...kept(ORDER, "2 1 3 4 5", false),
    ...kept("q-12-stages", "1 1 1", false),
    ...kept("q-12-code-forward", "2 of 5 cases", false),
    ...kept("q-12-both-zero", "3 of 4", false),
  });
  await expect(before(page.locator("#q-12-code-forward"))).toHaveText(" · answered before: 2 of 5 cases");
  await expect(before(page.locator("#q-12-both-zero"))).toHaveText(" · answered before: 3 of 4 points");
  // An order that none of its items make cannot be put back.
  await expect(before(page.locator("#q-12-stages"))).toHaveText(" · answered before: not right yet");
  const order = page.locator(`#${ORDER}`);
  await see(order).click();
  const places = () =>
    order.locator(".order li").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.place));
  await expect.poll(places).toEqual(["1", "0", "2", "3", "4"]);
  await expect(feedback(order)).toContainText("comes later");
  await expect(order.getByRole("button", {name: "Check"})).toBeFocused();

  // The review says how it was, and does not bring the answer back.
  await open(page, "/review/", kept("q-03-shapes", "x", true));
  await expect(before(page.locator("#q-03-shapes"))).toHaveText(" · answered before: right");
});

test("nothing is shown of an answer that is kept damaged, without a yes, of a later version, or where storage is denied; of an option that is no longer asked it is said that it was answered", async ({
  page,
}) => {
  const {trouble} = listen(page);
  await open(page, CHAPTER, {
    ...YES,
    ...kept(CHOICE, "<b>Gone</b>", true),
    [`lora-live:v1:answer:${NUMERIC}`]: '{"given":"2.24","right":"yes"}',
    "lora-live:v1:answer:q-02-frozen-or-update": "{",
  });
  await expect(before(page.locator(`#${CHOICE}`))).toHaveText(" · answered before: right");
  await expect(page.locator(".quiz-before:not(:empty)")).toHaveCount(1);
  /** Long enough for what reads storage to have come. */
  const showsNothing = async () => {
    await expect(page.locator(`#${NUMERIC}[data-live]`)).toBeAttached();
    await page.waitForTimeout(300);
    await expect(page.locator(".quiz-before:not(:empty)")).toHaveCount(0);
  };
  await page.evaluate(() => localStorage.clear());
  await open(page, CHAPTER, kept(NUMERIC, "2.24", true));
  await showsNothing();
  await open(page, CHAPTER, {...YES, "lora-live:v2:keep": "yes"});
  await showsNothing();
  await noStorage(page);
  await page.goto(CHAPTER);
  await showsNothing();
  // What is on its way when the page is left is given up, and that is no trouble.
  expect(trouble.filter((one) => !one.endsWith("net::ERR_ABORTED"))).toEqual([]);
});
