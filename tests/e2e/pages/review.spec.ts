import {expect, type Locator, type Page} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {test} from "../../browser/withoutScripts.ts";

test.describe.configure({mode: "parallel"});

const CHAPTER = "/chapters/interview-practice/";
const item = (page: Page) => page.locator(".review-item[data-now]");
const state = (page: Page) => page.locator(".review-state");
const kept = (page: Page) =>
  page.evaluate(() => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.includes(":review:"))));
const idOf = async (page: Page) => (await item(page).getAttribute("data-item"))!;

async function open(page: Page) {
  await page.goto("/review/");
  await expect(page.locator(".review[data-live]")).toBeAttached();
}

/** The reader's day, as the page counts days: it ends at four in the morning. */
const today = (page: Page) =>
  page.evaluate(() => {
    const now = new Date();
    return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() - (now.getHours() < 4 ? 1 : 0)) / 86_400_000;
  });

/** Puts reviews on the device, as of that many days ago. */
async function keepReviews(page: Page, reviews: Readonly<Record<string, readonly [ago: number, gap: number]>>) {
  await page.goto("/404.html");
  const day = await today(page);
  await page.evaluate(
    ([reviews, day]) => {
      localStorage.setItem("lora-live:v1:keep", "yes");
      for (const [id, [ago, gap]] of Object.entries(reviews))
        localStorage.setItem(`lora-live:v1:review:${id}`, JSON.stringify({on: day - ago, gap}));
    },
    [reviews, day] as const,
  );
}

/** Answers the question that is shown, rightly or not, as its own answer list says. */
async function answer(page: Page, isRight: boolean) {
  const quiz = item(page).locator(".quiz");
  const right = await quiz
    .locator(".quiz-answer li")
    .evaluateAll((all) => all.findIndex((one) => one.hasAttribute("data-right")));
  if (await quiz.getByRole("radio").count()) {
    await quiz
      .getByRole("radio")
      .nth(isRight ? right : (right + 1) % 2)
      .check();
  } else {
    const value = await quiz.locator("li[data-right] data").getAttribute("value");
    await quiz.getByLabel("Your answer").fill(isRight ? value! : "-987654");
  }
  await quiz.getByRole("button", {name: "Check"}).click();
}

test("what is due comes first, the longest overdue foremost; a grade is kept with its day, by keys", async ({page}) => {
  await keepReviews(page, {"c-alpha": [9, 7], "c-rank": [30, 7], "c-latency": [2, 7]});
  await open(page);
  expect([await idOf(page), await state(page).textContent()]).toEqual(["c-rank", "1 of 10 · due"]);
  const card = item(page).locator(".interview");
  const grade = card.getByRole("button", {name: "Knew it"});
  await expect(grade).toBeHidden();
  await card.locator("summary").first().focus();
  await page.keyboard.press("3");
  await expect.poll(() => idOf(page)).toBe("c-rank");
  await page.keyboard.press("Enter");
  await expect(grade).toBeVisible();
  await page.keyboard.press("3");
  await expect(item(page)).toHaveAttribute("data-item", "c-alpha");
  await expect(state(page)).toHaveText("Comes again in 7 days. 2 of 10 · due");
  await expect(item(page).locator(".interview-asked")).toBeFocused();
  expect(JSON.parse((await kept(page))["lora-live:v1:review:c-rank"])).toEqual({on: await today(page), gap: 7});
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("2");
  await expect(state(page)).toHaveText("Comes again tomorrow. 3 of 10 · new");
  expect(await idOf(page)).not.toBe("c-latency");
});

test("a sitting: what is not known comes once more, and the end says what comes when", async ({page}) => {
  await open(page);
  await page.getByLabel("Draw from").selectOption("cards");
  const first = await idOf(page);
  const more = (await page.locator(".review-item[data-item^=c-]").count()) - 10;
  const shown: string[] = [];
  for (let i = 0; i < 11; i++) {
    shown.push(await idOf(page));
    await item(page).getByText("Answer in one line").click();
    await item(page)
      .getByRole("button", {name: i === 0 ? "Not yet" : "Knew it"})
      .click();
  }
  expect(shown.every((id) => id.startsWith("c-"))).toBe(true);
  expect([new Set(shown).size, shown.at(-1)]).toEqual([10, first]);
  const end = page.locator(".review-end");
  await expect(end).toHaveText(`10 asked: 9 again in 7 days, 1 again tomorrow. Now due or new: ${more}.`);
  await expect(end).toBeFocused();
  expect(await kept(page)).toEqual({});
  await page.locator(".review-foot").getByRole("button", {name: "Keep"}).click();
  expect(Object.keys(await kept(page))).toHaveLength(10);
  await page.getByRole("button", {name: "More"}).click();
  await expect(state(page)).toHaveText(`1 of ${more} · new`);
  await open(page);
  await page.getByLabel("Draw from").selectOption("cards");
  await expect(state(page)).toHaveText(`1 of ${more} · new`);
});

test("a question is judged by its first try; wrong comes once more, as if it had not been answered", async ({page}) => {
  await keepReviews(page, {"q-03-shapes": [8, 7], "c-rank": [1, 7]});
  await open(page);
  expect(await idOf(page)).toBe("q-03-shapes");
  const next = page.getByRole("button", {name: "Next"});
  await item(page).getByRole("button", {name: "Check"}).click();
  await expect(next).toBeHidden();
  await answer(page, false);
  await expect(state(page)).toHaveText("Comes again in this sitting.");
  // Heard with the verdict, in one message.
  await expect(state(page)).toHaveAttribute("aria-live", "off");
  await expect(item(page).locator(".quiz-feedback")).toContainText(/^Not this one\..* Comes again in this sitting\.$/);
  await answer(page, true);
  await expect(item(page).getByText("Right.", {exact: true})).toBeVisible();
  await expect(state(page)).toHaveText("Comes again in this sitting.");
  for (let i = 0; i < 10; i++) {
    await next.click();
    if ((await idOf(page)) === "q-03-shapes") break;
    if (await item(page).locator(".interview").count()) {
      await page.evaluate(() => document.querySelector<HTMLElement>("[data-now] [data-grade=knew]")!.click());
      i++;
      if ((await idOf(page)) === "q-03-shapes") break;
    }
    await answer(page, true);
  }
  await expect(item(page)).toHaveAttribute("data-item", "q-03-shapes");
  await expect(state(page)).toContainText("Once more");
  await expect(item(page).locator("legend")).toBeFocused();
  await expect(item(page).getByRole("radio", {checked: true})).toHaveCount(0);
  await expect(item(page).locator(".quiz-feedback")).toBeEmpty();
  await expect(item(page).getByText("Show the answer")).toBeHidden();
  await answer(page, true);
  await expect(state(page)).toHaveText("Comes again tomorrow.");
});

test("without scripts every question of the review stands there, its answer closed", async ({still: page}) => {
  await page.goto("/review/");
  const all = await page.locator(".review-item").count();
  expect(all).toBeGreaterThanOrEqual(60);
  await expect(page.locator(".review-item:visible")).toHaveCount(all);
  await expect(page.getByText("Scripts are off")).toBeVisible();
  await expect(
    page.locator(":is(.quiz-why, .layer > p, .interview-grade, .review-bar, .review-moves):visible"),
  ).toHaveCount(0);
});

test.describe("the cards of chapter 11", () => {
  const card = (page: Page) => page.locator("#c-latency");
  const layer = (of: Locator, name: string) => of.locator("summary", {hasText: name});

  test("open layer by layer, with a grade once there is something to compare with", async ({page}) => {
    await page.goto(CHAPTER);
    const one = card(page);
    await expect(layer(one, "Answer in one paragraph")).toBeHidden();
    await expect(one.getByRole("button", {name: "Partly"})).toBeHidden();
    await layer(one, "Answer in one line").click();
    await expect(one.getByText("What runs after that is one matrix")).toBeVisible();
    await layer(one, "Answer in one paragraph").click();
    await expect(one.getByText("When would you not merge?")).toBeHidden();
    await layer(one, "The question that follows").click();
    await expect(one.getByText("When would you not merge?")).toBeVisible();
    await expect(one.getByText("When one running model serves")).toBeHidden();
    await layer(one, "Its answer").click();
    await expect(one.getByText("When one running model serves")).toBeVisible();
    await one.getByRole("button", {name: "Partly"}).click();
    await expect(one.getByRole("button", {name: "Partly"})).toHaveAttribute("aria-pressed", "true");
    await expect(one.locator(".interview-said")).toHaveText("It comes again in the review tomorrow.");
    expect(await kept(page)).toEqual({});
    await one.getByRole("button", {name: "Keep"}).click();
    expect(Object.keys(await kept(page))).toEqual(["lora-live:v1:review:c-latency"]);
    expect(await findings(page, {include: "#c-latency"})).toEqual([]);
    await page.reload();
    await expect(one.locator(".interview-before")).toHaveText("· comes again tomorrow");
  });

  test("print with every answer open, and nothing to press", async ({page}) => {
    await page.goto(CHAPTER);
    await page.emulateMedia({media: "print"});
    for (const text of [
      "What runs after that is one matrix",
      "The second path is linear",
      "When one running model serves",
    ])
      await expect(card(page).getByText(text)).toBeVisible();
    await expect(page.locator(":is(.interview, .quiz) button:visible")).toHaveCount(0);
    await page.goto("/review/");
    await expect(page.locator(".review[data-live]")).toBeAttached();
    // A page that opens in another process now and then forgets which medium was asked for.
    await page.emulateMedia({media: "print"});
    const all = await page.locator(".review-item").count();
    await expect(page.locator(".review-item:visible")).toHaveCount(all);
    await expect(page.locator(".review .quiz-answer li[data-right] .quiz-why:visible")).toHaveCount(
      await page.locator(".review .quiz").count(),
    );
    await expect(page.locator("main :is(button, select):visible")).toHaveCount(0);
  });
});
