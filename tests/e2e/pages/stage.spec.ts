/** Words and their figure on one screen: phrases, steps, and the order of the tab key. */
import {readdirSync, readFileSync} from "node:fs";
import {expect, type Page} from "@playwright/test";
import {chapterFile} from "../../../src/book/chapter/chapters.ts";
import {elementsOf} from "../../../src/site/markdown/mdxElements.ts";
import {set, stateOf} from "../../browser/figure.ts";
import {nudge} from "../../browser/nudge.ts";
import {emptyWindows} from "../../browser/stage/columns.ts";
import {isHeld, numbered, press, type Seen, windows} from "../../browser/stage/phrases.ts";
import {calls, stepThrough, watchScrolling} from "../../browser/stage/scrolling.ts";
import {test} from "../../browser/withoutScripts.ts";
import {aSixth, aTwelfth, isAll} from "../../third.ts";

// Chapters are walked from top to bottom.
test.describe.configure({mode: "parallel", timeout: 240_000});

const chapters = readdirSync("content/chapters").map((file) => {
  const body = readFileSync(`content/chapters/${file}`, "utf8").replace(/^---[\s\S]*?^---$/m, "");
  return {slug: chapterFile(file).slug, elements: elementsOf(body)};
});
/** Chapters with phrases about a figure of theirs. */
const phrased = chapters.filter(({elements}) =>
  elements.some(({name, attributes}) => name === "Set" && !attributes.widget),
);

async function open(page: Page, slug: string, [width, height]: readonly [number, number]) {
  await page.setViewportSize({width, height});
  await page.goto(`/chapters/${slug}/`);
  await page.evaluate(() => document.fonts.ready.then(() => true));
}

/** A wide window and a phone's; before a release those between as well. */
const [wide, , , , narrow] = windows;
const looked = isAll ? windows : ([wide, narrow] as const);

/** Phrases whose mark breaks a line of their block anew. Runs on the page. */
function breaking(): string[] {
  // Of texts only: what a browser gives for an element depends on whether it has a ground.
  const wordsOf = (block: Element) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let rects = "";
    while (walker.nextNode()) {
      range.selectNodeContents(walker.currentNode);
      for (const {left, top, right} of range.getClientRects()) rects += `${[left, top, right].map(Math.round)};`;
    }
    return rects;
  };
  return [...document.querySelectorAll<HTMLElement>(".prose a.set")].flatMap((link) => {
    const block = link.closest("p, li, aside, td, th, figure") ?? link.parentElement!;
    const mark = link.getAttribute("aria-current");
    link.removeAttribute("aria-current");
    const before = wordsOf(block);
    link.setAttribute("aria-current", "true");
    const isSame = wordsOf(block) === before;
    if (mark === null) link.removeAttribute("aria-current");
    return isSame ? [] : link.textContent;
  });
}

for (const [i, [width, height]] of looked.entries())
  test(`a press on any phrase acts where the reader is, at ${width} × ${height}`, async ({page}) => {
    test.setTimeout(600_000);
    const all: Seen[] = [];
    // Another chapter in each window.
    for (const {slug} of aSixth(i % 2 ? phrased.toReversed() : phrased)) {
      await open(page, slug, [width, height]);
      expect(await page.evaluate(breaking), slug).toEqual([]);
      const count = await numbered(page);
      for (let nth = 0; nth < count; nth++) all.push(await press(page, nth));
    }
    expect(all.length).toBeGreaterThan(0);
    const misses = all.filter((one) => !isHeld(one));
    const named = misses.map(({figure, words, picture}) => `figure ${figure} “${words}” ${picture}`);
    console.log(
      `${width} × ${height}: ${all.length - misses.length} of ${all.length} phrases hold. ${named.join("; ")}`,
    );
    expect(misses.length).toBeLessThanOrEqual(width >= 960 ? 0 : Math.max(1, 0.05 * all.length));
    expect(all.filter(({moved}) => Math.abs(moved) > (width >= 960 ? 0 : 64))).toEqual([]);
    expect(all.filter(({isPhraseSeen}) => !isPhraseSeen)).toEqual([]);
    expect(all.filter(({hasFocus, isMarked, lies}) => !hasFocus || !isMarked || lies.length)).toEqual([]);
  });

test("wherever a reader stops, the right column is filled, and scripts scroll nothing", async ({page}) => {
  test.setTimeout(600_000);
  await watchScrolling(page);
  for (const {slug} of aTwelfth(chapters)) {
    await open(page, slug, wide);
    expect(await page.evaluate(emptyWindows, 300), slug).toEqual([]);
    expect(await page.evaluate(calls), slug).toEqual([]);
  }
});

const stepped = chapters
  .filter(({elements}) => elements.some(({name}) => name === "Steps"))
  .flatMap((chapter) => [wide, narrow].map((window) => ({...chapter, window})));

for (const {
  slug,
  elements,
  window: [width, height],
} of aSixth(stepped))
  test(`steps of ${slug} follow the reader, and the reader's hand wins, at ${width} × ${height}`, async ({page}) => {
    await watchScrolling(page);
    await open(page, slug, [width, height]);
    const lists = elements.filter(({name}) => name === "Steps").length;
    for (let nth = 0; nth < lists; nth++) {
      const widget = page.locator(".stage:has(.steps)").nth(nth).locator("lora-widget");
      await set(widget, {});
      const {due, now, untrue} = await page.evaluate(stepThrough, {nth, patience: 2000});
      expect(due.length).toBeGreaterThan(1);
      expect(now).toEqual([...due, ...[...due].reverse()]);
      expect(untrue).toEqual([]);
      expect(await page.evaluate(calls)).toEqual([]);

      // A field is moved by hand; the figure then stays as it is while the same steps are passed.
      const stateNow = async () => JSON.stringify(await stateOf(widget));
      const before = await stateNow();
      await nudge(widget);
      await expect.poll(stateNow).not.toBe(before);
      const byHand = await stateNow();
      const held = await page.evaluate(stepThrough, {nth, patience: 100});
      expect(held.now).toEqual(now);
      expect(new Set(held.states)).toEqual(new Set([byHand]));
    }
  });

/** Stops of the tab key that a page is asked for, from its title on. */
const STOPS = 40;

test("the tab key has the order of the page, on a wide window and a narrow one", async ({page}) => {
  for (const [i, {slug}] of aTwelfth(chapters).entries()) {
    await open(page, slug, looked[i % looked.length]!);
    await page.locator("h1").focus();
    await page.evaluate(() => {
      const [stops, misplaced]: string[][] = [[], []];
      let last = document.activeElement!;
      Object.assign(window, {stops, misplaced});
      // By their places at that moment: a figure that starts meanwhile is drawn anew, and what is below it has another number.
      document.addEventListener("focusin", ({target}) => {
        const stop = target as Element;
        const isAfter = last.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING;
        stops.push(stop.localName);
        if (!isAfter) misplaced.push(stop.outerHTML.slice(0, 120));
        last = stop;
      });
    });
    for (let n = 0; n < STOPS; n++) {
      // In a field for programs Tab indents until Escape is pressed.
      if (await page.evaluate(() => document.activeElement?.localName === "textarea"))
        await page.keyboard.press("Escape");
      await page.keyboard.press("Tab");
    }
    const {stops, misplaced} = await page.evaluate(() => {
      const {stops, misplaced} = window as unknown as Record<"stops" | "misplaced", string[]>;
      return {stops, misplaced};
    });
    expect(misplaced, slug).toEqual([]);
    expect(stops, slug).toHaveLength(STOPS);
  }
});

test("printed, a chapter has one column, and a docked figure stands in its place", async ({page}) => {
  await open(page, "low-rank", [375, 812]);
  await numbered(page);
  await press(page, 3);
  await expect(page.locator('lora-widget[data-size="dock"]')).toHaveCount(1);
  await page.setViewportSize({width: 1440, height: 900});
  await page.emulateMedia({media: "print"});
  const lefts = await page.evaluate(() => {
    const blocks = [...document.querySelectorAll(".stage > :is(p, .headed, lora-widget)")];
    return [...new Set(blocks.map((block) => Math.round(block.getBoundingClientRect().left)))];
  });
  expect(lefts).toHaveLength(1);
  for (const figure of await page.locator(".stage > lora-widget > figure").all())
    await expect(figure).toHaveCSS("position", "static");
});

test("without scripts a figure stands beside its text, and phrases lead to its own page", async ({still: page}) => {
  await page.setViewportSize({width: 1440, height: 900});
  await page.goto("/chapters/low-rank/");
  const figure = page.locator("#figure-2-3");
  for (const part of [".sentence", ".readouts", ".data summary"])
    await expect(figure.locator(part).first()).toBeVisible();
  await figure.locator(".data summary").click();
  await expect(figure.locator(".data table")).toBeVisible();
  await expect(figure).toHaveCSS("position", "sticky");
  const phrase = page.locator('a.set[data-figure="2.3"]', {hasText: "one piece"}).first();
  await expect(phrase).toHaveAttribute("aria-current", "true");
  await phrase.click();
  await expect(page).toHaveURL(/\/widgets\/rank\/\?/);
});
