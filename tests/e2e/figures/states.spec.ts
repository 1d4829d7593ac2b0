/** Dragging: sliders and knobs, and a finger that means the page. */
import {expect, test} from "@playwright/test";
import {awake, shown, stateOf} from "../../browser/figure.ts";
import {aThird} from "../../third.ts";

test.describe.configure({mode: "parallel"});

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
