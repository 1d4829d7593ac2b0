import {expect, type Locator, type Page, test} from "@playwright/test";

test.describe.configure({mode: "parallel"});

const chapter = "/chapters/low-rank/";
const phone = {viewport: {width: 412, height: 823}};

/** Whether something is laid out where it stands, and not only room kept for it. */
const isLaidOut = (place: Locator) =>
  place.evaluate((element) => element.checkVisibility({contentVisibilityAuto: true}));
const far = (page: Page) => page.locator("#figure-2-4 .picture");

test.describe("a chapter on a phone", () => {
  test.use(phone);

  test("just opened, lays out what is near, and what is far once a reader comes near", async ({page}) => {
    await page.goto(chapter);
    await expect(page.locator("html")).toHaveAttribute("data-fresh");
    await expect.poll(() => isLaidOut(far(page))).toBe(false);
    expect(await isLaidOut(page.locator("h1"))).toBe(true);
    await page.locator("#figure-2-4").scrollIntoViewIfNeeded();
    await expect.poll(() => isLaidOut(far(page))).toBe(true);
  });

  test("come to by a link to a place in it, or again, has all of it from the start", async ({page}) => {
    await page.goto(`${chapter}#eq-2-2`);
    await expect(page.locator("html")).not.toHaveAttribute("data-fresh");
    await expect.poll(() => isLaidOut(far(page))).toBe(true);
    await page.goto("/chapters/the-problem/");
    await expect(page.locator("html")).toHaveAttribute("data-fresh");
    await page.reload();
    await expect(page.locator("html")).not.toHaveAttribute("data-fresh");
  });

  test("leaves nothing out on paper", async ({page}) => {
    await page.goto(chapter);
    await expect.poll(() => isLaidOut(far(page))).toBe(false);
    await page.emulateMedia({media: "print"});
    await expect.poll(() => isLaidOut(far(page))).toBe(true);
  });

  test("is exact where a jump or a link that moves a far figure leads", async ({page}) => {
    await page.goto(chapter);
    const top = (place: string) => page.locator(place).evaluate((it) => Math.round(it.getBoundingClientRect().top));
    const last = await page.locator(".prose > .quiz").last().getAttribute("id");
    await page.evaluate((id) => {
      location.hash = id!;
    }, last);
    // The margin that every place with a name keeps above it, and the page's own.
    await expect.poll(() => top(`#${last}`)).toBe(32);

    await page.goto("/");
    await page.goto(chapter);
    // The chapter's own links of the kind lead to figures beside them.
    const link = page.locator(".prose > p > a.set").first();
    await link.evaluate((it) => Object.assign((it as HTMLElement).dataset, {figure: "2.4", params: "{}"}));
    await link.click();
    await expect.poll(() => top("#figure-2-4")).toBe(32);
  });
});

test("nothing that hangs out of its part is in a part that is left out", async ({page}) => {
  await page.goto(chapter);
  const parts = await page.evaluate(() =>
    [...document.querySelectorAll(".prose > *")]
      .filter((part) => getComputedStyle(part).contentVisibility === "auto")
      .map((part) => [part.localName, part.querySelectorAll(".carded").length, part.matches("p:has(a, button)")]),
  );
  expect(parts.length).toBeGreaterThan(20);
  expect(parts.filter(([, cards, isLinked]) => cards || isLinked)).toEqual([]);
});
