import {readdirSync} from "node:fs";
import {expect, test} from "@playwright/test";
import {findings, ofColor} from "../../browser/axe.ts";
import {listen} from "../../browser/trouble.ts";

const count = readdirSync(new URL("../../../dist/embed", import.meta.url)).length;

test("the gallery is searched, says how many are left, and leads to each figure's dialog", async ({page}) => {
  const {trouble} = listen(page);
  await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
  await page.goto("/widgets/");
  const cards = page.locator(".exhibit:visible");
  const status = page.getByRole("search").getByRole("status");
  await expect(cards).toHaveCount(count);
  expect(await page.locator("lora-widget").count()).toBe(0);
  expect(await findings(page)).toEqual([]);
  await page.emulateMedia({colorScheme: "dark"});
  expect(await findings(page, {rules: ofColor})).toEqual([]);
  const still = page.locator(".exhibit img").first();
  await expect.poll(() => still.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(680);

  const field = page.getByRole("searchbox", {name: "Find a figure"});
  await field.fill("eckart SPECTRUM");
  await expect(cards).toHaveCount(1);
  await expect(status).toHaveText(`1 of ${count} figures`);
  await field.fill("nothing of the kind");
  await expect(cards).toHaveCount(0);
  await expect(status).toContainText("No figure");
  await field.fill("low-rank");
  expect(await cards.count()).toBeGreaterThan(1);
  await field.fill("eckart spectrum");
  await page.setViewportSize({width: 320, height: 700});
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await page.goto((await cards.getByRole("link", {name: "Embed"}).getAttribute("href"))!);
  await expect(page.getByRole("dialog", {name: "Embed this figure"})).toBeVisible();
  expect(trouble).toEqual([]);
});

test("without scripts every figure is listed, and its page has the codes as text", async ({browser, baseURL}) => {
  const context = await browser.newContext({javaScriptEnabled: false, baseURL: baseURL!});
  const page = await context.newPage();
  await page.goto("/widgets/");
  await expect(page.locator(".exhibit:visible")).toHaveCount(count);
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await page.locator(".exhibit h2 a").first().click();
  await expect(page.getByRole("button", {name: "Embed this figure"})).toHaveCount(0);
  await expect(page.getByRole("region", {name: "iframe"})).toContainText('sandbox="allow-scripts');
  await expect(page.getByRole("table").last()).toContainText("xapi");
  await context.close();
});
