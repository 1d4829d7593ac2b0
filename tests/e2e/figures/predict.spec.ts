import {expect, test} from "@playwright/test";
import {awake} from "../../browser/figure.ts";

for (const width of [375, 1440])
  test(`the options of what to train stand in even lines, none alone at the end, at ${width} px`, async ({page}) => {
    await page.setViewportSize({width, height: 812});
    const widget = await awake(page, "/widgets/predict/");
    const places = await widget
      .locator("[data-name=strategy] .options label")
      .evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().top));
    const inLine = (top: number) => places.filter((one) => one === top).length;
    expect(inLine(places.at(-1)!)).toBe(inLine(places[0]!));
  });
