import {expect, test} from "@playwright/test";
import {awake, pull, stateOf} from "../../browser/figure.ts";

test("the tip of b is dragged, and moved with the arrow keys; every output follows", async ({page}) => {
  const widget = await awake(page, "/widgets/listener/");
  const before = await widget.locator(".pushed .wide .trails").getAttribute("d");
  await pull(widget.locator(".pushed .wide .vector .pull"), [30, 0]);
  const dragged = String((await stateOf(widget)).one)
    .split(",")
    .map(Number);
  expect(dragged[2]).toBeGreaterThan(1.2);
  expect(await widget.locator(".pushed .wide .trails").getAttribute("d")).not.toBe(before);
  await widget.locator(".inputs .wide [role=slider]").focus();
  await page.keyboard.press("ArrowUp");
  expect(String((await stateOf(widget)).one)).toMatch(/^0.9,0.6,/);
  await expect(widget.locator(".inputs .wide [role=slider]")).toBeFocused();
});

test("the task is trained to its end, and a dragged arrow begins another run", async ({page}) => {
  const widget = await awake(page, "/widgets/listener/?view=task&step=21");
  await widget.locator("[data-do=step]").click();
  await expect(widget.locator(".wide .count")).toHaveText("160");
  await pull(widget.locator(".pushed .wide .vector .pull"), [0, 10]);
  expect(await stateOf(widget)).toMatchObject({step: 0});
});

test("in its chapter the task rests at its end and does not play by itself", async ({page}) => {
  await page.goto("/chapters/the-mechanism/");
  const figure = page.locator("lora-widget[figure='3.4']");
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator("[data-do=play]")).toBeVisible();
  await page.waitForTimeout(1000);
  await expect(figure.locator("input[name=step]").first()).toHaveValue("22");
});
