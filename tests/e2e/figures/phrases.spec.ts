/** A phrase of the text sets its figure, and the figure has nothing to say against it. */
import {expect, test} from "@playwright/test";
import {awake, expectState, set} from "../../browser/figure.ts";

test("figure 1.3 takes every phrase and every model without a complaint, whatever it showed before", async ({page}) => {
  const widget = await awake(page, "/chapters/the-problem/", "[figure='1.3']");
  const phrases = page.locator('a.set[data-figure="1.3"]');
  expect(await phrases.count()).toBeGreaterThan(1);
  for (const phrase of await phrases.all()) {
    await phrase.click();
    const {model} = JSON.parse((await phrase.getAttribute("data-params"))!) as {model: string};
    await expectState(widget, {model});
    await expect(widget.locator(".notice")).toBeHidden();
  }
  // One event alone: the next, with all fields put right, would take a remark back.
  await widget.locator("input[name=model][value=gpt3]").evaluate((radio: HTMLInputElement) => {
    radio.checked = true;
    radio.dispatchEvent(new Event("input", {bubbles: true}));
  });
  await expectState(widget, {model: "gpt3", d: 12_288});
  await expect(widget.locator(".notice")).toBeHidden();
});

test("a host's change is judged by what it asks: width and layers follow the model", async ({page}) => {
  const widget = await awake(page, "/widgets/cost/?model=custom&d=640&layers=7");
  expect(await set(widget, {model: "llama2-7b"})).toEqual([]);
  expect(await set(widget, {d: 640})).toEqual([expect.stringContaining("d should be 4,096 here")]);
});
