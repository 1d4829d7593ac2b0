import {expect, type Page} from "@playwright/test";
import {chapterSlugs} from "../../browser/chapterSlugs.ts";
import {noStorage} from "../../browser/denied.ts";
import {listen} from "../../browser/trouble.ts";
import {test} from "../../browser/withoutScripts.ts";

test.describe.configure({mode: "parallel"});

test("the home page trains the lab in its card, and without scripts shows how it begins", async ({page, still}) => {
  test.slow();
  const {trouble} = listen(page);
  await page.goto("/");
  const lab = page.locator("lora-widget[name=lab]");
  await lab.scrollIntoViewIfNeeded();
  const says = lab.locator(".says");
  await expect(says).toHaveText("Nothing is trained yet.");
  await lab.locator(".time > [data-do=play]").click();
  await expect(says).toContainText("letters in doubt", {timeout: 60_000});
  expect(trouble).toEqual([]);
  await still.goto("/");
  await expect(still.locator("lora-widget[name=lab] .picture")).toContainText("letters in doubt");
  await expect(still.locator(".path li a")).toHaveCount(chapterSlugs.length);
});

test("a wrong address answers 404 with ways on", async ({page}) => {
  const response = await page.goto("/nowhere/at/all/");
  expect(response!.status()).toBe(404);
  await expect(page.locator("h1")).toHaveText("There is no page here");
  await expect(page.locator("main ol a")).toHaveCount(14);
  await page.locator("main a").first().click();
  await expect(page.locator("h1")).toHaveText("Widgets");
});

test.describe("the theme", () => {
  const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  /** The theme whose color the window around the page has. */
  const around = (page: Page) =>
    page.evaluate(() => {
      const metas = [...document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")];
      return metas.filter(({media}) => matchMedia(media).matches).map(({dataset}) => dataset.theme);
    });
  const light = "rgb(252, 251, 248)";
  const dark = "rgb(21, 22, 26)";

  test("goes round system, dark, light; holds on other pages and after a reload", async ({page}) => {
    await page.goto("/");
    const button = page.locator("button.theme");
    await expect(button).toHaveAccessibleName("Theme: as your system. Change it.");
    expect(await ground(page)).toBe(light);
    await button.click();
    await expect(button).toHaveAccessibleName("Theme: dark. Change it.");
    expect(await ground(page)).toBe(dark);
    expect(await around(page)).toEqual(["dark"]);
    await page.reload();
    expect(await ground(page)).toBe(dark);
    await expect.poll(() => around(page)).toEqual(["dark"]);
    await page.goto("/glossary/");
    expect(await ground(page)).toBe(dark);
    await page.emulateMedia({colorScheme: "dark"});
    await button.click();
    await expect(button).toHaveAccessibleName("Theme: light. Change it.");
    expect(await ground(page)).toBe(light);
    expect(await around(page)).toEqual(["light"]);
    await button.click();
    await expect.poll(() => ground(page)).toBe(dark);
    expect(await around(page)).toEqual(["dark"]);
    await page.emulateMedia({colorScheme: "light"});
    expect(await ground(page)).toBe(light);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  test("works for this page where nothing may be stored", async ({page}) => {
    const {trouble} = listen(page);
    await noStorage(page);
    await page.goto("/chapters/low-rank/");
    await page.locator("button.theme").click();
    await expect.poll(() => ground(page)).toBe(dark);
    expect(trouble).toEqual([]);
  });

  test("a stored word that is no theme is ignored", async ({page}) => {
    await page.addInitScript(() => localStorage.setItem("lora-live:theme", "<img onerror=alert(1)>"));
    await page.goto("/");
    expect(await ground(page)).toBe(light);
  });
});
