/** Dragging: sliders and knobs, and a finger that means the page. */
import {expect, type Locator, test} from "@playwright/test";
import {awake, drag, expectState, shown, stateOf} from "../../browser/figure.ts";
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

test("the knob in a chart is dragged like a slider, and Escape takes a drag back", async ({page}) => {
  for (const [name, moved, knob] of [
    ["rank", "r", ".chart.wide .mark-knob .field"],
    ["savings", "r", ".chart.wide .mark-knob .field"],
    ["init", "step", ".race .chart.wide .mark-knob .field"],
  ] as const) {
    const widget = await awake(page, `/widgets/${name}/`);
    const {[moved]: before} = await stateOf(widget);
    const value = async () => (await stateOf(widget))[moved];
    const field = widget.locator(knob);
    const across = (held?: () => Promise<void>) =>
      drag(field, ({width}) => [0.4 * width, 0], {
        from: ({width, height}) => [0.3 * width, height / 2],
        ...(held && {held}),
      });
    await across(async () => {
      await page.keyboard.press("Escape");
      await expect.poll(value, "given up").toBe(before);
      await field.hover();
    });
    expect(await value()).toBe(before);
    await across();
    await expect.poll(value).toBeGreaterThan(Number(before));
  }
});

/** Handles of figures of their own kind: where they are dragged, and what says that the figure has followed. */
const handles: readonly (readonly [
  path: string,
  handle: string,
  way: Parameters<typeof drag>[1],
  follows: (widget: Locator) => Promise<void>,
])[] = [
  [
    "amplify/?norms=paper",
    ".chart.wide .faders .field",
    ({height}) => [0, height / 2 - 1],
    async (widget) => {
      expect((await stateOf(widget)).strength).toBe(0);
      await expect(widget.locator(".chart.wide .faders[data-tone=dw] .norm")).toHaveText("0.32");
      await widget.locator("input[name=strength]").first().press("End");
      await expectState(widget, {strength: 100});
    },
  ],
  [
    "cut/",
    ".doubt .mark-knob path.handle:visible",
    [200, 40],
    async (widget) => {
      expect((await stateOf(widget)).r).toBeGreaterThan(8);
      await widget.locator("input[name=r]").press("Home");
      const said = "With 0 of 32 pieces of every change, the forge has 15.1 letters in doubt";
      await expect(widget.locator(".sentence")).toContainText(said);
    },
  ],
  [
    "intrinsic/?d=1",
    ".mark-knob .field:visible",
    ({width}) => [width / 2 - 14, 0],
    async (widget) => {
      expect((await stateOf(widget)).d).toBe("all");
      await expect(widget.locator(".sentence")).toContainText("With 696 random directions");
    },
  ],
];
for (const [path, handle, way, follows] of aThird(handles))
  test(`${path}: its handle is dragged, and the figure follows`, async ({page}) => {
    const widget = await awake(page, `/widgets/${path}`);
    // Tried anew: an answer that comes meanwhile draws the picture again and ends the drag.
    await expect(async () => {
      await drag(widget.locator(handle), way);
      await follows(widget);
    }).toPass({timeout: 30_000});
  });

test("a finger that moves up over a chart scrolls past it, and the knob goes back", async ({browser}) => {
  const context = await browser.newContext({hasTouch: true, isMobile: true, viewport: {width: 375, height: 700}});
  const page = await context.newPage();
  const widget = await awake(page, "/widgets/savings/");
  const {r: before} = await stateOf(widget);
  const rank = async () => (await stateOf(widget)).r;
  const field = widget.locator(".chart.narrow .mark-knob .field");
  await field.scrollIntoViewIfNeeded();
  const box = (await field.boundingBox())!;
  const [x, y] = [box.x + box.width * 0.8, box.y + box.height * 0.7];
  const top = await page.evaluate(() => scrollY);
  const fingers = await context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", up = 0) =>
    fingers.send("Input.dispatchTouchEvent", {type, touchPoints: type === "touchEnd" ? [] : [{x, y: y - up}]});
  await touch("touchStart");
  await expect.poll(rank, "a press anywhere jumps there").toBeGreaterThan(Number(before));
  for (let up = 10; up <= 120; up += 10) await touch("touchMove", up);
  await touch("touchEnd");
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(top + 50);
  await expect.poll(rank).toBe(before);
  await context.close();
});
