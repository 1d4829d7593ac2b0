/** A third of the pages, each loaded once and asked all that a page is asked. */
import {expect, type Page, test} from "@playwright/test";
import {findingsInBothThemes} from "../../browser/axe.ts";
import {set} from "../../browser/figure.ts";
import {nameless} from "../../browser/heard.ts";
import {idling} from "../../browser/idle.ts";
import {tooSmall} from "../../browser/letters.ts";
import {lineStarts} from "../../browser/lineStarts.ts";
import {largeLetters, moreSpace, movedSideways} from "../../browser/ownSheet.ts";
import {expectToFit, unfold} from "../../browser/page.ts";
import {watch} from "../../browser/trouble.ts";
import {addressOf, dist, pagesOf} from "../../built/site.ts";
import {weighing} from "../../built/weight.ts";
import {aSixth, aThird, aTwelfth, isAll} from "../../third.ts";

/** Pages no link needs to lead to are tested too: those in frames, and the one for a wrong address. */
const built = pagesOf(dist).map(addressOf);
const chapters = built.filter((path) => path.startsWith("/chapters/"));

/** Pages of widgets have tests of their own; those in frames are figures again, in one layout. */
const others = built.filter((path) => !/^\/(chapters|widgets|embed)\/./.test(path));
const all = [...chapters, ...others];
const frames = aTwelfth(built.filter((path) => path.startsWith("/embed/")));
/** The pages of this run: a third of them. */
const asked = [...aThird(all), ...frames];

/** Half of these are looked at by axe, in both themes, and read at every width; of chapters, that half wakes its figures. */
const half = aSixth(all);
/** /print/ is all chapters again. */
const looked = [...half, ...frames].filter((path) => isAll || path !== "/print/");
const guides = ["/embedding/", "/embedding/developers/", "/engine/", "/paper/"];
const read = half.filter((path) => chapters.includes(path) || guides.includes(path));

const spaced = aTwelfth(all).filter((path) => chapters.includes(path));
const single = ["", "paper/", "lab/", "glossary/", "engine/", "about/", "teach/", "embedding/developers/", "widgets/"];
const enlarged = half.filter((path) => chapters.includes(path) || single.includes(path.slice(1)));

/** Pages that a test loads one after another, as a new context costs as much as a short page. */
const TOGETHER = 7;
/** The browser counts a page's fonts again for the next page with its sheet, and /print/ has nearly all fonts. */
const isAlone = (path: string) => chapters.includes(path) || path === "/print/";
const short = asked.filter((path) => !isAlone(path));
const groups = [
  ...asked.filter(isAlone).map((path) => [path]),
  ...Array.from({length: Math.ceil(short.length / TOGETHER)}, (_, i) => short.slice(i * TOGETHER, (i + 1) * TOGETHER)),
];

/** Brings every widget of a page near the viewport once, and lets what that loads arrive. */
async function wake(page: Page, idle: () => Promise<void>): Promise<void> {
  for (const widget of await page.locator("lora-widget").all()) await widget.scrollIntoViewIfNeeded();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await idle();
}

/** Opens what is folded, and draws every figure for its room. Until a figure starts, it is the build's drawing, scaled. */
async function drawAll(page: Page): Promise<void> {
  await unfold(page.locator("details"));
  for (const widget of await page.locator("lora-widget").all()) await set(widget, {});
  await page.evaluate(() => document.fonts.ready.then(() => {}));
}

/** Marks of a legend whose line has another color than the curve with the same classes in its picture. Runs on the page. */
function unlikeCurves(): string[] {
  const classes = (node: Element) =>
    [...node.classList]
      .filter((name) => name !== "drawn")
      .sort()
      .join(" ");
  const look = (node: Element) => getComputedStyle(node).stroke;
  return [...document.querySelectorAll(".picture .key .drawn.line")].flatMap((sample) => {
    const curves = [...sample.closest(".picture")!.querySelectorAll(".chart .line")];
    const curve = curves.find((line) => classes(line) === classes(sample));
    return curve && look(curve) !== look(sample)
      ? [`${classes(sample)}: ${look(sample)}, its curve ${look(curve)}`]
      : [];
  });
}

/** Letters large enough at every width, legends like their curves, and lines that end where they may. */
async function readAt(page: Page, path: string) {
  await drawAll(page);
  for (const width of isAll ? [320, 375, 700, 768, 1440] : [320, 700, 1440]) {
    await page.setViewportSize({width, height: 900});
    const soon = {message: `at ${width} px`};
    if (read.includes(path)) await expect.soft.poll(() => page.locator("body").evaluate(tooSmall), soon).toEqual([]);
    if (spaced.includes(path) && width <= 700)
      await expect.soft.poll(() => page.evaluate(lineStarts, "main"), soon).toEqual([]);
  }
  expect.soft(await page.evaluate(unlikeCurves), "legends").toEqual([]);
}

/** Asks a page all there is to ask; `trouble` is what it does meanwhile that it must not. */
async function askPage(page: Page, path: string, idle: () => Promise<void>, trouble: readonly string[]) {
  const weighed = weighing(page, path);
  // On the page before, another width may ask for pictures, which are then given up.
  await page.goto("about:blank");
  await page.setViewportSize({width: 1280, height: 720});
  await page.emulateMedia({colorScheme: "light", reducedMotion: "no-preference"});
  await page.goto(path);
  await idle();
  expect.soft(await weighed.atRest()).toEqual([]);
  expect.soft(await nameless(page), "figures, tables, pictures and groups without a name").toEqual([]);
  if (!chapters.includes(path) || half.includes(path)) await wake(page, idle);
  if (looked.includes(path)) {
    // Frames on the guides are embed pages, which are crawled by themselves.
    const framed = path.startsWith("/embedding/");
    expect.soft(await findingsInBothThemes(page, {framed}), "axe").toEqual([]);
  }
  await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
  await expectToFit(page, 320);
  // The page of all chapters is for paper.
  if (path !== "/print/") expect.soft(weighed.scrolled()).toEqual([]);
  if (read.includes(path) || spaced.includes(path)) await readAt(page, path);
  // Under a reader's own sheet a page is looked at as it begins.
  if (spaced.includes(path) || enlarged.includes(path)) await page.goto(path);
  if (spaced.includes(path)) expect.soft(await movedSideways(page, moreSpace, [1200, 900, 600, 320])).toEqual([]);
  if (enlarged.includes(path)) expect.soft(await movedSideways(page, largeLetters, [1280, 640])).toEqual([]);
  expect.soft(trouble).toEqual([]);
}

// axe reads whole chapters.
test.describe.configure({mode: "parallel", timeout: 240_000});

for (const group of groups)
  test(`${group.join(" ")}: silent, light, accessible, and to be read at every width`, async ({page, baseURL}) => {
    const trouble = await watch(page, new URL(baseURL as string).origin);
    const idle = idling(page);
    for (const path of group) await test.step(path, () => askPage(page, path, idle, trouble));
  });
