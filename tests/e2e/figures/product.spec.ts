import {expect, test} from "@playwright/test";
import {awake, drag, expectState, shown, sized, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("pointing at an entry traces it: row of B, column of A, the terms and their sum", async ({page}) => {
  const widget = await awake(page, "/widgets/product/");
  const block = widget.locator(".BA .cells:visible");
  const {width, height} = (await block.boundingBox())!;
  await block.hover({position: {x: (width * 6.5) / 8, y: (height * 4.5) / 6}});
  await expectState(widget, {row: 5, column: 7});
  await expect(widget.locator(".tracing .formula")).toContainText("[5,7]");
  await expect(widget.locator(".sentence")).toContainText("entry [5,7]");
  expect(await widget.locator(".product .trace .outline:visible").count()).toBe(3);
});

test("a factor typed into the sum changes everything that follows from it, and keeps the cursor", async ({page}) => {
  const widget = await awake(page, "/widgets/product/");
  const before = await shown(widget);
  const field = widget.locator(".tracing input").first();
  await field.fill("-2.5");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("-2.5");
  const after = await shown(widget);
  for (const part of ["sentence", "picture", "table"] as const) expect(after[part], part).not.toBe(before[part]);
  await expect.poll(() => new URL(page.url()).searchParams.get("b")).toContain("-2.5");
  const there = await shown(await awake(page, page.url()));
  expect(there.sentence).toBe(after.sentence);
  expect(there.table).toBe(after.table);
});

test("a cell of B or A is dragged to change its value; a press selects it; Escape takes it back", async ({page}) => {
  const widget = await awake(page, "/widgets/product/");
  await sized(widget, "card");
  // Row 5, column 1 of B: 1.5.
  const move = (dy: number, held = async () => {}) =>
    drag(widget.locator(".product .B .cells:visible"), [0, dy], {
      from: ({width, height}) => [width / 4, (height * 4.5) / 6],
      held,
    });
  const entry = async () => Number(String((await stateOf(widget)).b).split(/[,;]/)[8]);
  await move(0);
  await expectState(widget, {row: 5, term: 1, b: ""});
  await move(-24);
  await expect.poll(entry).toBe(2);
  await expectState(widget, {row: 5, term: 1});
  await expect(widget.locator(".sumline")).toContainText("2.00");
  await move(52, async () => {
    await expect.poll(entry).toBe(1);
    await page.keyboard.press("Escape");
  });
  await expect.poll(entry).toBe(2);
  await drag(widget.locator(".product .A .cells:visible"), [14, 0], {from: [10, 10]});
  await expect.poll(async () => String((await stateOf(widget)).a).split(",")[0]).toBe("1.7");
});

test("a press on a piece takes it out of the sum and puts it back", async ({page}) => {
  const widget = await awake(page, "/widgets/product/?r=3&peel=3");
  await sized(widget, "card");
  const place = (n: number) => widget.locator(".product .place .field:visible").nth(n - 1);
  await place(3).click();
  await expectState(widget, {peel: 2});
  await expect(widget.locator(".says")).toContainText("2 of 3 pieces");
  await expect(widget.locator(".product .piece:visible").nth(2)).not.toHaveAttribute("data-summed");
  await place(2).click();
  await expectState(widget, {peel: 1});
  await place(3).click();
  await expectState(widget, {peel: 3});
});
