/** The lens that comes nearer, and the corner that thickens the threads. */
import {expect, type Page, test} from "@playwright/test";
import {answering, drag, expectState, stateOf} from "../../browser/figure.ts";

const opened = async (page: Page) => {
  const widget = await answering(page, "/widgets/threads/");
  return {widget, svg: widget.locator(".threads > svg:visible")};
};

test("the corner is dragged to thicken B and A, and its arrows step through the ranks", async ({page}) => {
  const {widget} = await opened(page);
  const handle = widget.getByRole("slider", {name: /thickness/});
  const isThicker = () => expect.poll(async () => (await stateOf(widget)).r).toBeGreaterThan(16);
  await drag(handle.locator(".grip"), [60, 60], {held: isThicker});
  await handle.press("End");
  await expect(widget.locator(".weighed")).toContainText("as many as the square");
  await handle.press("ArrowLeft");
  await expectState(widget, {r: 4096, zoom: 0});
});

test("a press on the lens comes nearer, and a drag changes and selects nothing", async ({page}) => {
  const {widget, svg} = await opened(page);
  await svg.getByRole("button", {name: "fly there"}).click();
  await expectState(widget, {zoom: 3});
  await expect(svg.locator(".cell")).toHaveText("each cell is one weight");
  await drag(svg, [-180, 200], {from: [200, 100]});
  expect((await stateOf(widget)).zoom).toBe(3);
  expect(await page.evaluate(() => getSelection()!.toString())).toBe("");
});
