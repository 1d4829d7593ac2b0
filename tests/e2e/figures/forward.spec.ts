import {expect, test} from "@playwright/test";
import {awake, expectState, sized} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("pointing traces a number; numbers fly to their sum; a card keeps its height at each stage", async ({page}) => {
  const widget = await awake(page, "/widgets/forward/");
  const block = widget.locator('.wide .block[data-part="B"]');
  await block.locator(".cells").hover({position: {x: 20, y: 60}});
  await expectState(widget, {trace: "up", row: 2});
  await expect(widget.locator(".entryline p").first()).toContainText("((α/r)BAx)[2]");
  await test.step("numbers fly to the sum that they make, and on the way back values run the other way", async () => {
    const moving = () =>
      widget.evaluate((one) =>
        one
          .getAnimations({subtree: true})
          .map((animation) => (animation as CSSAnimation).animationName)
          .filter((name, i, all) => all.indexOf(name) === i)
          .sort(),
      );
    await expect.poll(moving).toEqual([]);
    await widget.locator("input[name=stage][value=backward]").check({force: true});
    await expect.poll(moving).toEqual(["draw-path", "fly-to-sum"]);
    await expect.poll(moving).toEqual([]);
    await page.emulateMedia({reducedMotion: "reduce"});
    await widget.locator("input[name=stage][value=forward]").check({force: true});
    await expect(widget.locator('.wide .block[data-part="h"]')).toHaveCount(1);
    expect(await moving()).toEqual([]);
  });
  await test.step("a card keeps its height from stage to stage, and W₀ its place", async () => {
    await sized(widget, "card");
    const places = [];
    for (const stage of ["freeze", "insert", "forward", "backward", "merge"]) {
      await widget.locator(`input[name=stage][value=${stage}]`).check({force: true});
      const card = (await widget.locator("figure").boundingBox())!;
      const weight = (await widget
        .locator(".wide .block[data-part=W0] .cells, .wide .block[data-part=w] .cells")
        .boundingBox())!;
      places.push([card.height, weight.y - card.y].map(Math.round).join());
    }
    expect(new Set(places).size, places.join(" ")).toBe(1);
  });
});

test("by keys: the next stage and a step of SGD meet the challenge", async ({page}) => {
  const widget = await awake(page, "/widgets/forward/?steps=0");
  await widget.locator("input[name=stage]:checked").press("ArrowRight");
  await expect(widget.locator(".sentence")).toContainText("exactly 0");
  await expect(widget.locator(".verdict")).toHaveText("");
  await widget.locator("input[name=steps]").press("ArrowRight");
  await expectState(widget, {stage: "backward", steps: 1});
  await expect(widget.locator(".verdict")).toContainText("You have met it.");
});
