/** Nothing on a page moves while it loads. */
import {expect, test} from "@playwright/test";
import {aSixth} from "../../third.ts";

test.describe.configure({mode: "parallel"});

const paths = [
  "",
  "chapters/the-mechanism",
  "chapters/results",
  "embedding",
  "embedding/developers",
  "paper",
  "about",
  "glossary",
];
// Width by width, so that every sixth has narrow windows and wide ones.
const cases = [320, 390, 768, 1440].flatMap((width) => paths.map((path): [string, number] => [path, width]));

for (const [path, width] of aSixth(cases))
  test(`/${path} keeps its place while it loads, at ${width} px`, async ({page}) => {
    await page.setViewportSize({width, height: 700});
    await page.addInitScript(() => {
      const shifts: [number, string][] = [];
      Object.assign(window, {shifts});
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {value: number; sources: {node?: Node}[]})[]) {
          const moved = entry.sources.map(({node}) => node?.textContent?.trim().slice(0, 30) ?? "");
          shifts.push([entry.value, moved.join(" | ")]);
        }
      }).observe({type: "layout-shift", buffered: true});
    });
    // On a slow network the faces of the text come when it is there already. Those of formulas and of italics are exchanged when
    // they come, since a page cannot do without them, and may break a line anew: here they are not late.
    await page.route("**/*.woff2", async (route) => {
      if (!/KaTeX_|italic/.test(route.request().url())) await new Promise((done) => setTimeout(done, 400));
      await route.continue();
    });
    await page.goto(`/${path}${path && "/"}`);
    await page.evaluate(async () => {
      await document.fonts.ready;
      for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
    });
    const shifts = await page.evaluate(() => (window as unknown as {shifts: [number, string][]}).shifts);
    expect(
      shifts.reduce((sum, [size]) => sum + size, 0),
      JSON.stringify(shifts),
    ).toBeLessThan(0.01);
  });
