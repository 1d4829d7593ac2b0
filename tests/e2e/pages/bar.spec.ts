/** The bar of a chapter with its contents, and the two columns below it. */
import {expect, type Page} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {expectToFit} from "../../browser/page.ts";
import {test} from "../../browser/withoutScripts.ts";
import {oneOf} from "../../third.ts";

test.describe.configure({mode: "parallel"});

const BAR = 44;
/** A wide window or a phone. */
const windows = oneOf([
  [1440, 900],
  [375, 812],
] as const);
const panelOf = (page: Page) => page.locator("nav.bar .contents");
const buttonOf = (page: Page) =>
  page.getByRole("navigation", {name: "Where you are"}).getByRole("button", {name: /^Contents, /});

/** The page scrolled to a section, once the bar says so. */
async function readingSection(page: Page, id: string, name: string) {
  await page.goto(`/chapters/low-rank/#${id}`);
  await expect(page.locator("nav.bar .where")).toHaveText(name);
}

/** How far the line along the bar reaches, from 0 to 1. */
const progress = (page: Page) =>
  page
    .locator("nav.bar .read-line")
    .evaluate((line) => line.getBoundingClientRect().width / document.documentElement.clientWidth);

async function lineGrows(page: Page) {
  expect(await progress(page)).toBeCloseTo(0, 2);
  for (const share of [0.5, 1]) {
    await page.evaluate((part) => {
      const root = document.documentElement;
      scrollTo({top: part * (root.scrollHeight - innerHeight), behavior: "instant"});
    }, share);
    await expect.poll(async () => Math.round((await progress(page)) * 100) / 100).toBeCloseTo(share, 1);
  }
}

for (const [width, height] of windows)
  test(`the bar says what was read, opens its contents there, and covers nothing, at ${width} px`, async ({page}) => {
    await page.addInitScript(() => {
      localStorage.setItem("lora-live:v1:keep", "yes");
      localStorage.setItem("lora-live:v1:chapter:the-problem", '"finished"');
    });
    await page.goto("/chapters/low-rank/");
    await test.step("the panel hangs below the bar, and marks in words too the chapters that were read", async () => {
      await buttonOf(page).click();
      await expect(panelOf(page).locator("[data-read]")).toHaveText(/The problem/);
      await expect(panelOf(page).getByRole("link", {name: /The problem.*read/})).toHaveCount(1);
      const [bar, panel] = [(await page.locator("nav.bar").boundingBox())!, (await panelOf(page).boundingBox())!];
      expect(bar.y).toBeGreaterThan(40);
      expect(panel.y).toBeGreaterThanOrEqual(bar.y + BAR);
    });
    await test.step("the line along the bar is as long as what has been read", async () => {
      await page.keyboard.press("Escape");
      await lineGrows(page);
    });
    await test.step("the contents open on the section being read and close again", async () => {
      await page.reload();
      await page.setViewportSize({width, height});
      await readingSection(page, "outer-product", "One question, one push");
      const [panel, button] = [panelOf(page), buttonOf(page)];
      await expect(panel).toBeHidden();
      await expect(page.locator("body")).toBeFocused();

      // The bar lies in the scroll padding, and the browser would move the page to bring its button into view.
      const before = await page.evaluate(() => scrollY);
      await button.focus();
      expect(await page.evaluate(() => scrollY)).toBe(before);
      await button.click();
      const current = panel.locator("[aria-current=location]");
      await expect(current).toHaveText("One question, one push");
      await expect(current).toBeFocused();
      expect(await page.evaluate(() => scrollY)).toBe(before);
      const box = (await panel.boundingBox())!;
      expect(box.width).toBe(Math.min(320, width - 32));
      expect(box.y).toBeGreaterThanOrEqual(BAR);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      expect(await findings(page, {include: "nav.bar"})).toEqual([]);

      await page.keyboard.press("Escape");
      await expect(panel).toBeHidden();
      await expect(button).toBeFocused();

      await page.keyboard.press("Enter");
      await expect(panel).toBeVisible();
      await page.mouse.click(width - 3, height / 2);
      await expect(panel).toBeHidden();

      await button.click();
      await panel.getByRole("link", {name: "The closest copy"}).click();
      await expect(panel).toBeHidden();
      await expect(page.locator("nav.bar .where")).toHaveText("The closest copy");
    });
    await test.step("no target of a link and nothing in focus lies under the bar", async () => {
      const ids = await page.locator(".sections a").evaluateAll((links) => links.map((it) => it.getAttribute("href")!));
      expect(ids.length).toBeGreaterThan(4);
      for (const id of [...ids, "#figure-2-2", "#eq-2-1", "#q-02-frozen-or-update"]) {
        await page.evaluate((hash) => {
          location.hash = hash;
        }, id);
        const top = () => page.locator(id).evaluate((it) => it.getBoundingClientRect().top);
        await expect.poll(top, id).toBeGreaterThanOrEqual(BAR);
      }
      // Backwards from far below, the browser scrolls each element just into view.
      await page.locator("#bet").or(page.locator("#rank")).first().scrollIntoViewIfNeeded();
      await page.locator(".onward a").last().focus();
      for (let i = 0; i < 25; i++) {
        await page.keyboard.press("Shift+Tab");
        const covered = await page.evaluate((bar) => {
          const it = document.activeElement!;
          const {top, bottom, height} = it.getBoundingClientRect();
          return it.closest("nav.bar, body > header") || height === 0 || (top >= bar && bottom <= innerHeight + 1)
            ? ""
            : `${it.outerHTML.slice(0, 80)} at ${top}`;
        }, BAR);
        expect(covered).toEqual("");
      }
    });
  });

test("without scripts the contents open too, and Escape closes them", async ({still: page}) => {
  await page.goto("/chapters/low-rank/");
  await expect(panelOf(page)).toBeHidden();
  await buttonOf(page).click();
  await expect(panelOf(page).getByRole("link", {name: "The mechanism"})).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panelOf(page)).toBeHidden();
});

test("the bar is one line, and cuts a long section short", async ({page}) => {
  await page.setViewportSize({width: 375, height: 812});
  await page.goto("/chapters/where-to-adapt/");
  await page.locator("#tiny").scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    location.hash = "#tiny";
  });
  const where = page.locator("nav.bar .where");
  await expect(where).not.toBeEmpty();
  expect(await where.evaluate((it) => it.scrollWidth > it.clientWidth)).toBe(true);
  expect((await page.locator("nav.bar").boundingBox())!.height).toBe(BAR);
  expect((await page.locator("nav.bar").boundingBox())!.y).toBe(0);
});

test("in a window lower than 480 px nothing is pinned, and no chapter can be moved sideways", async ({page}) => {
  await page.setViewportSize({width: 360, height: 225});
  await page.goto("/chapters/low-rank/#rank");
  const pinned = await page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((it) => /^(sticky|fixed)$/.test(getComputedStyle(it).position) && it.getClientRects().length > 0)
      .filter((it) => !it.closest(".paper-table, .comparison, .spoken"))
      .map((it) => it.outerHTML.slice(0, 80)),
  );
  expect(pinned).toEqual([]);
  const columns = await page.locator(".prose").evaluate((it) => getComputedStyle(it).display);
  expect(columns).toBe("block");
  for (const width of [360, 320]) await expectToFit(page, width, 225);
  // The contents fit what little there is.
  await page.evaluate(() => scrollTo(0, 0));
  await buttonOf(page).click();
  const box = (await panelOf(page).boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(225);
  expect(box.height).toBeGreaterThan(60);
});

test("texts and exhibits stand in two columns, or in one; an exhibit begins with its text", async ({page}) => {
  await page.goto("/chapters/low-rank/");
  for (const width of [1024, 1440, 1920]) {
    await page.setViewportSize({width, height: 900});
    const sizes = await page.evaluate(() => {
      const edges = (it: Element) => it.getBoundingClientRect();
      const texts = [...document.querySelectorAll(".stage > p, .stage > .headed")].map(edges);
      const exhibits = [...document.querySelectorAll(".stage > .exhibit")];
      const different = (all: number[]) => [...new Set(all.map(Math.round))];
      const begun = exhibits.filter((it) =>
        it.parentElement!.matches(":not(.opening + .stage):has(> .headed:first-child)"),
      );
      return {
        lefts: different(texts.map(({left}) => left)).length,
        widths: different(exhibits.map((it) => edges(it).width)).length,
        gap: edges(exhibits[0]!).left - texts[0]!.right > 40,
        steps: different(begun.map((it) => edges(it).top - edges(it.parentElement!.firstElementChild!).top)),
        off: Math.abs((texts[0]!.left + edges(exhibits[0]!).right - innerWidth) / 2) > 1,
        over: document.documentElement.scrollWidth > innerWidth,
      };
    });
    expect(sizes, `${width}`).toEqual({lefts: 1, widths: 1, gap: true, steps: [0], off: false, over: false});
  }
  for (const width of [768, 375]) {
    await page.setViewportSize({width, height: 900});
    const lefts = await page
      .locator(".stage > :is(p, .headed, lora-widget)")
      .evaluateAll((all) => all.map((it) => Math.round(it.getBoundingClientRect().left)));
    expect(new Set(lefts).size, `${width}`).toBe(1);
  }

  await page.setViewportSize({width: 1440, height: 900});
  const exhibit = page.locator(".stage > .exhibit").first();
  // Today's figures are taller than a window; what sticks is lower.
  await exhibit.evaluate((it) => {
    it.style.cssText = "block-size: 600px; overflow: hidden";
    it.parentElement!.style.minBlockSize = "2500px";
    scrollTo({top: scrollY + it.parentElement!.getBoundingClientRect().top + 700, behavior: "instant"});
  });
  await expect.poll(() => exhibit.evaluate((it) => Math.round(it.getBoundingClientRect().top))).toBe(BAR + 20);
});

test("all chapters on one page: the bar says which is read, and only what is near is laid out", async ({page}) => {
  await page.goto("/print/");
  await buttonOf(page).click();
  await panelOf(page).getByRole("link", {name: "Results"}).click();
  await expect(page.locator("nav.bar .where")).toHaveText("7. Results");
  await expect
    .poll(() => page.locator("#results").evaluate((it) => Math.round(it.getBoundingClientRect().top)))
    .toBe(BAR + 20);
  const kept = () =>
    page.locator("article.division").evaluateAll((all) => all.map((it) => getComputedStyle(it).contentVisibility));
  expect(new Set(await kept())).toEqual(new Set(["auto"]));
  await page.emulateMedia({media: "print"});
  expect(new Set(await kept())).toEqual(new Set(["visible"]));
  await expect(page.locator("nav.bar")).toBeHidden();
});
