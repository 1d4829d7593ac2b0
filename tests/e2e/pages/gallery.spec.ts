import {expect} from "@playwright/test";
import {figureNames} from "../../browser/figureNames.ts";
import {expectToFit} from "../../browser/page.ts";
import {listen} from "../../browser/trouble.ts";
import {test} from "../../browser/withoutScripts.ts";
import {aSixth} from "../../third.ts";

const count = figureNames.length;

test("the gallery is searched, says how many are left, and leads to each figure's dialog", async ({page}) => {
  const {trouble} = listen(page);
  await page.emulateMedia({reducedMotion: "reduce"});
  await page.goto("/widgets/");
  const cards = page.locator(".exhibit:visible");
  const status = page.getByRole("search").getByRole("status");
  await expect(cards).toHaveCount(count);
  expect(await page.locator("lora-widget").count()).toBe(0);
  // Pictures, which a screen reader passes over: none is missing, and none comes before it is near the window.
  const pictures = page.locator(".exhibit [aria-hidden] img[loading=lazy]");
  await expect(pictures).toHaveCount(count);
  for (const picture of aSixth(await pictures.all())) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1200);
  }

  const field = page.getByRole("searchbox", {name: "Find a figure"});
  await field.fill("eckart SPECTRUM");
  await expect(cards).toHaveCount(1);
  await expect(status).toHaveText(`1 of ${count} figures`);
  await field.fill("nothing of the kind");
  await expect(cards).toHaveCount(0);
  await expect(status).toContainText("No figure");
  await field.fill("low-rank");
  await expect.poll(() => cards.count()).toBeGreaterThan(1);
  await field.fill("eckart spectrum");
  await expectToFit(page, 320);
  await page.goto((await cards.getByRole("link", {name: "Embed"}).getAttribute("href"))!);
  await expect(page.getByRole("dialog", {name: "Embed this figure"})).toBeVisible();
  expect(trouble).toEqual([]);
});

test("without scripts every figure is listed, and its page has the codes as text", async ({still: page}) => {
  await page.goto("/widgets/");
  await expect(page.locator(".exhibit:visible")).toHaveCount(count);
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await page.locator(".exhibit h2 a").first().click();
  await expect(page.getByRole("button", {name: "Embed this figure"})).toHaveCount(0);
  await page.locator("noscript summary").click();
  await page.getByRole("heading", {name: "Its parameters"}).click();
  await expect(page.getByRole("region", {name: "iframe"})).toContainText('sandbox="allow-scripts');
  await expect(page.getByRole("table").last()).toContainText("origin");
});

test("a widget's page is its figure at full width: the title once, its parameters folded", async ({page}) => {
  await page.setViewportSize({width: 1440, height: 900});
  await page.goto("/widgets/savings/");
  const title = page.getByText("When does low rank pay?", {exact: true});
  await expect(title.filter({visible: true})).toHaveCount(1);
  await expect(page.getByRole("heading", {level: 1})).toHaveText("When does low rank pay?");
  await expect(page.getByRole("figure", {name: "When does low rank pay?"})).toBeVisible();
  expect((await page.locator("figure.widget").boundingBox())!.width).toBe(76 * 16);
  await expect(page.getByRole("table", {name: /^Parameters/})).toHaveCount(0);
  await page.getByRole("heading", {name: "Its parameters"}).click();
  await expect(page.getByRole("table", {name: /^Parameters/})).toHaveCount(3);
  // A link to a part that is folded away opens it.
  await page.goto("/widgets/rank/#common");
  await expect(page.getByRole("table", {name: "Parameters of every figure"})).toBeInViewport();
});
