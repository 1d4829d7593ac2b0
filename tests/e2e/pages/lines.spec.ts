/** Where lines end in the text: never between a formula and what stands at it. */
import {expect, test} from "@playwright/test";
import {renderMath} from "../../../src/markup/math.ts";
import {lineStarts} from "../../browser/lineStarts.ts";
import {namesIn} from "../../built/site.ts";
import {aThird} from "../../third.ts";

test("a mark that begins a line is seen, and so is one that is left behind", async ({page}) => {
  const formula = renderMath("k");
  const box = "<style>p {width: 3em; font: 16px serif} .katex-base, b {display: inline-block; width: 2.9em}</style>";
  const found = async (html: string) => {
    await page.setContent(`${box}<main>${html}</main>`);
    return (await page.evaluate(lineStarts, "main")).map((one) => one.slice(0, 3));
  };
  expect(await found(`<p>${formula}, so</p>`)).toEqual(["▢|,"]);
  expect(await found(`<p>(${formula}</p>`)).toEqual(["(|▢"]);
  expect(await found(`<p>${formula}<em>th</em></p>`)).toEqual(["▢|t"]);
  expect(await found(`<p><i><b>x</b></i>.</p>`)).toEqual(["▢|."]);
  expect(await found(`<p style="white-space: nowrap">(${formula}),</p>`)).toEqual([]);
  expect(await found(`<p>or ${formula} so</p><p>? <code>a.b.c.d.e.f.g.h.i</code></p>`)).toEqual([]);
});

test("no line of a chapter begins with a comma, or ends with a bracket that opens", async ({browser}) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({reducedMotion: "reduce"});
  const page = await context.newPage();
  for (const chapter of aThird(namesIn("chapters"))) {
    await page.goto(`/chapters/${chapter}/`);
    await page.evaluate(async () => {
      for (const details of document.querySelectorAll("details")) details.open = true;
      await document.fonts.ready;
    });
    for (const width of [320, 700]) {
      await page.setViewportSize({width, height: 800});
      await expect.poll(() => page.evaluate(lineStarts, "main"), `${chapter} at ${width}`).toEqual([]);
    }
  }
  await context.close();
});
