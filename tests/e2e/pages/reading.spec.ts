import {expect, test} from "@playwright/test";
import {answering} from "../../browser/figure.ts";
import {aThird, oneOf} from "../../third.ts";

test.describe.configure({mode: "parallel"});

test("what a reader moved and answered is what is printed, black on white in a dark theme", async ({page}) => {
  await page.addInitScript(() => localStorage.setItem("lora-live:theme", "dark"));
  const widget = await answering(page, "/chapters/low-rank/", "#figure-2-3");
  const printed = widget.locator(".stated");
  await expect(printed).toBeHidden();
  await widget.locator('.field[type="range"]').first().fill("9");
  const sentence = await widget.locator(".sentence").textContent();
  const choices = page.locator(".quiz[data-kind=choice]");
  const [asked, other] = [choices.first(), choices.nth(1)];
  await asked.locator("input").first().check();
  await asked.locator(".quiz-check").click();
  await asked.locator(".quiz-answer summary").click();

  await page.emulateMedia({media: "print"});
  await expect(printed).toContainText(/Rank r = 9 · .* · http.*\/widgets\/rank\/\?r=9/);
  await expect(widget.locator(".sentence")).toHaveText(sentence!);
  expect(sentence).toContain("rank 9");
  await expect(widget.locator(".data")).toBeHidden();
  await expect(asked.locator(".quiz-answer li").first()).toBeVisible();
  await expect(other.locator(".quiz-options")).toBeVisible();
  await expect(other.locator(".quiz-answer, .quiz-check").first()).toBeHidden();
  await expect(page.locator(".to").first()).toBeHidden();
  const colors = await page.locator("h1").evaluate((title) => {
    const {color} = getComputedStyle(title);
    return {color, ground: getComputedStyle(document.body).backgroundColor};
  });
  expect(colors).toEqual({color: "rgb(29, 30, 34)", ground: "rgba(0, 0, 0, 0)"});

  await test.step("no header, footer, buttons or controls; text, formulas and figures stay", async () => {
    for (const chrome of [
      "header.site",
      "footer.site",
      ".skip",
      "nav.bar",
      ".onward",
      "lora-widget .controls",
      "lora-widget .tools",
      "lora-widget .explore",
    ]) {
      const all = await page.locator(chrome).all();
      expect(all.length, chrome).toBeGreaterThan(0);
      for (const one of all) await expect(one, chrome).toBeHidden();
    }
    await expect(page.locator("h1")).toBeVisible();
    expect(await page.locator(".katex").count()).toBeGreaterThan(3);
    const figures = await page.locator("lora-widget").all();
    expect(figures.length).toBeGreaterThan(2);
    for (const figure of figures) {
      // Of a picture's frames, the one that is as wide as the paper.
      await expect(figure.locator(".picture svg").filter({visible: true}).first()).toBeVisible();
      await expect(figure.locator(".sentence")).toBeVisible();
    }
  });
});

/** How wide an A4 sheet is within its margins, in CSS pixels. */
const SHEET = Math.round(((210 - 32) / 25.4) * 96);

test("the widest tables and formulas fit the sheet", async ({page}) => {
  await page.setViewportSize({width: SHEET, height: 900});
  await page.emulateMedia({media: "print"});
  for (const slug of oneOf(["results", "interview-practice", "formulas"])) {
    await page.goto(`/chapters/${slug}/`);
    const wide = await page.evaluate((width) => {
      const edges = [...document.querySelectorAll("main :is(table, .katex-display, .chart, pre)")];
      return edges
        .filter((one) => one.getBoundingClientRect().right > width + 1)
        .map((one) => one.outerHTML.slice(0, 80));
    }, SHEET);
    expect(wide, slug).toEqual([]);
  }
});

test("a heading, a figure and an equation have a link to themselves", async ({page}) => {
  await page.goto("/chapters/low-rank/");
  const heading = page.getByRole("heading", {name: "What rank counts", exact: true});
  const link = page.getByRole("link", {name: "Link to What rank counts"});
  await expect(link).toHaveCSS("opacity", "0");
  await heading.hover();
  await expect(link).toHaveCSS("opacity", "1");
  for (const [one, hash] of [
    [link, "#rank"],
    [page.getByRole("link", {name: "Link to Figure 2.1"}), "#figure-2-1"],
    [page.getByRole("link", {name: "Link to equation 2.1"}), "#eq-2-1"],
  ] as const) {
    await one.focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`${hash}$`));
  }
  await expect(page.locator("[aria-current=location]")).toHaveCount(1);
});

test("the home page leads on from where the reader was, when that is kept", async ({page}) => {
  await page.addInitScript(() => {
    localStorage.setItem("lora-live:v1:keep", "yes");
    localStorage.setItem("lora-live:v1:chapter:the-problem", '"finished"');
  });
  await page.goto("/");
  await expect(page.locator(".actions .first")).toHaveText("Go on with chapter 2");
  await expect(page.locator(".actions .first")).toHaveAttribute("href", /\/chapters\/low-rank\/$/);
});

test("a symbol under the title can be pressed with the mouse, also beside a figure there", async ({page}) => {
  await page.setViewportSize({width: 1440, height: 900});
  for (const slug of aThird(["low-rank", "the-mechanism", "where-to-adapt", "results", "legacy"])) {
    await page.goto(`/chapters/${slug}/`);
    const symbol = page.locator(".symbols button").first();
    const {x, y, width, height} = (await symbol.boundingBox())!;
    await expect(symbol).toBeEnabled();
    await page.mouse.click(x + width / 2, y + height / 2);
    await expect(symbol, slug).toHaveAttribute("aria-pressed", "true");
  }
});
