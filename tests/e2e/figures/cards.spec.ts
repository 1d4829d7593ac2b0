/**
 * Every figure of every chapter as a card and as a dock, in every state that a phrase sets or its card's controls reach at their
 * ends, and the text around it meanwhile; every widget as a slide.
 */
import {expect, type Locator, type Page, test} from "@playwright/test";
import {chapterSlugs} from "../../browser/chapterSlugs.ts";
import {type Measures, measures} from "../../browser/drawn.ts";
import {ready, set, settled, sized} from "../../browser/figure.ts";
import {figureNames} from "../../browser/figureNames.ts";
import {blocksOfText, farthest, shiftBelow} from "../../browser/stage/texts.ts";
import {aSixth, aThird, aTwelfth, isAll} from "../../third.ts";

test.describe.configure({mode: "parallel"});

interface Room {
  width: number;
  height: number;
  /** The most of the window's height. */
  most: number;
  /** The least share of the card that the picture has; a phone's is not bounded. */
  share: number;
  /** The largest letters, px. */
  letters: number;
}

/** The first two are looked at in every run, each with some of the chapters. */
const rooms: readonly Room[] = [
  {width: 1440, height: 900, most: 0.82, share: 0.45, letters: 20},
  {width: 375, height: 812, most: 1.2, share: 0, letters: 20.2},
  {width: 1920, height: 1080, most: 0.82, share: 0.45, letters: 22.6},
  {width: 1024, height: 768, most: 1, share: 0.38, letters: 20},
  {width: 768, height: 1024, most: 0.9, share: 0.44, letters: 23.2},
];

/**
 * The state a figure opens with, and a third of those that the chapter's phrases ask of it, that each choice of its card's controls
 * makes, and that the ends of its numbers make.
 */
const statesOf = async (page: Page, number: string, figure: Locator): Promise<object[]> => {
  const phrases = page.locator(`a.set[data-figure="${number}"]`);
  const asked = await phrases.evaluateAll((all) => all.map((phrase) => (phrase as HTMLElement).dataset.params!));
  const fields = figure.locator("figure.widget > .controls .control:visible input");
  const reached = await fields.evaluateAll((all) =>
    (all as HTMLInputElement[]).flatMap(({name, type, value, min, max}) =>
      (/radio/.test(type) ? [value] : /range|number/.test(type) ? [min, max] : []).map((one) =>
        JSON.stringify({[name]: one}),
      ),
    ),
  );
  return [...new Set(["{}", ...aThird([...new Set([...asked, ...reached])])])].map(
    (params) => JSON.parse(params) as object,
  );
};

/** On a desktop nothing moves the text. On smaller windows the reader's press may move it by two thirds of what browsers call good. */
const SHIFT = 0.066;

/** Starts every figure of the page, so that none starts while another is looked at. */
async function started(page: Page): Promise<void> {
  const figures = page.locator("lora-widget[figure]");
  for (const figure of await figures.all()) await set(figure, {});
  for (const figure of await figures.all()) await settled(figure);
  await page.evaluate(() => document.fonts.ready.then(() => {}));
}

function complaints({height, share, controls, least, greatest, outside}: Measures, room: Room): string[] {
  const part = height / room.height;
  return [
    part > room.most + 0.005 ? `is ${part.toFixed(2)} of the window high, ${room.most} was due` : [],
    share < room.share - 0.005 ? `its picture has ${share.toFixed(2)} of it, ${room.share} was due` : [],
    controls.length > 2 ? `shows the controls ${controls.join(", ")}` : [],
    least && least[0] < 11 ? `“${least[1]}” has letters of ${least[0].toFixed(1)} px` : [],
    greatest && greatest[0] > room.letters + 0.1 ? `“${greatest[1]}” has letters of ${greatest[0].toFixed(1)} px` : [],
    outside.length ? `${outside.join(", ")} sticks out` : [],
  ].flat();
}

/** What a change of state did to the text of the page, where it is not to. */
type Blocks = ReturnType<typeof blocksOfText>;
async function moved(figure: Locator, before: Blocks, after: Blocks, {width, height}: Room): Promise<string[]> {
  const most = farthest(before, after);
  if (!most) return [];
  if (width >= 1440) return [`moves the text by ${most}`];
  const foot = await figure.evaluate((element) => element.getBoundingClientRect().bottom + scrollY);
  const shift = shiftBelow(before, after, foot, [width, height]);
  return shift > SHIFT ? [`shifts the text by ${shift.toFixed(3)}, ${most}`] : [];
}

async function look(figure: Locator, states: readonly object[], room: Room): Promise<string[]> {
  const found: string[] = [];
  const page = figure.page();
  let texts = await page.evaluate(blocksOfText);
  for (const state of states) {
    await set(figure, state);
    await settled(figure);
    const card = figure.locator("figure.widget");
    const said = (await card.locator(".says").textContent())!;
    const all = complaints(await measures(card), room);
    if (said.length > 140) all.push(`says ${said.length} characters`);
    const now = await page.evaluate(blocksOfText);
    all.push(...(await moved(figure, texts, now, room)));
    texts = now;
    found.push(...all.map((one) => `${JSON.stringify(state)} ${one}`));
  }
  return found;
}

// Room by room, so that every twelfth has chapters of both.
const places = rooms
  .slice(0, isAll ? undefined : 2)
  .flatMap((room) => chapterSlugs.map((slug): [string, Room] => [slug, room]));

for (const [slug, room] of aTwelfth(places))
  test(`${slug} at ${room.width} × ${room.height}`, async ({page}) => {
    await page.setViewportSize({width: room.width, height: room.height});
    await page.goto(`/chapters/${slug}/`);
    await started(page);
    const found: string[] = [];
    for (const figure of await page.locator("lora-widget[figure]").all()) {
      const number = (await figure.getAttribute("figure"))!;
      await figure.scrollIntoViewIfNeeded();
      const states = await statesOf(page, number, figure);
      for (const one of await look(figure, states, room)) found.push(`${number} ${one}`);
      if (room.width >= 960) continue;
      await sized(figure, "dock");
      const docked = await measures(figure.locator("figure.widget"));
      for (const one of complaints(docked, {...room, most: 0.45, share: 0})) found.push(`${number} docked ${one}`);
      await sized(figure, "card");
    }
    expect(found).toEqual([]);
  });

/** The least share of a slide that its picture has. */
const SLIDE = 0.31;

/** States in which a picture asks for more height than a slide has. */
const tallSlides = [
  ...["product/?d=12&", "product/?k=1&", "forward/?d=8&", "forward/?r=4&"],
  ...["lab/?task=own&", "lab/?r=64&", "lab/?examples=0&"],
];

const slides = [...figureNames.map((name) => `${name}/?`), ...tallSlides];

test("figures as slides fill the window and no more, and their letters can be read from the back", async ({page}) => {
  const widget = page.locator("lora-widget");
  const over = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  for (const name of aSixth(slides))
    for (const [width, height] of [
      [960, 600],
      [1280, 720],
    ] as const)
      await test.step(`${name} at ${width} × ${height}`, async () => {
        await page.setViewportSize({width, height});
        if (width === 960) {
          await page.goto(`/embed/${name}layout=slide`);
          await ready(widget);
        }
        await settled(widget);
        const figure = widget.locator("figure.widget");
        await expect(figure).toHaveAttribute("data-size", "slide");
        // Stored runs come after the first frame, which was drawn for a card.
        await expect.poll(over).toBe(0);
        const {least, controls, outside, share, ...card} = await measures(figure);
        expect.soft({outside, controls: controls.length <= 1}).toEqual({outside: [], controls: true});
        expect.soft(least![0], least![1]).toBeGreaterThanOrEqual(15.5);
        expect.soft((share * card.width * card.height) / (width * height)).toBeGreaterThanOrEqual(SLIDE);
      });

  await page.setViewportSize({width: 960, height: 600});
  await page.goto("/embed/cost/?layout=slide&model=none");
  await ready(widget);
  await expect(widget.locator(".notice")).toBeVisible();
  await expect.poll(over, "with a note").toBe(0);
});
