import {expect, test} from "@playwright/test";
import {awake, shown, stateOf} from "../../browser/figure.ts";

test.describe.configure({mode: "parallel"});

test("pointing at an entry traces it: row of B, column of A, the terms and their sum", async ({page}) => {
  const widget = await awake(page, "/widgets/product/");
  const block = widget.locator(".BA .cells").first();
  await block.scrollIntoViewIfNeeded();
  const box = (await block.boundingBox())!;
  await page.mouse.move(box.x + (box.width * 6.5) / 8, box.y + (box.height * 4.5) / 6);
  expect(await stateOf(widget)).toMatchObject({row: 5, column: 7});
  await expect(widget.locator(".tracing .formula")).toContainText("[5,7]");
  await expect(widget.locator(".sentence")).toContainText("entry [5,7]");
  expect(await widget.locator(".product .trace .outline").count()).toBe(3);
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
