import {expect, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {awake} from "../../browser/figure.ts";
import {listen} from "../../browser/trouble.ts";

test("a case is predicted, diagnosed wrong, then right, and fixed; another case starts without all that", async ({
  page,
}) => {
  const {trouble} = listen(page);
  const widget = await awake(page, "/widgets/clinic/?case=6");
  const press = (name: string) => widget.getByRole("button", {name, exact: true}).click();
  const found = (part: string) => widget.locator(`.${part} .found`);
  await expect(widget.locator(".diagnosing")).toBeHidden();

  await press("Lower");
  await expect(found("predicting")).toHaveText(/: lower, as you predicted\.$/);
  await page.emulateMedia({forcedColors: "active"});
  const ground = (name: string) =>
    widget.getByRole("button", {name, exact: true}).evaluate((one) => getComputedStyle(one).backgroundColor);
  expect(await ground("Lower"), "pressed").not.toBe(await ground("Higher"));
  await page.emulateMedia({forcedColors: "none"});
  await press("base changed since training");
  await expect(found("diagnosing")).toHaveText(/^With another base, /);
  await expect(widget.locator("[data-name=serving]")).toBeHidden();

  await press("merged twice");
  await expect(found("diagnosing")).toHaveText(/^Cause: ΔW is in the weights .* row above the picture\.$/);
  await widget.getByRole("radio", {name: "W₀ + ΔW alone"}).check();
  await expect(found("diagnosing")).toHaveText(/; fixed, its served loss ends at < 0\.001\.$/);
  await expect(widget.locator(".verdict")).toHaveText(" You have met it.");
  await expect(widget.locator(".measured li")).toHaveCount(3);
  expect(await findings(page, {include: "lora-widget"})).toEqual([]);
  await expect.poll(() => new URL(page.url()).search).toBe("?case=6&serving=merged&guess=6-lower&diagnosis=6-twice");

  await widget.locator("[data-name=case]").getByRole("radio", {name: "7"}).check();
  await expect(widget.locator(".measured li")).toHaveCount(1);
  await expect(widget.locator(".diagnosing")).toBeHidden();
  await expect(widget.locator("[data-name=serving]")).toBeHidden();
  expect(trouble).toEqual([]);
});
