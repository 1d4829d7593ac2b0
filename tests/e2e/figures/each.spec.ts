/** Every widget, loaded once: reached and moved by keys, set from outside and reset, seen, read, and on a phone. A twelfth at a time. */
import {expect, type Locator, type Page, test} from "@playwright/test";
import {findingsInBothThemes} from "../../browser/axe.ts";
import {shareDrawn} from "../../browser/drawn.ts";
import {awake, set, settled, shown, stateOf} from "../../browser/figure.ts";
import {figureNames} from "../../browser/figureNames.ts";
import {nameless, partedImages} from "../../browser/heard.ts";
import {tooSmall} from "../../browser/letters.ts";
import {nudge} from "../../browser/nudge.ts";
import {largeLetters, movedSideways} from "../../browser/ownSheet.ts";
import {expectToFit, unfold} from "../../browser/page.ts";
import {watch} from "../../browser/trouble.ts";
import {aTwelfth} from "../../third.ts";

test.describe.configure({mode: "parallel"});

/** What is pressed where the first number alone changes no picture or no sentence. */
const pressed: Readonly<Record<string, readonly [field: string, key: string]>> = {
  batch: ["input[name=slips]:checked", "ArrowRight"],
  cut: ["input[name=r]", "ArrowUp"],
  lab: ["input[name=task]:checked", "ArrowRight"],
  listener: ["input[name=view]:checked", "ArrowRight"],
  merge: ["input[name=merged]:checked", "ArrowRight"],
  places: ["input[name=letter]", "Home"],
  ways: ["input[name=step]", "Home"],
};
/** Figures whose tables hold every choice, whatever is chosen. */
const wholeTables = ["where", "cut", "learning", "strength", "objective", "places", "threads"];
/** The lab says first beside its column what was moved, and has shapes once something is set going. */
const lab = {answers: ".side.before .note", begin: "[data-do=play]", box: ".loss-curve"};

/** A state far from the one that a figure shows: each number at the farther end of its track, each choice at another value. */
const farState = (widget: Locator): Promise<Record<string, string>> =>
  widget.evaluate((element) => {
    const fields = (element.shadowRoot ?? element).querySelectorAll<HTMLInputElement>(
      ":is(.controls, .clock) input:not([type=hidden])",
    );
    const far: Record<string, string> = {};
    for (const {name, type, value, min, max, checked} of fields) {
      if (type !== "radio") far[name] = Number(value) - Number(min) > Number(max) - Number(value) ? min : max;
      else if (!checked) far[name] = value;
    }
    return far;
  });

/** Presses Tab from the page's title until the figure is behind: the names of the fields and of the tools it stops at. */
async function tour(page: Page): Promise<{fields: string[]; tools: string[]}> {
  await page.locator("h1").click();
  const fields = new Set<string>();
  const tools: string[] = [];
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const isInside = !!element?.closest("lora-widget");
      return {name: element?.getAttribute("name") ?? "", isInside, tool: element?.dataset.do ?? ""};
    });
    if (fields.size && !at.isInside) return {fields: [...fields].sort(), tools};
    if (at.name) fields.add(at.name);
    if (at.tool) tools.push(at.tool);
  }
  throw new Error("60 Tabs do not lead out of the figure");
}

async function reach(page: Page, widget: Locator) {
  await unfold(widget.locator(".controls details.more"));
  const due = await widget
    .locator(".control")
    .evaluateAll((all) => (all as HTMLElement[]).flatMap(({hidden, dataset}) => (hidden ? [] : (dataset.name ?? ""))));
  expect(due.length).toBeGreaterThan(0);
  const {fields, tools} = await tour(page);
  expect(fields).toEqual(due.sort());
  expect(tools).toEqual([...((await widget.locator(".time:visible").count()) ? ["play"] : []), "reset"]);
}

async function press(widget: Locator, name: string) {
  const before = {...(await shown(widget)), state: await stateOf(widget)};
  const answer = widget.locator(name === "lab" ? lab.answers : ".sentence");
  const said = (await answer.textContent())!;
  const [field, key] = pressed[name] ?? [];
  await (field ? widget.locator(field).press(key!) : nudge(widget));
  // What runs in a worker answers a moment later.
  await expect(answer).not.toHaveText(said);
  await settled(widget);
  expect(await stateOf(widget)).not.toEqual(before.state);
  expect((await shown(widget)).picture).not.toBe(before.picture);
}

/** What comes half a second after the reader has settled is looked for more often than Playwright would. */
const soon = {intervals: [50]};

/** A change reaches sentence, picture, table and address; Reset takes all back. */
async function setAndReset(
  page: Page,
  widget: Locator,
  name: string,
  first: Awaited<ReturnType<typeof shown>>,
  far: Record<string, string>,
) {
  await set(widget, far);
  await settled(widget);
  const second = await shown(widget);
  expect(second.sentence).not.toBe(first.sentence);
  expect(second.picture).not.toBe(first.picture);
  expect(second.table === first.table, "the table is the same").toBe(wholeTables.includes(name));
  await expect.poll(() => new URL(page.url()).search, soon).not.toBe("");
  await widget.locator("[data-do=reset]").click();
  await expect(widget.locator(".sentence")).toHaveText(first.sentence!);
  await expect.poll(() => shown(widget)).toEqual(first);
  await expect.poll(() => new URL(page.url()).search, soon).toBe("");
}

/** Its shapes are seen, and in forced colors as well. */
async function seeShapes(page: Page, widget: Locator, name: string) {
  if (name === "lab") {
    await widget.locator(lab.begin).click();
    await settled(widget);
  }
  const picture = widget.locator(name === "lab" ? lab.box : ".picture");
  const usual = await shareDrawn(picture);
  expect(usual).toBeGreaterThan(0.003);
  await page.emulateMedia({forcedColors: "active"});
  await expect.poll(() => shareDrawn(picture)).toBeGreaterThan(0.95 * usual);
  await page.emulateMedia({forcedColors: "none"});
}

/** With everything open, and a note shown. */
async function read(page: Page, widget: Locator) {
  await widget.evaluate((element) => {
    const field = element.querySelector<HTMLInputElement>(".controls input:not([type=hidden])")!;
    Object.assign(element, {state: {[field.name]: "abc"}});
  });
  await expect(widget.locator(".notice")).toBeVisible();
  await unfold(page.locator("details"));
  await expect(widget.locator(".data table")).toBeVisible();
  await expect.poll(() => partedImages(page), "each image is read as one").toEqual([]);
  expect(await nameless(page), "figures, tables, pictures and groups without a name").toEqual([]);
  expect(await findingsInBothThemes(page), "axe").toEqual([]);
}

/** What is to be pressed in a figure and is under 24 px. Runs on the page. */
function tight(figure: Element): string[] {
  const targets = figure.querySelectorAll<HTMLElement>("button, input:not([type=hidden]), summary, textarea, a");
  return [...targets].flatMap((node) => {
    if (!node.checkVisibility()) return [];
    const {width, height} = (node.matches("[type=radio]") ? node.closest("label")! : node).getBoundingClientRect();
    const name = node.getAttribute("name") ?? node.textContent;
    return Math.min(width, height) < 24 ? [`${node.localName} ${name} ${width} × ${height}`] : [];
  });
}

for (const name of aTwelfth(figureNames)) {
  test(`${name} answers keys and hosts, is seen in forced colors, passes axe, and fits a phone`, async ({
    page,
    baseURL,
  }) => {
    const trouble = await watch(page, new URL(baseURL!).origin);
    await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
    const widget = await awake(page, `/widgets/${name}/`);
    // Drawn for its width, as it will be after Reset.
    await expect(widget.locator(".picture[data-plots]:not([data-frame])")).toHaveCount(0);
    const [first, far] = [await shown(widget), await farState(widget)];
    await test.step("every control is reached, and the page goes on", () => reach(page, widget));
    await test.step("one is changed, and sentence and picture follow", () => press(widget, name));
    await test.step("all are set from outside, and reset", () => setAndReset(page, widget, name, first, far));
    await test.step("its shapes are seen", () => seeShapes(page, widget, name));
    await test.step("everything can be read", () => read(page, widget));
    await test.step("nothing is cut, tiny or tight at 320 px", async () => {
      await expectToFit(page, 320);
      // A picture is drawn for its new width a moment later.
      await expect.poll(() => widget.evaluate(tooSmall)).toEqual([]);
      await expect.poll(() => widget.evaluate(tight)).toEqual([]);
    });
    expect(trouble).toEqual([]);
    await test.step("letters twice as large move nothing sideways", async () => {
      expect(await movedSideways(page, largeLetters, [1280, 640])).toEqual([]);
    });
  });
}
