import {expect, test} from "@playwright/test";
import {awake, expectState} from "../../browser/figure.ts";

test("a matrix is adapted and freed by a press, with the pointer and with the keyboard", async ({page}) => {
  const widget = await awake(page, "/widgets/where/");
  const key = widget.getByRole("button", {name: "Wk, key"});
  await key.click();
  await expect(key).toHaveAttribute("aria-pressed", "true");
  await expect(widget.locator(".sentence")).toContainText("Wq, Wk and Wv at rank 2: the paper did not try this choice");
  await key.press("Enter");
  await expect(key).toHaveAttribute("aria-pressed", "false");
  await widget.getByRole("button", {name: "Wv, value"}).press("Space");
  await expectState(widget, {on: "q"});
  await expect(widget.locator(".sentence")).toContainText("70.4% on WikiSQL");
});

test("a pressed matrix keeps its letter and gets an edge where colors are forced", async ({page}) => {
  await page.emulateMedia({forcedColors: "active"});
  const widget = await awake(page, "/widgets/where/");
  const look = (name: string) =>
    widget.getByRole("button", {name}).evaluate((it) => {
      const {fill, stroke} = getComputedStyle(it);
      const clear = "rgba(0, 0, 0, 0)";
      return {isClear: fill === clear, hasEdge: stroke !== clear};
    });
  expect(await look("Wq, query")).toEqual({isClear: true, hasEdge: true});
  expect(await look("Wk, key")).toEqual({isClear: true, hasEdge: false});
});
