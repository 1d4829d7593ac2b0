import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test("a matrix is adapted and freed by a press, with the pointer and with the keyboard", async ({page}) => {
  const widget = await awake(page, "/widgets/where/");
  const key = widget.getByRole("button", {name: "Wk, key"});
  await key.click();
  await expect(key).toHaveAttribute("aria-pressed", "true");
  await expect(widget.locator(".sentence")).toContainText("Wq, Wk and Wv at rank 2: the paper did not try this choice");
  await key.press("Enter");
  await expect(key).toHaveAttribute("aria-pressed", "false");
  await widget.getByRole("button", {name: "Wv, value"}).press("Space");
  expect(await stateOf(widget)).toMatchObject({on: "q"});
  await expect(widget.locator(".sentence")).toContainText("70.4% on WikiSQL");
});
