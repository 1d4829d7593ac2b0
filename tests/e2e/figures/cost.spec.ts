import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("a chosen model is taken without a remark, from a phrase or from the form", async ({page}) => {
  const widget = await awake(page, "/chapters/the-problem/", "[figure='1.3']");
  await page.locator('a.set[data-figure="1.3"]').first().click();
  await expect.poll(async () => stateOf(widget)).toMatchObject({model: "llama2-7b", d: 4096});
  await expect(widget.locator(".notice")).toBeHidden();
  // One event alone: the next, with all fields put right, would take a remark back.
  await widget.locator("input[name=model][value=gpt3]").evaluate((radio) => {
    (radio as HTMLInputElement).checked = true;
    radio.dispatchEvent(new Event("input", {bubbles: true}));
  });
  await expect.poll(async () => stateOf(widget)).toMatchObject({model: "gpt3", d: 12_288});
  await expect(widget.locator(".notice")).toBeHidden();
});
