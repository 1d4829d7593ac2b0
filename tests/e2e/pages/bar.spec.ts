/** The bar of a chapter with its contents, and the two columns below it. */
import {expect, type Page, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";

test.describe.configure({mode: "parallel"});

const BAR = 44;
const panelOf = (page: Page) => page.locator("nav.bar .contents");
const buttonOf = (page: Page) =>
  page.getByRole("navigation", {name: "Where you are"}).getByRole("button", {name: /^Contents, /});

/** The page scrolled to a section, once the bar says so. */
async function readingSection(page: Page, id: string, name: string) {
  await page.goto(`/chapters/low-rank/#${id}`);
  await expect(page.locator("nav.bar .where")).toHaveText(name);
}

for (const [width, height] of [
  [1440, 900],
  [375, 812],
] as const)
  test(`the contents open on the section being read and close again, at ${width} px`, async ({page}) => {
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

test("without scripts the contents open too, and Escape closes them", async ({browser}) => {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto("/chapters/low-rank/");
  await expect(panelOf(page)).toBeHidden();
  await buttonOf(page).click();
  await expect(panelOf(page).getByRole("link", {name: "The mechanism"})).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panelOf(page)).toBeHidden();
  await context.close();
});

test("at the top of the page the panel hangs below the bar, wherever that is, and marks the chapters that have been read, in words too", async ({
  page,
}) => {
  await page.addInitScript(() => {
    localStorage.setItem("lora-live:v1:keep", "yes");
    localStorage.setItem("lora-live:v1:chapter:the-problem", '"finished"');
  });
  await page.goto("/chapters/low-rank/");
  await buttonOf(page).click();
  await expect(panelOf(page).locator("[data-read]")).toHaveText(/The problem/);
  await expect(panelOf(page).getByRole("link", {name: /The problem.*read/})).toHaveCount(1);
  const [bar, panel] = [(await page.locator("nav.bar").boundingBox())!, (await panelOf(page).boundingBox())!];
  expect(bar.y).toBeGreaterThan(40);
  expect(panel.y).toBeGreaterThanOrEqual(bar.y + BAR);
});

/** How far the line along the bar reaches, from 0 to 1. */
const progress = (page: Page) =>
  page
    .locator("nav.bar .run")
    .evaluate((line) => line.getBoundingClientRect().width / document.documentElement.clientWidth);

for (const [name, hasTimelines] of [
  ["by the browser", true],
  ["by the script, in a browser without scroll timelines", false],
] as const)
  test(`the line along the bar is as long as what has been read: ${name}`, async ({page}) => {
    if (!hasTimelines) {
      await page.addInitScript(() => {
        CSS.supports = () => false;
      });
      await page.route("**/*.css", async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replaceAll("animation-timeline:scroll", "animation-none:scroll");
        await route.fulfill({response, body});
      });
    }
    await page.goto("/chapters/low-rank/");
    expect(await progress(page)).toBeCloseTo(0, 2);
    for (const share of [0.5, 1]) {
      await page.evaluate((part) => {
        const root = document.documentElement;
        scrollTo({top: part * (root.scrollHeight - innerHeight), behavior: "instant"});
      }, share);
      await expect.poll(async () => Math.round((await progress(page)) * 100) / 100).toBeCloseTo(share, 1);
    }
  });

for (const [width, height] of [
  [1440, 900],
  [375, 812],
] as const)
  test(`no target of a link and nothing in focus lies under the bar, at ${width} px`, async ({page}) => {
    await page.setViewportSize({width, height});
    await page.goto("/chapters/low-rank/");
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

test("the bar is one line, and cuts a long section short", async ({page}) => {
  await page.setViewportSize({width: 375, height: 812});
  await page.goto("/chapters/where-to-adapt/");
  await page.evaluate(() =>
    document.querySelector(".sections li:nth-child(4) a")!.dispatchEvent(new MouseEvent("click")),
  );
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
  for (const width of [360, 320]) {
    await page.setViewportSize({width, height: 225});
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(over, `${width}`).toBeLessThanOrEqual(0);
  }
  // The contents fit what little there is.
  await page.evaluate(() => scrollTo(0, 0));
  await buttonOf(page).click();
  const box = (await panelOf(page).boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(225);
  expect(box.height).toBeGreaterThan(60);
});

/** What the specification asks of a window: text, gap and stage, in whole pixels. */
const windows = [
  [1024, 768, 394, 45, 502, 17],
  [1440, 900, 554, 63, 706, 19],
  [1920, 1080, 576, 80, 800, 19],
] as const;

test("columns are as wide as they should be, two of them or one", async ({page}) => {
  await page.goto("/chapters/low-rank/");
  for (const [width, height, text, gap, stage, letters] of windows) {
    await page.setViewportSize({width, height});
    const sizes = await page.evaluate(() => {
      const edges = (it: Element) => it.getBoundingClientRect();
      const stages = [...document.querySelectorAll(".stage")];
      const texts = [...document.querySelectorAll(".stage > p, .stage > .headed")];
      const of = (all: Element[], side: (box: DOMRect) => number) => [
        ...new Set(all.map((it) => Math.round(side(edges(it))))),
      ];
      const exhibits = stages.map((it) => it.querySelector(":scope > .exhibit")!);
      return {
        lefts: of(texts, ({left}) => left),
        widths: of(texts, (box) => box.width),
        exhibits: of(exhibits, (box) => box.width),
        gaps: of(exhibits, ({left}) => left - edges(texts[0]!).right),
        // The upper edges of a stage's heading and of its exhibit, while the stage is far below the bar.
        steps: of(exhibits, () => 0) && [
          ...new Set(
            exhibits
              .filter((it) => it.parentElement!.matches(":not(.opening + .stage):has(> .headed:first-child)"))
              .map((it) => Math.round(edges(it).top - edges(it.parentElement!.firstElementChild!).top)),
          ),
        ],
        size: getComputedStyle(document.querySelector(".stage > p")!).fontSize,
        middle: Math.round((edges(texts[0]!).left + edges(exhibits[0]!).right) / 2),
        over: document.documentElement.scrollWidth - innerWidth,
      };
    });
    expect(sizes.lefts).toHaveLength(1);
    for (const one of sizes.widths) expect(Math.abs(one - text)).toBeLessThanOrEqual(1);
    for (const one of sizes.exhibits) expect(Math.abs(one - stage)).toBeLessThanOrEqual(1);
    for (const one of sizes.gaps) expect(Math.abs(one - gap)).toBeLessThanOrEqual(1);
    expect(sizes.steps).toEqual([0]);
    expect(sizes.size).toBe(`${letters}px`);
    expect(Math.abs(sizes.middle - width / 2)).toBeLessThanOrEqual(1);
    expect(sizes.over).toBeLessThanOrEqual(0);
  }
  // One at most 40 rem wide from 600 to 959 px, and margins of 16 px below.
  for (const [width, left, wide] of [
    [768, 64, 640],
    [640, 16, 608],
    [375, 16, 343],
  ] as const) {
    await page.setViewportSize({width, height: 900});
    const box = await page.locator(".prose h1").evaluate((it) => it.parentElement!.getBoundingClientRect().toJSON());
    expect([Math.round(box.left), Math.round(box.width)], `${width}`).toEqual([left, wide]);
  }
});

test("a text without a figure stands in the middle; an exhibit stays 20 px below the bar while its words are read", async ({
  page,
}) => {
  await page.setViewportSize({width: 1440, height: 900});
  await page.goto("/chapters/low-rank/");
  const middles = await page
    .locator(".prose > :is(p, ul)")
    .evaluateAll((all) =>
      all.map((it) => it.getBoundingClientRect()).map(({left, right}) => Math.round((left + right) / 2)),
    );
  expect(middles.length).toBeGreaterThan(0);
  expect(new Set(middles)).toEqual(new Set([720]));

  const exhibit = page.locator(".stage > .exhibit").first();
  // Today's figures are taller than a window; what sticks is lower.
  await exhibit.evaluate((it) => {
    it.style.cssText = "block-size: 600px; overflow: hidden";
    it.parentElement!.style.minBlockSize = "2500px";
    scrollTo({top: scrollY + it.parentElement!.getBoundingClientRect().top + 700, behavior: "instant"});
  });
  await expect.poll(() => exhibit.evaluate((it) => Math.round(it.getBoundingClientRect().top))).toBe(BAR + 20);
});

test("all chapters on one page: the bar says which one is read, and only what is near the window is laid out", async ({
  page,
}) => {
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
