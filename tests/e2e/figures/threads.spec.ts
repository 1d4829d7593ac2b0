/** Nearer and farther with the picture itself, and the corner that thickens the threads. */
import {expect, type Page, test} from "@playwright/test";

type Lora = HTMLElement & {ready: Promise<unknown>; state: {zoom: number; r: number}};

const opened = async (page: Page) => {
  await page.goto("/widgets/threads/");
  const widget = page.locator("lora-widget");
  await widget.evaluate((element) => (element as Lora).ready.then(() => true));
  const now = (name: "zoom" | "r") => widget.evaluate((element, key) => (element as Lora).state[key], name);
  const svg = widget.locator(".threads > svg:visible");
  await svg.scrollIntoViewIfNeeded();
  return {widget, svg, now};
};

test("the corner is dragged toward the square to thicken B and A, and its arrows step through the ranks", async ({
  page,
}) => {
  const {widget, now} = await opened(page);
  const handle = widget.getByRole("slider", {name: /thickness/});
  const box = (await handle.locator(".grip").boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 60, {steps: 4});
  await expect.poll(() => now("r")).toBeGreaterThan(16);
  await page.mouse.up();
  await handle.focus();
  await page.keyboard.press("End");
  await expect(widget.locator(".weighed")).toContainText("as many as the square");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => now("r")).toBe(4096);
  expect(await now("zoom")).toBe(0);
});

test("plus and a press on the lens come nearer, minus goes back, and a drag changes and selects nothing", async ({
  page,
}) => {
  const {svg, now} = await opened(page);
  await svg.focus();
  await page.keyboard.press("+");
  await expect.poll(() => now("zoom")).toBe(0.2);
  await page.keyboard.press("-");
  await expect.poll(() => now("zoom")).toBe(0);
  await page.keyboard.press("-");
  await expect.poll(() => now("zoom")).toBe(-0.2);
  await page.keyboard.press("+");
  await expect.poll(() => now("zoom")).toBe(0);
  await svg.getByRole("button", {name: "fly there"}).click();
  await expect.poll(() => now("zoom")).toBe(3);
  await expect(svg.locator(".cell")).toHaveText("each cell is one weight");
  const box = (await svg.boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 20, box.y + 300, {steps: 4});
  await page.mouse.up();
  expect(await now("zoom")).toBe(3);
  expect(await page.evaluate(() => getSelection()!.toString())).toBe("");
});

test("the wheel scrolls the page; with Ctrl, or with the picture focused, it zooms", async ({page}) => {
  await page.setViewportSize({width: 900, height: 500});
  const {svg, now} = await opened(page);
  const box = (await svg.boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + Math.max(60 - box.y, 60));
  const scrolled = () => page.evaluate(() => scrollY);
  const before = await scrolled();
  await page.mouse.wheel(0, 60);
  await expect.poll(scrolled).toBeGreaterThan(before);
  expect(await now("zoom")).toBe(0);
  const still = await scrolled();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await expect.poll(() => now("zoom")).toBeGreaterThan(0);
  const once = await now("zoom");
  await svg.focus();
  await page.mouse.wheel(0, -100);
  await expect.poll(() => now("zoom")).toBeGreaterThan(once);
  expect(await scrolled()).toBe(still);
});

test("two fingers come nearer", async ({page}) => {
  const {svg, now} = await opened(page);
  const box = (await svg.boundingBox())!;
  const touch = (type: string, pointerId: number, x: number, y: number) =>
    svg.evaluate(
      (element, init) => {
        // No pointer of the browser's own stands behind it.
        element.setPointerCapture = () => undefined;
        element.dispatchEvent(new PointerEvent(init.type, {...init, pointerType: "touch", bubbles: true}));
      },
      {type, pointerId, clientX: box.x + x, clientY: box.y + y, button: 0},
    );
  await touch("pointerdown", 7, 100, 100);
  await touch("pointermove", 7, 100, 160);
  expect(await now("zoom")).toBe(0);
  await touch("pointerdown", 8, 100, 200);
  await touch("pointermove", 8, 100, 560);
  await expect.poll(() => now("zoom")).toBe(1);
});
