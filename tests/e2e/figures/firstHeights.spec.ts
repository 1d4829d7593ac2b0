/** Nothing below a figure moves when its scripts come: its first frame takes the room that it takes once it is live. */
import {expect, type Page, test} from "@playwright/test";
import {chapterSlugs} from "../../browser/chapterSlugs.ts";
import {ready, settled} from "../../browser/figure.ts";
import {figureNames} from "../../browser/figureNames.ts";
import {held} from "../../browser/held.ts";
import {aTwelfth, isAll} from "../../third.ts";

test.describe.configure({mode: "parallel"});

/** The phone is looked at in every run. */
const windows: readonly (readonly [width: number, height: number])[] = [
  [375, 812],
  [320, 700],
  [1024, 768],
  [1440, 900],
];

/** In CSS pixels. Nobody sees a fraction of one. */
const AT_MOST = 0.9;

/** The name of every figure, in a chapter with its number, and its height. */
const heights = (page: Page) =>
  page
    .locator("lora-widget")
    .evaluateAll((all) =>
      all.map((one): [string, number] => [
        `${one.getAttribute("name")} ${one.getAttribute("figure") ?? ""}`,
        one.querySelector(".widget")!.getBoundingClientRect().height,
      ]),
    );

/** Opens a page whose scripts do not come before the function it gives is called. */
async function heldBack(page: Page, path: string): Promise<() => void> {
  const send = await held(page, "**/*.js");
  await page.goto(path, {waitUntil: "commit"});
  await page.waitForFunction(() => document.readyState !== "loading" && document.body.offsetHeight > 0);
  // A look at heights does not wait for sheets that are still on their way.
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")].every(({sheet}) => sheet),
  );
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  return send;
}

/** On a phone whole figures, which are narrower there than their first frames were drawn for; one in a state of its own. */
const whole = [...aTwelfth(figureNames.map((name) => `widgets/${name}`)), "widgets/results/clearly-better"];

const cases = [
  ...aTwelfth(chapterSlugs).flatMap((slug) =>
    (isAll ? windows : windows.slice(0, 1)).map((window) => [`chapters/${slug}`, window] as const),
  ),
  ...whole.map((path) => [path, windows[1]!] as const),
];

for (const [path, [width, height]] of cases)
  test(`${path} at ${width} × ${height}: a figure is as high live as before its scripts came`, async ({page}) => {
    await page.setViewportSize({width, height});
    const send = await heldBack(page, `/${path}/`);
    // The sheet's own font may come after the first layout.
    let before = await heights(page);
    await expect(async () => {
      const last = before;
      before = await heights(page);
      expect(before).toEqual(last);
    }).toPass({intervals: [200]});
    expect(await page.evaluate(() => customElements.get("lora-widget") === undefined)).toBe(true);
    send();
    await page.waitForFunction(() => customElements.get("lora-widget"));
    const found: string[] = [];
    const figures = await page.locator("lora-widget").all();
    for (const [i, figure] of figures.entries()) {
      await figure.scrollIntoViewIfNeeded();
      await ready(figure);
      await settled(figure);
      const [name, first] = before[i]!;
      const live = (await heights(page))[i]![1];
      if (Math.abs(live - first) > AT_MOST) found.push(`${name}: ${first.toFixed(1)}, then ${live.toFixed(1)}`);
    }
    expect(before.length).toBe(figures.length);
    expect(found).toEqual([]);
  });
