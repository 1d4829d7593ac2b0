/** A phrase of the text sets its figure, and the figure has nothing to say against it. */
import {expect, test} from "@playwright/test";
import {awake} from "../../browser/figure.ts";

test("figure 1.3 takes every phrase of its chapter without a complaint, whatever it showed before", async ({page}) => {
  const widget = await awake(page, "/chapters/the-problem/", "[figure='1.3']");
  const phrases = page.locator('a.set[data-figure="1.3"]');
  expect(await phrases.count()).toBeGreaterThan(1);
  for (const phrase of await phrases.all()) {
    await phrase.click();
    const {model} = JSON.parse((await phrase.getAttribute("data-params"))!) as {model: string};
    await expect
      .poll(() => widget.evaluate((it) => (it as HTMLElement & {state: {model: string}}).state.model))
      .toBe(model);
    await expect(widget.locator(".notice")).toBeHidden();
  }
});

test("a host's change is judged by what it asks, not by what was there: width and layers follow the model", async ({
  page,
}) => {
  const widget = await awake(page, "/widgets/cost/?model=custom&d=640&layers=7");
  const notes = await widget.evaluate((it) =>
    (it as HTMLElement & {set(raw: object): Promise<string[]>}).set({model: "llama2-7b"}),
  );
  expect(notes).toEqual([]);
  const refused = await widget.evaluate((it) =>
    (it as HTMLElement & {set(raw: object): Promise<string[]>}).set({d: 640}),
  );
  expect(refused).toEqual([expect.stringContaining("d should be 4,096 here")]);
});
