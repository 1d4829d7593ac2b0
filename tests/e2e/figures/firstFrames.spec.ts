/** What the build drew stays where scripts do not run: on a phone too its letters can be read. */
import {expect} from "@playwright/test";
import {chapterSlugs} from "../../browser/chapterSlugs.ts";
import {collisions, measures} from "../../browser/drawn.ts";
import {test} from "../../browser/withoutScripts.ts";
import {aSixth} from "../../third.ts";

test.use({viewport: {width: 375, height: 812}});

/** In CSS pixels. Live pictures have 12 at least; a first frame is scaled, and its letters are corrected in steps. */
const LEAST = 11;

for (const slug of aSixth(chapterSlugs))
  test(`${slug}: without scripts no letter on a phone is smaller than ${LEAST} px`, async ({still: page}) => {
    // Some letters take a moment to their new size.
    await page.emulateMedia({reducedMotion: "reduce"});
    await page.goto(`/chapters/${slug}/`);
    const found: string[] = [];
    for (const width of [375, 320]) {
      await page.setViewportSize({width, height: 812});
      for (const figure of await page.locator("lora-widget[figure] > figure").all()) {
        const {least} = await measures(figure);
        const number = await figure.evaluate((element) => element.parentElement!.getAttribute("figure"));
        if (least && least[0] < LEAST) found.push(`${number} at ${width}: “${least[1]}” has ${least[0].toFixed(1)} px`);
      }
    }
    expect(found).toEqual([]);
  });

/** First frames that are drawn wide and on a phone moved apart, or left a word, by the style sheet. */
const moved = {
  "chapters/before-we-start/": ["forge"],
  "chapters/where-to-adapt/": ["places"],
  "chapters/adapters-prefixes-lora/": ["where", "ways", "batch"],
  "chapters/legacy/": ["family"],
};

test("without scripts no words of a first frame cover each other on a phone, and none is cut", async ({
  still: page,
}) => {
  const found: string[] = [];
  for (const [path, widgets] of Object.entries(moved)) {
    await page.goto(`/${path}`);
    for (const widget of widgets) {
      const figures = await page.locator(`lora-widget[name="${widget}"] > figure`).all();
      expect(figures.length, widget).toBeGreaterThan(0);
      for (const figure of figures) found.push(...(await collisions(figure)).map((one) => `${widget}: ${one}`));
    }
  }
  expect(found).toEqual([]);
});
