import {expect, type Locator, test} from "@playwright/test";
import {awake, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

const lit = (widget: Locator, part: string) =>
  widget.locator(`${part} [data-on]`).evaluateAll((all) => [...new Set(all.map(({textContent}) => textContent))]);

test("pointing at a symbol says what it is and lights its names in the code; pointing at the code, the reverse", async ({
  page,
}) => {
  const widget = await awake(page, "/widgets/formula/");
  await widget.locator('.printed-formula [data-symbol="W0"]').first().hover();
  await expect(widget.locator(".meaning .term")).toHaveText("W0 frozen weights");
  expect(await lit(widget, ".listings")).toEqual(["W0", "base_layer"]);
  await widget.locator('.listing [data-symbol="A"]').first().hover();
  await expect(widget.locator(".meaning .term")).toHaveText("A down-projection");
  expect(await lit(widget, ".printed-formula")).toEqual(["A"]);
  expect(await stateOf(widget)).toMatchObject({symbol: "A"});
});

test("by keys: one stop, arrows from symbol to symbol, Home and End", async ({page}) => {
  const widget = await awake(page, "/widgets/formula/?which=similarity");
  const at = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await widget.locator(".printed-formula [tabindex='0']").focus();
  for (const [key, name] of [
    ["Home", "φ, subspace similarity"],
    ["ArrowRight", "A r=8, A of the lower rank"],
    ["ArrowLeft", "φ, subspace similarity"],
    ["ArrowLeft", "j, directions of the second"],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => at()).toBe(name);
  }
  await expect(widget.locator(".meaning .term")).toHaveText("j directions of the second");
  expect(await widget.locator(".printed-formula [tabindex='0']").count()).toBe(1);
  await page.keyboard.press("Tab");
  await expect.poll(() => page.evaluate(() => !document.activeElement?.closest(".printed-formula"))).toBe(true);
});

test("each formula brings its own controls, at most four; on a phone one language of code is in sight", async ({
  page,
}) => {
  await page.setViewportSize({width: 375, height: 800});
  const widget = await awake(page, "/widgets/formula/");
  for (const [which, due] of Object.entries({
    objective: "which",
    "lora-objective": "which",
    forward: "which r alpha",
    count: "which model matrices r",
    similarity: "which i j",
  })) {
    await widget.locator(`input[name=which][value=${which}]`).check({force: true});
    const seen = await widget
      .locator(".control")
      .evaluateAll((all) =>
        (all as HTMLElement[]).filter((one) => one.checkVisibility()).map(({dataset}) => dataset.name),
      );
    expect(seen.join(" ")).toBe(due);
    if (which.endsWith("objective")) {
      await expect(widget.locator(".listings")).toHaveCount(0);
      continue;
    }
    for (const n of [1, 2, 0]) {
      await widget.locator(".tabs button").nth(n).click();
      await expect(widget.locator(".listing").nth(n)).toBeVisible();
      expect(await widget.locator(".listing:visible").count()).toBe(1);
    }
  }
});

test("the formula of chapter 4 stands on one line of its card, large, and a symbol lights up in the code below", async ({
  page,
}) => {
  await page.setViewportSize({width: 1440, height: 900});
  await page.goto("/chapters/formulas/");
  const figures = page.locator("lora-widget[name=formula]");
  await expect(figures).toHaveCount(1);
  const seen = () =>
    figures.locator(".printed-formula .math").evaluateAll((all) =>
      all.map((math) => {
        const parts = [...math.querySelectorAll(":scope > .keep")].map((part) => part.getBoundingClientRect());
        return {
          isOneLine: Math.max(...parts.map(({top}) => top)) < Math.min(...parts.map(({bottom}) => bottom)),
          isInside: parts.at(-1)!.right <= math.getBoundingClientRect().right + 1,
          isLarge: Number.parseFloat(getComputedStyle(math).fontSize) >= 28,
        };
      }),
    );
  expect(await seen()).toEqual([{isOneLine: true, isInside: true, isLarge: true}]);
  const forward = figures.first();
  await forward.scrollIntoViewIfNeeded();
  await forward.evaluate((element) => (element as HTMLElement & {ready: Promise<unknown>}).ready.then(() => true));
  await forward.locator('.printed-formula [data-symbol="A"]').first().click();
  await expect(forward.locator(".listing:visible [data-on]")).toHaveText("A");
});
