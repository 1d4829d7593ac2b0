/** The search and the list of keys: opened by every way there is, on a page that may connect to nothing, by keys alone. */
import {expect, type Page, test} from "@playwright/test";
import {findings, ofColor} from "../../browser/axe.ts";
import {listen} from "../../browser/trouble.ts";

test.describe.configure({mode: "parallel"});

const box = (page: Page) => page.getByRole("dialog", {name: "Search"});
const field = (page: Page) => box(page).getByRole("combobox");
const chosen = (page: Page) => box(page).locator("[aria-selected=true]");
const ready = (page: Page) => expect(page.locator("header .search")).toBeEnabled();

test("where readers run programs: it is loaded when it is opened, finds, and leads there", async ({page}) => {
  const {trouble} = listen(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
  await page.goto("/chapters/exercises/");
  await ready(page);
  const isOurs = (path: string) => /\/search\/entries|\/dialogs\./.test(path);
  expect(asked.filter(isOurs)).toEqual([]);

  await page.keyboard.press("Control+k");
  await expect(box(page).getByRole("button", {name: "optimizer memory"})).toBeVisible();
  expect(asked.filter(isOurs)).toHaveLength(2);
  expect(await findings(page, {include: "dialog"}), "nothing typed").toEqual([]);

  await field(page).fill("delta w");
  await expect(box(page).getByRole("status")).toHaveText(/^\d+ places/);
  await expect(chosen(page)).toHaveAttribute("href", /\/glossary\/#update$/);
  await expect(chosen(page).locator("mark").first()).toHaveText("ΔW");
  await expect(chosen(page)).toHaveAttribute("aria-label", /^update, .*ΔW.*, glossary$/);
  expect(await findings(page, {include: "dialog"}), "found, light").toEqual([]);
  await page.emulateMedia({colorScheme: "dark"});
  expect(await findings(page, {include: "dialog", rules: ofColor}), "found, dark").toEqual([]);

  await field(page).fill("two kinds <img src=x onerror=alert(1)>");
  await field(page).fill("zzqqx");
  await expect(box(page).getByRole("status")).toHaveText("Nothing was found for “zzqqx”.");
  await expect(field(page)).toHaveAttribute("aria-expanded", "false");
  await field(page).fill("matrx");
  await field(page).press("ArrowDown");
  const second = (await chosen(page).getAttribute("id"))!;
  expect(second).toBe("found-2");
  await expect(field(page)).toHaveAttribute("aria-activedescendant", second);
  await field(page).press("ArrowUp");
  await field(page).press("ArrowUp");
  await expect(chosen(page)).toHaveAttribute("id", /^found-\d\d$/);

  expect(trouble).toEqual([]);
  await field(page).fill("how to cite");
  await field(page).press("Enter");
  await expect(page).toHaveURL(/\/chapters\/resources\/#cite$/);
  await ready(page);
  await expect(box(page)).toHaveCount(0);
  // On the page itself: the dialog closes and the section is there.
  await page.locator("header .search").click();
  await field(page).fill("where a claim comes from");
  await chosen(page).click();
  await expect(page).toHaveURL(/\/chapters\/resources\/#claims$/);
  await expect(box(page)).toBeHidden();
  await expect(page.locator("#claims")).toBeInViewport();
});

test("keys of one letter wait for a reader who types, and can be switched off for good", async ({page}) => {
  const {trouble} = listen(page);
  await page.setViewportSize({width: 320, height: 640});
  await page.goto("/chapters/exercises/");
  await ready(page);
  const code = page.locator("textarea").first();
  await code.focus();
  await page.keyboard.press("/");
  await page.keyboard.press("?");
  await expect(code).toHaveValue(/^\/\?/);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const keys = page.getByRole("dialog", {name: "Keyboard"});
  await page.locator("h1").click();
  await page.keyboard.press("?");
  await expect(keys).toBeVisible();
  expect(await findings(page, {include: "dialog"})).toEqual([]);
  const wide = await page.evaluate(
    () =>
      [document.documentElement, ...document.querySelectorAll("dialog, .tables")].filter(
        (one) => one.scrollWidth > one.clientWidth + 1,
      ).length,
  );
  expect(wide, "wider than 320 px").toBe(0);
  await keys.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();

  await page.reload();
  await ready(page);
  await page.keyboard.press("/");
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await expect(box(page)).toBeVisible();
  await expect(keys).toHaveCount(0);
  await box(page).getByRole("button", {name: "Close"}).click();
  await page.getByRole("button", {name: "Keyboard"}).click();
  await keys.getByRole("checkbox").check();
  await keys.getByRole("button", {name: "Close"}).click();
  await page.keyboard.press("/");
  await expect(field(page)).toBeFocused();
  expect(trouble).toEqual([]);
});

test("an index that does not come is said, and asked for again; without scripts there is no button", async ({
  page,
  browser,
  baseURL,
}) => {
  await page.route("**/search/entries.js*", (route) => route.abort(), {times: 1});
  await page.goto("/glossary/");
  await page.locator("header .search").click();
  await expect(box(page).getByRole("status")).toContainText("did not load");
  await field(page).fill("ran");
  await box(page).getByRole("button", {name: "Try again"}).click();
  await field(page).fill("rank");
  await expect(chosen(page)).toContainText("rank");

  const still = await browser.newPage({javaScriptEnabled: false, baseURL});
  await still.goto("/glossary/");
  await expect(still.locator("main h1")).toBeVisible();
  const buttons = await still.locator("header.site button, footer.site button").all();
  expect(buttons.length).toBeGreaterThan(2);
  for (const button of buttons) await expect(button).toBeHidden();
  await still.close();
});
