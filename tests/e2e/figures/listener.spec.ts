import {expect, test} from "@playwright/test";
import {awake, pull, stateOf} from "../../browser/figure.ts";

test("the tip of b is dragged, and moved with the arrow keys; every output follows", async ({page}) => {
  const widget = await awake(page, "/widgets/listener/");
  const before = await widget.locator(".pushed .trails").getAttribute("d");
  await pull(widget.locator(".pushed .vector .pull"), [30, 0]);
  const dragged = String((await stateOf(widget)).one)
    .split(",")
    .map(Number);
  expect(dragged[2]).toBeGreaterThan(1.2);
  expect(await widget.locator(".pushed .trails").getAttribute("d")).not.toBe(before);
  await widget.locator(".inputs [role=slider]").focus();
  await page.keyboard.press("ArrowUp");
  expect(String((await stateOf(widget)).one)).toMatch(/^0.9,0.6,/);
  await expect(widget.locator(".inputs [role=slider]")).toBeFocused();
});

test("the task is trained to its end, and a dragged arrow begins another run", async ({page}) => {
  const widget = await awake(page, "/widgets/listener/?view=task&step=21");
  await widget.locator("[data-do=step]").click();
  await expect(widget.locator(".count")).toHaveText("160 of 160 right");
  await pull(widget.locator(".pushed .vector .pull"), [0, 10]);
  expect(await stateOf(widget)).toMatchObject({step: 0});
});
