import {expect, test} from "@playwright/test";
import {awake, shown, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("the first result is computed in one task and drawn in another, so that the page can answer between them", async ({
  page,
}) => {
  // A square root tells of the decomposition, an attribute set in the picture of its drawing.
  await page.addInitScript(() => {
    const tasks = [{roots: 0, drawn: 0}];
    const {sqrt} = Math;
    const {setAttribute} = Element.prototype;
    const wait = window.setTimeout;
    const later = (run: () => void, ...rest: unknown[]) =>
      wait(
        (...given: []) => {
          tasks.push({roots: 0, drawn: 0});
          run(...given);
        },
        ...(rest as [number]),
      );
    Math.sqrt = (x) => {
      tasks.at(-1)!.roots++;
      return sqrt(x);
    };
    Element.prototype.setAttribute = function (name, value) {
      if (this.closest(".picture")) tasks.at(-1)!.drawn++;
      setAttribute.call(this, name, value);
    };
    Object.assign(window, {tasks, setTimeout: later});
  });
  await awake(page, "/widgets/rank/");
  const tasks = await page.evaluate(() => (window as unknown as {tasks: {roots: number; drawn: number}[]}).tasks);
  const [computing, drawing] = [tasks.filter(({roots}) => roots > 1000), tasks.filter(({drawn}) => drawn > 50)];
  expect(computing, JSON.stringify(tasks)).toHaveLength(1);
  expect(drawing, JSON.stringify(tasks)).toHaveLength(1);
  expect(drawing[0]).not.toBe(computing[0]);
});

test.describe("rank, the reader's own matrix", () => {
  const painted = (cells: unknown) => String(cells).length;

  test("is drawn by mouse, by keys and by touch", async ({browser}) => {
    const context = await browser.newContext({hasTouch: true});
    const page = await context.newPage();
    const widget = await awake(page, "/widgets/rank/?source=own");
    await expect(widget.locator(".sentence")).toContainText("The grid is empty");
    const pad = widget.locator(".pad");
    await pad.scrollIntoViewIfNeeded();
    const box = (await pad.boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 100, {steps: 8});
    await page.mouse.up();
    const byMouse = await stateOf(widget);
    expect(painted(byMouse.cells)).toBeGreaterThan(100);
    await expect(widget.locator(".sentence")).toContainText("yours");

    await pad.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await expect(pad).toBeFocused();
    await page.keyboard.press("Space");
    const byKeys = await stateOf(widget);
    expect(byKeys.cells).not.toBe(byMouse.cells);
    await expect(pad).toHaveAttribute("aria-label", /row \d+, column \d+/);

    await page.touchscreen.tap(box.x + 150, box.y + 20);
    expect((await stateOf(widget)).cells).not.toBe(byKeys.cells);
    await context.close();
  });

  test("is pasted: good numbers are taken, bad ones are refused in words and change nothing", async ({page}) => {
    const widget = await awake(page, "/widgets/rank/");
    await widget.locator(".paste summary").click();
    const area = widget.locator(".paste textarea");
    await area.fill("1 2 3\n2 4 6\n0 1 1");
    await widget.locator(".paste .use").click();
    expect(await stateOf(widget)).toMatchObject({source: "own", cells: "1,2,3;2,4,6;0,1,1", r: 3});
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
