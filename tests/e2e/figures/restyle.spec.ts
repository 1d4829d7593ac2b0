/**
 * What a figure writes is styled anew, and not the page around it. A rule with `:has()` whose last part is a bare `*`, `span` or
 * `:not()` makes a browser look at every element of the page whenever any word of it changes: 5,900 of them in chapter 3, 25 ms.
 */
import {expect, test} from "@playwright/test";
import {chapterSlugs} from "../../browser/chapterSlugs.ts";
import {aSixth} from "../../third.ts";

/** Elements that may be styled anew for one word. Chapters have between 3,000 and 10,000. */
const MOST = 700;

/** What of Chromium's trace is read here. */
interface Traced {
  name: string;
  args?: {elementCount?: number};
}

for (const slug of new Set(["the-mechanism", ...aSixth(chapterSlugs)]))
  test(`/${slug}/ has few elements styled anew when a word changes`, async ({page, browser}) => {
    await page.goto(`/chapters/${slug}/`);
    const all = await page.evaluate(() => document.body.querySelectorAll("*").length);
    await browser.startTracing(page, {categories: ["devtools.timeline"]});
    await page.evaluate(async () => {
      for (const at of ["h1", ".says", "main p"])
        for (let n = 0; n < 3; n++) {
          const words = document.querySelector(at);
          if (words) words.textContent = `Number ${n}`;
          document.body.getBoundingClientRect();
          await new Promise(requestAnimationFrame);
        }
    });
    const {traceEvents}: {traceEvents: Traced[]} = JSON.parse(String(await browser.stopTracing()));
    const counts = traceEvents.flatMap(({name, args}) =>
      name === "UpdateLayoutTree" && args?.elementCount !== undefined ? [args.elementCount] : [],
    );
    expect(counts.length).toBeGreaterThanOrEqual(6);
    // The first times may belong to what was still arriving.
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)]!;
    expect(usual, `of ${all}`).toBeLessThanOrEqual(MOST);
  });
