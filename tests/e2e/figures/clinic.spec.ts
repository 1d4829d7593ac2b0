import {expect, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {awake} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

test("a case is predicted, diagnosed wrong, then right, and fixed; another starts without all that", async ({page}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, "/widgets/clinic/?case=6");
  const press = (name: string) => widget.getByRole("button", {name, exact: true}).click();
  const found = widget.locator(".asking .found");
  await expect(widget.locator(".diagnosing")).toHaveCount(0);

  await press("Lower");
  await expect(widget.locator(".sentence")).toContainText("The test ends lower, as you predicted: ");
  await press("base changed since training");
  await expect(found).toHaveText(/^With another base, /);
  await page.emulateMedia({forcedColors: "active"});
  const ground = (name: string) =>
    widget.getByRole("button", {name, exact: true}).evaluate((one) => getComputedStyle(one).backgroundColor);
  expect(await ground("base changed since training"), "pressed").not.toBe(await ground("merged twice"));
  await page.emulateMedia({forcedColors: "none"});
  await expect(widget.locator("[data-name=serving]")).toBeHidden();

  await press("merged twice");
  await expect(widget.locator(".mending .label")).toHaveText("Right, merged twice. Now fix it.");
  await expect(widget.locator(".sentence")).toContainText("ΔW is already in the weights");
  await widget.getByRole("radio", {name: "W₀ + ΔW alone"}).check();
  await expect(widget.locator(".sentence")).toContainText("Fixed: the served loss ends at < 0.001;");
  await expect(widget.locator(".verdict")).toHaveText(" You have met it.");
  expect(await findings(page, {include: "lora-widget"})).toEqual([]);
  await expect.poll(() => new URL(page.url()).search).toBe("?case=6&serving=merged&guess=6-lower&diagnosis=6-twice");

  await widget.locator("[data-name=case]").getByRole("radio", {name: "7"}).check();
  await expect(widget.locator(".diagnosing, .mending")).toHaveCount(0);
  await expect(widget.locator("[data-name=serving]")).toBeHidden();
  expect(trouble).toEqual([]);
});
