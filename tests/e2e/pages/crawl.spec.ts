import {expect, type Page, test} from "@playwright/test";
import {findings, ofColor} from "../../browser/axe.ts";
import {nameless} from "../../browser/heard.ts";
import {idling} from "../../browser/idle.ts";
import {watch} from "../../browser/watch.ts";
import {addressOf, dist, pagesOf} from "../../built/site.ts";
import {weighing} from "../../built/weight.ts";
import {aThird, isAll} from "../../third.ts";

/** Pages no link needs to lead to are tested too: those in frames, and the one for a wrong address. */
const built = pagesOf(dist).map(addressOf);

/** Pages of widgets have tests of their own; of those in frames, which are figures again, a third is looked at. */
const others = built.filter((path) => !/^\/(widgets|embed)\/./.test(path));
const frames = built.filter((path) => path.startsWith("/embed/"));

/** Brings every widget of a page near the viewport once, and lets what that loads arrive. */
async function wake(page: Page, idle: () => Promise<void>): Promise<void> {
  for (const widget of await page.locator("lora-widget").all()) await widget.scrollIntoViewIfNeeded();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await idle();
}

// axe reads whole chapters, and the last test every page.
test.describe.configure({mode: "parallel", timeout: 240_000});

/** axe looks at every chapter, and at a third of the other pages; colors in the dark on a third. /print/ is all chapters again. */
const third = aThird([...others, ...frames].filter((path) => !path.startsWith("/chapters/")));
const isLookedAt = (path: string) =>
  isAll || (path !== "/print/" && (path.startsWith("/chapters/") || third.includes(path)));
const inTheDark = aThird([...others, ...frames]).filter(isLookedAt);

for (const path of [...others, ...aThird(frames)]) {
  test(`${path} keeps to itself, is silent, has its names and no more than its weight, is accessible, and fits 320 px`, async ({
    page,
    baseURL,
  }) => {
    const trouble = await watch(page, new URL(baseURL as string).origin);
    const idle = idling(page);
    const weighed = weighing(page, path);
    await page.emulateMedia({colorScheme: "light"});
    await page.goto(path);
    await idle();
    expect.soft(await weighed.atRest()).toEqual([]);
    expect.soft(await nameless(page), "figures, tables, pictures and groups without a name").toEqual([]);
    await wake(page, idle);
    // Frames on the guides are embed pages, which are crawled by themselves.
    const framed = path.startsWith("/embedding/");
    if (isLookedAt(path)) expect.soft(await findings(page, {framed}), "axe, light").toEqual([]);
    if (inTheDark.includes(path)) {
      await page.emulateMedia({colorScheme: "dark"});
      expect.soft(await findings(page, {framed, rules: ofColor}), "axe, dark").toEqual([]);
    }
    await page.setViewportSize({width: 320, height: 640});
    expect
      .soft(await page.evaluate(() => document.documentElement.scrollWidth), "width at 320 px")
      .toBeLessThanOrEqual(320);
    expect.soft(trouble).toEqual([]);
    // The page of all chapters is for paper.
    if (path !== "/print/") expect.soft(weighed.scrolled()).toEqual([]);
  });
}
