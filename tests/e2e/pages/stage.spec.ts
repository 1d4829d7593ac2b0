/** Words and their figure on one screen: phrases, marks, steps, and the order of the page. */
import {readdirSync, readFileSync} from "node:fs";
import {expect, type Page, test} from "@playwright/test";
import {chapterFile} from "../../../src/components/chapter/chapters.ts";
import {elementsOf} from "../../../src/markup/mdxElements.ts";
import {nudge} from "../../browser/nudge.ts";
import {emptyStretches} from "../../browser/stage/columns.ts";
import {marksInRandomStates} from "../../browser/stage/marks.ts";
import {isHeld, numbered, press, type Seen, windows} from "../../browser/stage/phrases.ts";
import {calls, walkThrough, watchScrolling} from "../../browser/stage/scrolling.ts";
import {aThird, isAll} from "../../third.ts";

// Chapters are walked from top to bottom, frame by frame.
test.describe.configure({mode: "parallel", timeout: 240_000});

const chapters = readdirSync("content/chapters").map((file) => {
  const body = readFileSync(`content/chapters/${file}`, "utf8").replace(/^---[\s\S]*?^---$/m, "");
  const lines = body.split("\n");
  const sections = lines.flatMap((text, i) => {
    const id = /^## .*\{#([\w-]+)\}$/.exec(text)?.[1];
    return id ? [{id, line: i + 1}] : [];
  });
  return {slug: chapterFile(file).slug, elements: elementsOf(body), sections};
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

for (const [width, height] of windows)
  test(`a press on any phrase acts where the reader is, at ${width} × ${height}`, async ({page}) => {
    test.setTimeout(600_000);
    const all: Seen[] = [];
    for (const {slug} of aThird(phrased)) {
      await open(page, slug, [width, height]);
      const count = await numbered(page);
      for (let nth = 0; nth < count; nth++) all.push(await press(page, nth));
    }
    expect(all.length).toBeGreaterThan(10);
    const misses = all.filter((one) => !isHeld(one));
    const named = misses.map(({figure, words, picture}) => `figure ${figure} “${words}” ${picture}`);
    console.log(
      `${width} × ${height}: ${all.length - misses.length} of ${all.length} phrases hold. ${named.join("; ")}`,
    );
    expect(1 - misses.length / all.length).toBeGreaterThanOrEqual(width >= 960 ? 1 : 0.95);
    expect(all.filter(({moved}) => Math.abs(moved) > (width >= 960 ? 0 : 64))).toEqual([]);
    expect(all.filter(({isPhraseSeen}) => !isPhraseSeen)).toEqual([]);
    expect(all.filter(({hasFocus, isMarked, lies}) => !hasFocus || !isMarked || lies.length)).toEqual([]);
  });

test("a marked phrase is true of its figure and no other is, in twenty random states of each", async ({page}) => {
  test.setTimeout(600_000);
  let marked = 0;
  for (const {slug} of aThird(phrased)) {
    await open(page, slug, [1440, 900]);
    for (const place of await page.locator("lora-widget[figure]").all()) {
      await place.scrollIntoViewIfNeeded();
      const found = await place.evaluate(marksInRandomStates);
      expect(found.wrong, slug).toEqual([]);
      marked += found.marked;
    }
  }
  expect(marked).toBeGreaterThan(20);
});

for (const [width, height] of aThird(windows))
  test(`a mark breaks no line anew, at ${width} × ${height}`, async ({page}) => {
    for (const {slug} of aThird(phrased)) {
      await open(page, slug, [width, height]);
      const moved = await page.evaluate(() => {
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
          const block = link.closest("p, li, aside, td, figure")!;
          link.removeAttribute("aria-current");
          const before = wordsOf(block);
          link.setAttribute("aria-current", "true");
          return wordsOf(block) === before ? [] : link.textContent;
        });
      });
      expect(moved, slug).toEqual([]);
    }
  });

/** A stretch of fewer pixels may have an empty second column, and so may the last screen. */
const EMPTY_AT_MOST = 900;

test("no window of a chapter has an empty second column", async ({page}) => {
  test.setTimeout(600_000);
  for (const {slug} of aThird(chapters)) {
    await watchScrolling(page);
    await open(page, slug, [1440, 900]);
    const {empty, most} = await page.evaluate(emptyStretches, 100);
    console.log(`${slug}: ${empty} windows of 900 px without anything in the second column, ${most} px at most`);
    expect(most, slug).toBeLessThan(EMPTY_AT_MOST);
  }
});

const stepped = chapters.filter(({elements}) => elements.some(({name}) => name === "Steps"));

for (const {slug, elements} of stepped)
  for (const [width, height] of [windows[0], windows[4]])
    test(`steps of ${slug} follow the reader down and up, at ${width} × ${height}, and the reader's hand wins`, async ({
      page,
    }) => {
      await watchScrolling(page);
      await open(page, slug, [width, height]);
      const lists = elements.filter(({name}) => name === "Steps").length;
      for (let nth = 0; nth < lists; nth++) {
        const widget = page.locator(".stage:has(.steps)").nth(nth).locator("lora-widget");
        await widget.evaluate((it) =>
          (it as HTMLElement & {set(raw: object): Promise<unknown>}).set({}).then(() => {}),
        );
        const {due, now, untrue} = await page.evaluate(walkThrough, nth);
        expect(due.length).toBeGreaterThan(2);
        expect(now).toEqual([...due, ...[...due].reverse()]);
        expect(untrue).toEqual([]);
        expect(await page.evaluate(calls)).toEqual([]);

        // A field is moved by hand; the figure then stays as it is while the same steps are passed.
        const stateNow = () => widget.evaluate((it) => JSON.stringify((it as HTMLElement & {state: object}).state));
        const before = await stateNow();
        await nudge(widget);
        await expect.poll(stateNow).not.toBe(before);
        const byHand = await stateNow();
        const held = await page.evaluate(walkThrough, nth);
        expect(held.now).toEqual(now);
        expect(new Set(held.states)).toEqual(new Set([byHand]));
      }
    });

test("scrolling through a chapter scrolls nothing else", async ({page}) => {
  await watchScrolling(page);
  for (const {slug} of aThird(chapters)) {
    await open(page, slug, [1440, 900]);
    await page.evaluate(async () => {
      const {moveTo} = window as unknown as {moveTo(y: number): void};
      for (let y = 0; y < document.documentElement.scrollHeight; y += 100) {
        moveTo(y);
        await new Promise((done) => requestAnimationFrame(done));
      }
    });
    expect(await page.evaluate(calls), slug).toEqual([]);
  }
});

/** Sections, figures and questions in their order. */
const places = (page: Page) =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll(".prose :is(h2[id], lora-widget[id], .quiz[id])"), ({id}) => id),
  );

test("the page has the order of its source, and so has the tab key, at every width", async ({page}) => {
  for (const {slug, elements, sections} of aThird(chapters)) {
    for (const [width, height] of isAll ? windows : [windows[0], windows[4]]) {
      await open(page, slug, [width, height]);
      const due = [
        ...elements.flatMap(({name, attributes: {figure, id}, line}) =>
          name === "Widget" && figure
            ? [{id: `figure-${figure.replace(".", "-")}`, line}]
            : name === "Quiz"
              ? [{id, line}]
              : [],
        ),
        ...sections,
      ].sort((a, b) => a.line - b.line);
      // After the text come the takeaway, the reader's own words and the works.
      expect((await places(page)).slice(0, due.length), slug).toEqual(due.map(({id}) => id));
      await page.locator("h1").focus();
      let last = await page.evaluateHandle(() => document.activeElement!);
      for (let n = 0; n < 40; n++) {
        await page.keyboard.press("Tab");
        const stop = await page.evaluateHandle(() => document.activeElement!);
        // By their places at that moment: a figure that starts meanwhile is drawn anew, and what is below it has another number.
        const isAfter = await last.evaluate(
          (before, one) => !!(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
          stop,
        );
        expect(isAfter, `${slug} at ${width}: ${await stop.evaluate((one) => one.outerHTML.slice(0, 120))}`).toBe(true);
        last = stop;
      }
    }
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

test("without scripts a figure stands beside its text, with its numbers and rows, and phrases lead to its own page", async ({
  browser,
}) => {
  const context = await browser.newContext({javaScriptEnabled: false, viewport: {width: 1440, height: 900}});
  const page = await context.newPage();
  await page.goto("/chapters/low-rank/");
  const figure = page.locator("#figure-2-3");
  for (const part of [".sentence", ".readouts", ".data summary"])
    await expect(figure.locator(part).first()).toBeVisible();
  await figure.locator(".data summary").click();
  await expect(figure.locator(".data table")).toBeVisible();
  await expect(figure).toHaveCSS("position", "sticky");
  const phrase = page.locator('a.set[data-figure="2.3"]', {hasText: "one piece"});
  await expect(phrase).toHaveAttribute("aria-current", "true");
  await phrase.click();
  await expect(page).toHaveURL(/\/widgets\/rank\/\?/);
  await context.close();
});
