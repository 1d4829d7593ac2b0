/** Links that are opened, and dragging. */
import {readFileSync} from "node:fs";
import {expect, test} from "@playwright/test";
import {parseHTML} from "linkedom";
import {awake, shown, stateOf} from "../../browser/figure.ts";
import {moves} from "../../browser/moves.ts";
import {aThird, ofThree, oneOf} from "../../third.ts";

test.describe.configure({mode: "parallel"});

/** The sentence of a widget's page before any script runs. */
function builtSentence(name: string): string {
  const html = readFileSync(new URL(`../../../dist/widgets/${name}/index.html`, import.meta.url), "utf8");
  return parseHTML(html).document.querySelector("lora-widget .sentence")!.textContent!;
}

/** Keys that take back what an arrow did. */
const back: Readonly<Record<string, string>> = {
  ArrowUp: "ArrowDown",
  ArrowRight: "ArrowLeft",
  ArrowLeft: "ArrowRight",
};

// That a state gives its link and the link the state is asked of every widget without a browser.
for (const name of oneOf(ofThree(Object.keys(moves)))) {
  const move = moves[name]!;
  const path = `/widgets/${name}/`;

  test(`${name}: a link gives the state it names, and that state gives the link`, async ({page}) => {
    const widget = await awake(page, `${path}${move.link}`);
    // Until the link is followed, the sentence is the one the page was built with.
    await expect(widget.locator(".sentence")).not.toHaveText(builtSentence(name));
    const state = await stateOf(widget);
    for (const [key, value] of new URLSearchParams(move.link)) expect(String(state[key]), key).toBe(value);
    const there = await shown(widget);
    if (move.linked) await expect(widget.locator(".notice")).toHaveText(move.linked);
    else await expect(widget.locator(".notice")).toBeHidden();
    await page.locator(move.field).focus();
    await page.keyboard.press(move.key);
    await page.keyboard.press(back[move.key]!);
    await page.waitForTimeout(700);
    const again = await awake(page, page.url());
    await expect(again.locator(".sentence")).toHaveText(there.sentence!);
    expect(await shown(again)).toEqual(there);
  });
}

/** The slider of each widget that has one in sight. */
for (const [name, field] of aThird([
  ["rank", "input[name=r]"],
  ["product", "input[name=row]"],
  ["init", "input[name=step]"],
  ["fold", "input[name=swaps]"],
  ["predict", "input[name=count]"],
  ["forward", "input[name=steps]"],
] as const)) {
  test(`${name}: a slider dragged by the pointer moves sentence, picture and table`, async ({page}) => {
    const widget = await awake(page, `/widgets/${name}/`);
    const before = await shown(widget);
    const track = page.locator(field);
    await track.scrollIntoViewIfNeeded();
    const box = (await track.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
    await page.mouse.down();
    const seen = new Set<string>();
    for (let n = 2; n <= 8; n++) {
      await page.mouse.move(box.x + (box.width * n) / 10, box.y + box.height / 2);
      seen.add((await widget.locator(".sentence").textContent())!);
    }
    await page.mouse.up();
    expect(seen.size).toBeGreaterThanOrEqual(4);
    const after = await shown(widget);
    for (const part of ["sentence", "picture", "table"] as const)
      if (name === "rank" || part !== "table") expect(after[part], part).not.toBe(before[part]);
  });
}

test("the knob in a chart is dragged like a slider", async ({page}) => {
  for (const [name, moved, knob] of [
    ["rank", "r", ".chart.wide .mark-knob .field"],
    ["savings", "r", ".chart.wide .mark-knob .field"],
    ["init", "step", ".race .chart.wide .mark-knob .field"],
  ] as const) {
    const widget = await awake(page, `/widgets/${name}/`);
    const before = await stateOf(widget);
    const field = widget.locator(knob);
    await field.scrollIntoViewIfNeeded();
    const box = (await field.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, {steps: 4});
    await page.keyboard.press("Escape");
    expect((await stateOf(widget))[moved], "given up").toBe(before[moved]);
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
    await page.mouse.up();
    expect((await stateOf(widget))[moved]).toBe(before[moved]);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, {steps: 4});
    await page.mouse.up();
    expect((await stateOf(widget))[moved]).toBeGreaterThan(Number(before[moved]));
  }
});

test("a finger that moves up over a chart scrolls past it, and the knob goes back to where it was", async ({
  browser,
}) => {
  const context = await browser.newContext({hasTouch: true, isMobile: true, viewport: {width: 375, height: 700}});
  const page = await context.newPage();
  const widget = await awake(page, "/widgets/savings/");
  const before = await stateOf(widget);
  const field = widget.locator(".chart.narrow .mark-knob .field");
  await field.scrollIntoViewIfNeeded();
  const box = (await field.boundingBox())!;
  const [x, y] = [box.x + box.width * 0.8, box.y + box.height * 0.7];
  const top = await page.evaluate(() => scrollY);
  const fingers = await context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", up = 0) =>
    fingers.send("Input.dispatchTouchEvent", {type, touchPoints: type === "touchEnd" ? [] : [{x, y: y - up}]});
  await touch("touchStart");
  expect((await stateOf(widget)).r, "a press anywhere jumps there").toBeGreaterThan(Number(before.r));
  for (let up = 10; up <= 120; up += 10) await touch("touchMove", up);
  await touch("touchEnd");
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(top + 50);
  expect((await stateOf(widget)).r).toBe(before.r);
  await context.close();
});
