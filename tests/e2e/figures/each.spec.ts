/** Every widget, once: it starts, is reached and moved by keys alone, has names, passes axe, and fits a phone. */
import {readdirSync} from "node:fs";
import {expect, type Locator, type Page, test} from "@playwright/test";
import {findings, ofColor} from "../../browser/axe.ts";
import {awake, settled, shown, stateOf} from "../../browser/figure.ts";
import {nameless, partedImages} from "../../browser/heard.ts";
import {tooSmall} from "../../browser/letters.ts";
import {type Move, moves} from "../../browser/moves.ts";
import {watch} from "../../browser/watch.ts";

test.describe.configure({mode: "parallel"});

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

const open = (details: Locator) =>
  details.evaluateAll((all) => {
    for (const one of all as HTMLDetailsElement[]) one.open = true;
  });

/** The fields of a figure: three at least. The picture of where is buttons itself, and has one field beside them. */
const fewest = (name: string) => (name === "where" ? 1 : 3);

async function reach(page: Page, widget: Locator, least: number) {
  await open(widget.locator(".controls details.more"));
  const due = await widget
    .locator(".control")
    .evaluateAll((all) => (all as HTMLElement[]).flatMap(({hidden, dataset}) => (hidden ? [] : (dataset.name ?? ""))));
  expect(due.length).toBeGreaterThanOrEqual(least);
  const {fields, tools} = await tour(page);
  expect(fields).toEqual(due.sort());
  expect(tools).toEqual([...((await widget.locator(".time:visible").count()) ? ["play"] : []), "reset"]);
}

async function press(page: Page, widget: Locator, {field, key, name, answers = ".sentence"}: Move) {
  const before = {...(await shown(widget)), state: await stateOf(widget)};
  const answer = widget.locator(answers);
  const said = (await answer.textContent())!;
  await page.locator(field).focus();
  await page.keyboard.press(key);
  // What runs in a worker answers a moment later.
  await expect(answer).not.toHaveText(said);
  await settled(widget);
  const after = {...(await shown(widget)), state: await stateOf(widget)};
  expect(after.state[name]).not.toBe(before.state[name]);
  expect(await answer.textContent()).not.toBe(said);
  expect(after.picture).not.toBe(before.picture);
}

/** With everything open, and a note shown. */
async function read(page: Page, widget: Locator) {
  await widget.evaluate((element) => {
    const field = element.querySelector<HTMLInputElement>(".controls input:not([type=hidden])")!;
    Object.assign(element, {state: {[field.name]: "abc"}});
  });
  await expect(widget.locator(".notice")).toBeVisible();
  await open(page.locator("details"));
  await expect(widget.locator(".data table")).toBeVisible();
  await expect.poll(() => partedImages(page), "each image is read as one").toEqual([]);
  expect(await nameless(page), "figures, tables, pictures and groups without a name").toEqual([]);
  expect(await findings(page), "axe, light").toEqual([]);
  await page.emulateMedia({colorScheme: "dark"});
  expect(await findings(page, {rules: ofColor}), "axe, dark").toEqual([]);
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

for (const [name, move] of Object.entries(moves)) {
  test(`${name} is reached and moved by keys, has its names, passes axe, and fits a phone`, async ({page, baseURL}) => {
    const trouble = await watch(page, new URL(baseURL!).origin);
    await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
    const widget = await awake(page, `/widgets/${name}/`);
    await test.step("every control is reached, and the page goes on", () => reach(page, widget, fewest(name)));
    await test.step("one is changed, and sentence and picture follow", () => press(page, widget, move));
    await test.step("everything can be read", () => read(page, widget));
    await test.step("nothing is cut, tiny or tight at 320 px", async () => {
      await page.setViewportSize({width: 320, height: 800});
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      // A picture is drawn for its new width a moment later.
      await expect.poll(() => widget.evaluate(tooSmall)).toEqual([]);
      await expect.poll(() => widget.evaluate(tight)).toEqual([]);
    });
    expect(trouble).toEqual([]);
  });
}

test("every widget with a page is tested here", () => {
  const pages = readdirSync(new URL("../../../dist/widgets", import.meta.url), {withFileTypes: true});
  const names = pages.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(names.sort()).toEqual(Object.keys(moves).sort());
});
