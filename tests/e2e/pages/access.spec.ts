/** No violation of any axe rule in any state a widget can be in, in both themes. */
import {expect, type Locator, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {answering, awake, set, stateOf} from "../../browser/figure.ts";
import {figureNames} from "../../browser/figureNames.ts";
import {isAll, oneOf} from "../../third.ts";

test.describe.configure({mode: "parallel"});

/** Each control at each of its ends, as the form has them; a choice at each of its values. */
const endsOf = (widget: Locator) =>
  widget
    .locator(".controls")
    .evaluate((form) =>
      [...form.querySelectorAll<HTMLInputElement>("input:not([type=hidden])")].flatMap(
        ({type, name, value, min, max}) => (type === "radio" ? [{[name]: value}] : [{[name]: min}, {[name]: max}]),
      ),
    );

/** The first and the last value of each choice. */
const outer = (states: readonly Record<string, string>[]) =>
  states.filter((_, i) => {
    const nameAt = (n: number) => Object.keys(states[n] ?? {})[0];
    return nameAt(i - 1) !== nameAt(i) || nameAt(i + 1) !== nameAt(i);
  });

// Names and roles are checked in unit tests for every state there; this looks at all of them as they are painted.
for (const name of isAll ? figureNames : []) {
  test(`${name}: at both ends of every control`, async ({page}) => {
    test.setTimeout(480_000);
    await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
    // As it begins it is looked at where its page is crawled, in both themes; the dark again below, with everything open.
    const widget = await answering(page, `/widgets/${name}/`);
    const now = await stateOf(widget);
    const isNew = (state: Record<string, string>) =>
      Object.entries(state).some(([key, value]) => String(now[key]) !== value);
    for (const state of outer(await endsOf(widget)).filter(isNew)) {
      await set(widget, {...now, ...state});
      expect(await findings(page, {include: "lora-widget"}), JSON.stringify(state)).toEqual([]);
    }
  });
}

test("a symbol under the pointer lights wherever it stands; tools of figures have their numbers", async ({page}) => {
  await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
  await awake(page, "/chapters/low-rank/");
  // axe reads all of a chapter.
  for (const symbol of oneOf(["B", "A", "dW"])) {
    const place = page.locator(`lora-widget [data-symbol="${symbol}"]:not(svg *)`).first();
    const lit = async () => {
      await place.hover();
      return page.locator("[data-lit]").count();
    };
    await expect.poll(lit, symbol).toBeGreaterThan(2);
    // Pinned, they stay lit while axe looks, whatever a figure draws anew under the pointer.
    await page.locator(`.symbols button[data-symbol="${symbol}"]`).first().click();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({colorScheme});
      expect(
        await findings(page, {include: "[data-lit]", rules: ["color-contrast"]}),
        `${symbol}, ${colorScheme}`,
      ).toEqual([]);
    }
  }

  await page.keyboard.press("Escape");
  const names = await page.locator(".tools").evaluateAll((all) => all.map((bar) => bar.getAttribute("aria-label")));
  expect(names.length).toBeGreaterThan(2);
  expect(new Set(names).size).toBe(names.length);
  for (const number of ["2.1", "2.3"])
    await expect(page.getByRole("button", {name: `Explore Figure ${number}`})).toHaveCount(1);
  await page.getByRole("button", {name: "Explore Figure 2.1"}).click();
  await expect(
    page.getByRole("toolbar", {name: "Figure 2.1, tools"}).getByRole("button", {name: "Embed"}),
  ).toBeVisible();
  await page.goto("/chapters/the-mechanism/");
  await expect(page.getByRole("group", {name: /^Figure 3\.\d, run$/}).first()).toBeVisible();
});

test("what is heard: texts begin at their title, symbols have names, an embed says its title once", async ({page}) => {
  await page.setViewportSize({width: 320, height: 256});
  await page.goto("/chapters/low-rank/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("h1")).toBeFocused();
  await expect(page.locator('.symbols [data-symbol="B"]').first()).toHaveAccessibleName(/^B, .+, d by r$/);
  for (const path of ["/", "/lab/", "/paper/", "/embedding/", "/teach/"]) {
    await page.goto(path);
    await expect(page.locator('a.skip[href="#text"]')).toHaveCount(1);
    await expect(page.locator('h1#text[tabindex="-1"]'), path).toHaveCount(1);
  }
  await page.goto("/widgets/train/");
  await expect(page.locator(".time"), "no room to stay in sight").toHaveCSS("position", "static");
  await page.goto("/embed/rank/");
  const title = (await page.locator("h1").textContent())!;
  await expect(page.getByRole("figure", {name: title, exact: true})).toHaveCount(1);
  await expect(page.getByRole("slider").first()).toHaveAttribute("aria-valuetext", "4 of 48");
  expect((await page.locator("body").ariaSnapshot()).split(title)).toHaveLength(3);
});
