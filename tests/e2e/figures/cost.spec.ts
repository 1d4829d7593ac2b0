import {expect, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("no row of models ends short, in the card or in the whole figure, on a desk or a phone", async ({page}) => {
  for (const width of [1440, 375]) {
    await page.setViewportSize({width, height: 900});
    const widget = await awake(page, "/widgets/cost/");
    for (const size of ["full", "card"]) {
      await widget.evaluate((element, size) => element.setAttribute("data-size", size), size);
      await expect(widget.locator("figure")).toHaveAttribute("data-size", size);
      const short = await widget.locator("[data-name=model] .options").evaluate((box) => {
        const {right} = box.getBoundingClientRect();
        const all = [...box.children].map((label) => label.getBoundingClientRect());
        const ends = new Map(all.map((label) => [Math.round(label.top), label.right]));
        return [...ends.values()].filter((end) => right - end > 3);
      });
      expect(short, `${size} at ${width}`).toEqual([]);
    }
  }
});

test("a phrase that chooses a model is taken without a remark", async ({page}) => {
  const widget = await awake(page, "/chapters/the-problem/");
  await page.locator('a.set[data-figure="1.1"]').nth(1).click();
  await expect.poll(async () => stateOf(widget)).toMatchObject({model: "llama2-7b", d: 4096});
  await expect(widget.locator(".notice")).toBeHidden();
  await widget.locator("input[name=model][value=gpt3]").check({force: true});
  await expect.poll(async () => stateOf(widget)).toMatchObject({model: "gpt3", d: 12_288});
  await expect(widget.locator(".notice")).toBeHidden();
});
