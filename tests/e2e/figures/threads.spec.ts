/** The lens that comes nearer, and the corner that thickens the threads. */
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

test("a press on the lens comes nearer, and a drag changes and selects nothing", async ({page}) => {
  const {svg, now} = await opened(page);
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
