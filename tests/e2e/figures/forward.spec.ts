import {expect, test} from "@playwright/test";
import {awake, sized, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("pointing at a number traces it; a name in the formula or the code lights its block, and the reverse", async ({
  page,
}) => {
  const widget = await awake(page, "/widgets/forward/");
  const block = widget.locator('.block[data-part="A"]');
  await block.locator(".cells").hover({position: {x: 60, y: 30}});
  await expect.poll(() => stateOf(widget)).toMatchObject({trace: "down", row: 2});
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
  await expect.poll(() => stateOf(widget)).toMatchObject({stage: "backward", steps: 1});
  await expect(widget.locator(".verdict")).toContainText("You have met it.");
});

test("both ways go on in the other half where they left the first, side by side and one above the other", async ({
  page,
}) => {
  const widget = await awake(page, "/widgets/forward/");
  for (const [width, size, isBeside] of [
    [1440, "full", true],
    [1440, "card", true],
    [1024, "card", true],
    [375, "card", false],
    [375, "dock", true],
  ] as const) {
    await page.setViewportSize({width, height: 800});
    await sized(widget, size);
    const ends = await widget.locator(".flow").evaluate((flow) =>
      ["left", "right"].map((half) =>
        ["frozen", "pair"].map((way) => {
          const seen = [...flow.querySelectorAll<SVGPathElement>(`.${half} .wire .${way}`)].filter(
            (path) => /beside|below/.test(path.getAttribute("class")!) && getComputedStyle(path).display !== "none",
          );
          if (seen.length !== 1) throw new Error(`${seen.length} ways of ${way} leave the ${half} half`);
          const [path] = seen as [SVGPathElement];
          // An arrowhead is a piece of its own, at the end that is inside.
          const corners = path.getAttribute("d")!.split("M")[1]!.split(" ").map(Number);
          const [x, y] = half === "left" ? corners.slice(-2) : corners;
          const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM()!);
          return [at.x, at.y];
        }),
      ),
    );
    const along = isBeside ? 1 : 0;
    for (const way of [0, 1])
      expect(Math.abs(ends[0]![way]![along]! - ends[1]![way]![along]!), `${size} at ${width}`).toBeLessThan(1);
    // Side by side they meet; one above the other the halves overlap, so that there is no gap.
    const gap = ends[1]![0]![1 - along]! - ends[0]![0]![1 - along]!;
    expect(gap, `${size} at ${width}`).toBeLessThan(1);
    expect(gap, `${size} at ${width}`).toBeGreaterThan(isBeside ? -1 : -120);
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
  await expect.poll(async () => (await stateOf(widget)).stage).toBe("backward");
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
