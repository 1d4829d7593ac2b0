import {expect, test} from "@playwright/test";
import {awake, drag, expectState, set, shown, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test.describe("rank, the reader's own matrix", () => {
  test("is drawn by mouse, by keys and by touch", async ({browser}) => {
    const context = await browser.newContext({hasTouch: true});
    const page = await context.newPage();
    const widget = await awake(page, "/widgets/rank/?source=own");
    await expect(widget.locator(".sentence")).toContainText("The grid is empty");
    const pad = widget.locator(".pad:visible");
    const cells = async () => String((await stateOf(widget)).cells);
    await drag(pad, [100, 80], {from: [20, 20]});
    await expect(widget.locator(".sentence")).toContainText("yours");
    const byMouse = await cells();
    expect(byMouse.length).toBeGreaterThan(100);

    await pad.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await expect(pad).toBeFocused();
    await page.keyboard.press("Space");
    await expect.poll(cells).not.toBe(byMouse);
    await expect(pad).toHaveAttribute("aria-label", /row \d+, column \d+/);

    const byKeys = await cells();
    await pad.tap({position: {x: 150, y: 20}});
    await expect.poll(cells).not.toBe(byKeys);
    await context.close();
  });

  test("is pasted: good numbers are taken, bad ones are refused in words and change nothing", async ({page}) => {
    const widget = await awake(page, "/widgets/rank/");
    await widget.locator(".paste summary").click();
    const area = widget.locator(".paste textarea");
    await area.fill("1 2 3\n2 4 6\n0 1 1");
    await widget.locator(".paste .use").click();
    await expectState(widget, {source: "own", cells: "1,2,3;2,4,6;0,1,1", r: 3});
    await expect(widget.locator(".sentence")).toContainText("3 × 3");
    const before = await shown(widget);
    await area.fill("1 2 3\n4 5");
    await widget.locator(".paste .use").click();
    await expect(widget.locator(".notice")).toContainText(
      "Row 2 has 2 numbers, row 1 has 3; every row needs the same count.",
    );
    expect(await shown(widget)).toEqual(before);
  });

  test("pasted and rounded for the link, it says so and is in the address all the same", async ({page}) => {
    const widget = await awake(page, "/widgets/rank/");
    await widget.locator(".paste summary").click();
    const rows = Array.from({length: 48}, (_, i) =>
      Array.from({length: 48}, (_, j) => ((i * 37 + j * 11) % 101) / 7).join(" "),
    );
    await widget.locator(".paste textarea").fill(rows.join("\n"));
    await widget.locator(".paste .use").click();
    await expect(widget.locator(".notice")).toContainText("one part in 127");
    await expect.poll(() => new URL(page.url()).searchParams.get("cells") ?? "").toMatch(/^8\.48x48\./);
  });
});

/** The names of B, A and BA, wherever one lies on another. Runs on the page. */
function touching(): string[] {
  const boxes = [".B > .called", ".A > .called", ".A > .copied"].map((name) => {
    const node = [...document.querySelectorAll(`.product ${name}`)].find((one) => one.getClientRects().length)!;
    const {left, right, top, bottom} = node.getBoundingClientRect();
    return {name, left, right, top, bottom};
  });
  const isOn = (a: (typeof boxes)[number], b: (typeof boxes)[number]) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0;
  return boxes.flatMap((a, n) => boxes.slice(n + 1).flatMap((b) => (isOn(a, b) ? [`${a.name} on ${b.name}`] : [])));
}

for (const [width, height, layout] of [
  [960, 600, "layout=slide&"],
  [315, 800, ""],
] as const)
  test(`the names of B, A and their product keep apart, ${layout ? "as a slide" : "in a column"} of ${width} × ${height}`, async ({
    page,
  }) => {
    await page.setViewportSize({width, height});
    const widget = await awake(page, `/embed/rank/?${layout}r=1`);
    for (const r of [1, 4, 8, 48]) {
      await set(widget, {r});
      expect(await page.evaluate(touching), `r = ${r}`).toEqual([]);
    }
  });
