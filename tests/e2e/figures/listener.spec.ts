import {expect, test} from "@playwright/test";
import {answering, awake, drag, expectState, stateOf} from "../../browser/figure.ts";

/** The three numbers of a, and then those of b. */
const oneOf = async (...[widget]: Parameters<typeof stateOf>) => String((await stateOf(widget)).one).split(",");

test("the tip of b is dragged, and a moved with the arrow keys; every output follows", async ({page}) => {
  const widget = await awake(page, "/widgets/listener/");
  const trails = widget.locator(".pushed .wide .trails");
  const before = await trails.getAttribute("d");
  await drag(widget.locator(".pushed .wide .vector .pull"), [30, 0]);
  await expect.poll(async () => Number((await oneOf(widget))[2])).toBeGreaterThan(1.2);
  await expect(trails).not.toHaveAttribute("d", before!);
  const tip = widget.locator(".inputs .wide [role=slider]");
  await tip.press("ArrowUp");
  await expect.poll(async () => (await oneOf(widget)).slice(0, 2)).toEqual(["0.9", "0.6"]);
  await expect(tip).toBeFocused();
});

test("the task is trained to its end, and a dragged arrow begins another run", async ({page}) => {
  const widget = await awake(page, "/widgets/listener/?view=task&step=21");
  await widget.locator("[data-do=step]").click();
  await expect(widget.locator(".wide .count")).toHaveText("160");
  await drag(widget.locator(".pushed .wide .vector .pull"), [0, 10]);
  await expectState(widget, {step: 0});
});

test("in its chapter the task rests at its end and does not play by itself", async ({page}) => {
  const figure = await answering(page, "/chapters/the-mechanism/", "lora-widget[figure='3.4']");
  await expect(figure.locator("[data-do=play]")).toBeVisible();
  await page.waitForTimeout(1000);
  await expect(figure.locator("input[name=step]").first()).toHaveValue("22");
});
