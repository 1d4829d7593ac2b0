/** The words that a merge of two adapters of our own lab writes: with the weights, without a network, and for whom they are not. */
import {readFileSync} from "node:fs";
import {expect, type Page, test} from "@playwright/test";
import {findingsInBothThemes} from "../../browser/axe.ts";
import {held} from "../../browser/held.ts";
import {expectToFit, noted} from "../../browser/page.ts";

test.describe.configure({mode: "parallel"});

const samples = JSON.parse(
  readFileSync(new URL("../../../content/lab/samples.weights.json", import.meta.url), "utf8"),
) as Record<string, {config: string; model: string}>;

/** A sample's files, as if its config named another base. */
const filesOf = (name: string, base: string) => [
  {
    name: "adapter_config.json",
    mimeType: "application/json",
    buffer: Buffer.from(samples[name]!.config.replace('"word-forge"', JSON.stringify(base))),
  },
  {
    name: "adapter_model.safetensors",
    mimeType: "application/octet-stream",
    buffer: Buffer.from(samples[name]!.model, "base64"),
  },
];
type Files = ReturnType<typeof filesOf>;
const tab = (page: Page, name: string) => page.getByRole("tab", {name, exact: true});
const part = (page: Page) => page.locator(".inspect-words");
const columns = (page: Page) =>
  page
    .locator(".inspect-written tbody")
    .evaluate((body) =>
      [0, 1, 2].map((i) => Array.from((body as HTMLTableSectionElement).rows, (row) => row.cells[i]!.textContent)),
    );

/** Opens two adapters and goes to Merge. */
async function merge(page: Page, first: Files, second: Files) {
  await page.goto("/inspect/");
  const input = page.locator("input[name=files]");
  await input.setInputFiles(first);
  await expect(page.locator(".reader").first()).toBeVisible();
  await input.setInputFiles(second);
  await expect(page.locator(".chip")).toHaveCount(2);
  await tab(page, "Merge").click();
  await expect(page.locator(".inspect-sentence")).toContainText("The merge has rank");
}

async function samplesMerged(page: Page) {
  await page.goto("/inspect/");
  await page.locator("[data-sample=two]").click();
  await expect(page.locator(".inspect-grid").first()).toBeVisible();
  await tab(page, "Merge").click();
}
const ready = (page: Page) => expect(page.locator(".inspect-written td")).toHaveCount(18);

test("two of ours: words of each alone and of the merge follow the weights, and are read out", async ({page}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/inspect/");
  await page.locator("[data-sample=two]").click();
  await expect(page.locator(".inspect-grid").first()).toBeVisible();
  expect(asked.filter((url) => url.includes("word-forge"))).toEqual([]);
  await tab(page, "Merge").click();
  await ready(page);
  expect(asked.filter((url) => url.includes("word-forge"))).toHaveLength(1);
  const [one, two, both] = await columns(page);
  for (const word of [...one!, ...two!, ...both!]) expect(word).toMatch(/^([a-z]{1,11}|–)$/);
  expect(new Set([one, two, both].map(String)).size).toBe(3);
  await page.getByRole("button", {name: "1 only", exact: true}).click();
  await expect(part(page)).toContainText("The merge matches adapter 1 in every row.");
  expect(await columns(page)).toEqual([one, two, one]);
  const heard = part(page).locator("p.spoken");
  await expect(heard).toHaveAttribute("role", "status");
  await expect(heard).toHaveText(
    `At 1.00 and 0.00 the merge writes ${one!.slice(0, -1).join(", ")} and ${one!.at(-1)}.`,
  );
  await page.getByRole("button", {name: "2 only", exact: true}).click();
  await expect(part(page)).toContainText("The merge matches adapter 2 in every row.");
  expect(await columns(page)).toEqual([one, two, two]);
  const sliders = page.locator(".inspect-weight input");
  await sliders.first().focus();
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageUp");
  await expect.poll(() => columns(page)).toEqual([one, two, both]);
  await sliders.first().fill("0");
  await sliders.nth(1).fill("0");
  await expect(part(page)).toContainText("With both weights at 0, the last column is the base alone.");
  await part(page).getByRole("button", {name: "New words"}).click();
  await expect.poll(async () => (await columns(page))[0]).not.toEqual(one);
});

test("while a slider is dragged no words are read out; letters in doubt come when asked for", async ({page}) => {
  await samplesMerged(page);
  await ready(page);
  const heard = part(page).locator("p.spoken");
  await expect(heard).toContainText("At 1.00 and 1.00");
  const texts = await noted(heard);
  const slider = page.locator(".inspect-weight input").first();
  await slider.evaluate(async (field: HTMLInputElement) => {
    for (let tenth = -10; tenth <= 20; tenth++) {
      field.value = String(tenth / 10);
      field.dispatchEvent(new Event("input", {bubbles: true}));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });
  await expect(heard).toContainText("At 2.00 and 1.00");
  expect(await texts()).toEqual([expect.stringContaining("At 2.00 and 1.00")]);
  await part(page).locator("summary").click();
  const cells = page.locator(".inspect-doubts td");
  await expect(cells).toHaveCount(12);
  await expect(part(page).locator("table").last()).not.toContainText("…");
  const names = await page.locator(".inspect-doubts tbody tr").first().locator("td").allInnerTexts();
  expect(names[0]).toBe("15.1");
  expect(Number(names[1])).toBeLessThan(10);
  await page.getByRole("button", {name: "1 only", exact: true}).click();
  await expect(cells.nth(3)).toHaveText(names[1]!);

  await expectToFit(page, 375);
  expect(await findingsInBothThemes(page, {include: ".inspect-words"})).toEqual([]);
});

test("if the forge does not load, that is said, and the screen works", async ({page}) => {
  await page.route(/word-forge/, (route) => route.abort());
  await samplesMerged(page);
  await expect(part(page).getByRole("status").first()).toHaveText(
    "The word forge did not load. Reload the page and open the files again.Reload",
  );
  await expect(page.locator("td[data-module].filled")).toHaveCount(12);
});

test("while the forge is on its way the page says so", async ({page}) => {
  const go = await held(page, /word-forge/);
  await samplesMerged(page);
  await expect(part(page).getByRole("status").first()).toHaveText("The word forge is being loaded…");
  await tab(page, "Resize").click();
  await tab(page, "Merge").click();
  go();
  await ready(page);
});

test("an adapter of another base gets no words beside one of ours, which says why", async ({page}) => {
  await merge(page, filesOf("names4", "word-forge"), filesOf("french4", "some/base"));
  await expect(part(page)).toContainText("The other names some/base as its base, so the forge cannot write with both.");
  await expect(page.locator(".inspect-written")).toHaveCount(0);
});

test("what TIES loses is said once it is made, before it is saved, and forgotten with the settings", async ({page}) => {
  await samplesMerged(page);
  await page.getByRole("button", {name: "Take the merge home"}).click();
  await page.locator(".inspect-form select").nth(1).selectOption("ties");
  const lost = page.locator(".inspect-lost");
  const unknown = "You will see what this cut loses once it is made, before you save it.";
  const taken = page.locator(".inspect-taken");
  await expect(lost).toHaveText(unknown);
  await page.getByRole("button", {name: "Make the files"}).click();
  await expect(taken).toContainText(/Ready\. Cutting the merge changed it by \d\d\.\d\d% of its length\./);
  await expect(lost).toHaveCount(0);
  await page.getByLabel("Share of entries kept").fill("0.3");
  await expect(taken).toBeEmpty();
  await expect(lost).toHaveText(unknown);
});
