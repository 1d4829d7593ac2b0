/** The page of the paper's data, and its tables in chapters. */
import {expect, type Page, test} from "@playwright/test";

const column = (page: Page, id: string, n: number) =>
  page.locator(`#${id} tbody tr`).evaluateAll((rows, n) => rows.map((row) => row.children[n]?.textContent?.trim()), n);

test("a head pressed by keys sorts its table alone, and says so; ± goes with its value", async ({page, request}) => {
  await page.goto("/paper/");
  const table = page.locator("#table-3");
  const rows = () => table.locator("tbody tr").allInnerTexts();
  const printed = await rows();
  const head = table.getByRole("columnheader", {name: "BLEU"});
  await head.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(page.locator("body > .spoken", {hasText: "Sorted"})).toHaveText("Sorted by BLEU, ascending.");
  const missed = await page.locator(".sorter").evaluateAll((all) =>
    all.flatMap((button) => {
      button.scrollIntoView({block: "center", inline: "center"});
      const {x, y, width, height} = button.getBoundingClientRect();
      const hits = [-11, 11].flatMap((off) => [
        document.elementFromPoint(x + width / 2 + off, y + height / 2),
        document.elementFromPoint(x + width / 2, y + height / 2 + off),
      ]);
      return hits.every((hit) => hit === button) ? [] : [button.textContent];
    }),
  );
  expect(missed, "24 by 24 px to press").toEqual([]);
  expect(await page.locator(".sorter").count()).toBeGreaterThan(20);
  const up = (await column(page, "table-3", 4)).map((text) => Number.parseFloat(text!));
  expect(up).toEqual([...up].sort((a, b) => a - b));
  await expect(table.locator("tbody .sd")).toHaveCount(printed.join().split("±").length - 1);
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(head.getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => rows()).toEqual(printed);
  expect(await page.locator("#table-4 [aria-sort]").count()).toBe(0);

  // The CSV of a table is a file of its own.
  const link = page.locator("#table-4").getByRole("link", {name: "CSV"});
  const answer = await request.get(new URL((await link.getAttribute("href"))!, page.url()).href);
  expect(answer.status()).toBe(200);
  expect((await answer.text()).split("\r\n")[1]).toMatch(/^FT,175255\.8,73\.8,0\.5,/);
});

test("a chapter's table leads to all its cells", async ({page}) => {
  await page.goto("/chapters/the-problem/");
  await page.getByText("For checkers").click();
  await page.locator("#table-1").getByRole("link", {name: "All its cells"}).click();
  await expect(page).toHaveURL(/\/paper\/#table-1$/);
  await expect(page.locator("#table-1")).toBeInViewport();
});

test.describe("without scripts", () => {
  test.use({javaScriptEnabled: false});

  test("every table is there as text, its heads are words and no buttons", async ({page}) => {
    await page.goto("/paper/");
    await expect(page.locator(".paper-table")).toHaveCount(18);
    expect(await page.locator(".paper-table button").count()).toBe(0);
    await expect(page.locator("#table-2 tbody tr")).toHaveCount(14);
    await expect(page.locator("#table-15 tbody tr")).toHaveCount(30);
    await expect(page.locator("#table-6")).toContainText("±0.5 (WikiSQL), ±0.1 (MultiNLI)");
  });
});
