import {expect, test} from "@playwright/test";
import {awake, sized, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("pointing at a number traces it; a name in the formula or the code lights its block, and the reverse", async ({
  page,
}) => {
  const widget = await awake(page, "/widgets/forward/");
  const block = widget.locator('.block[data-part="A"]');
  await block.locator(".cells").hover({position: {x: 60, y: 30}});
  expect(await stateOf(widget)).toMatchObject({trace: "down", row: 2});
  await expect(widget.locator(".entryline .formula")).toContainText("(Ax)[2]");
  await expect(widget.locator('.entryline [data-part="A"][data-on]')).toHaveCount(2);
  await page.mouse.move(0, 0);
  await expect(widget.locator("[data-on]")).toHaveCount(0);
  await widget.locator('.entryline .code [data-part="x"]').focus();
  await expect(widget.locator('.block[data-part="x"][data-on]')).toHaveCount(1);
});

test("by keys: the next stage and a step of SGD meet the challenge", async ({page}) => {
  const widget = await awake(page, "/widgets/forward/");
  await widget.locator("input[name=stage]:checked").focus();
  await page.keyboard.press("ArrowRight");
  await expect(widget.locator(".sentence")).toContainText("exactly 0");
  await expect(widget.locator(".verdict")).toHaveText("");
  await widget.locator("input[name=steps]").focus();
  await page.keyboard.press("ArrowRight");
  expect(await stateOf(widget)).toMatchObject({stage: "backward", steps: 1});
  await expect(widget.locator(".verdict")).toContainText("You have met it.");
});

test("the note on where lines go on is there only where the halves are one above the other", async ({page}) => {
  const widget = await awake(page, "/widgets/forward/");
  const note = widget.locator(".flow .right .label");
  for (const [width, size, isSeen] of [
    [1440, "full", false],
    [1440, "card", false],
    [1024, "card", false],
    [375, "card", true],
    [375, "dock", false],
  ] as const) {
    await page.setViewportSize({width, height: 800});
    await sized(widget, size);
    await expect(note, `${size} at ${width}`).toBeVisible({visible: isSeen});
    const [left, right] = await Promise.all([".left", ".right"].map((half) => widget.locator(half).boundingBox()));
    expect(right!.x > left!.x, `${size} at ${width}`).toBe(!isSeen);
  }
});

test("on a phone the stages are a stepper: back, the present one, on", async ({page}) => {
  await page.setViewportSize({width: 375, height: 812});
  const widget = await awake(page, "/widgets/forward/");
  await sized(widget, "card");
  const seen = widget.locator("[data-name=stage] label:visible");
  await expect(seen).toHaveText(["2 Insert", "3 Forward", "4 Backward"]);
  await seen.nth(2).click();
  await expect(seen).toHaveText(["3 Forward", "4 Backward", "5 Merge"]);
  expect((await stateOf(widget)).stage).toBe("backward");
  await seen.nth(2).click();
  await expect(seen).toHaveText(["4 Backward", "5 Merge"]);
  await seen.nth(0).click();
  expect((await stateOf(widget)).stage).toBe("backward");
});

test("a card keeps its height from stage to stage, and W₀ its place", async ({page}) => {
  const widget = await awake(page, "/widgets/forward/");
  await sized(widget, "card");
  const places = [];
  for (const stage of ["freeze", "insert", "forward", "backward", "merge"]) {
    await widget.locator(`input[name=stage][value=${stage}]`).check({force: true});
    const card = (await widget.locator("figure").boundingBox())!;
    const weight = (await widget.locator(".left .block[data-symbol=W0] .map").boundingBox())!;
    places.push([card.height, weight.y - card.y].map(Math.round).join());
  }
  expect(new Set(places).size, places.join(" ")).toBe(1);
});
