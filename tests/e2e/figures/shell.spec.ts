/** What the shell does for every widget alike: for one of three, another with each third, and for all three before a release. */
import {expect, test} from "@playwright/test";
import {answering, awake} from "../../browser/figure.ts";
import {nudge} from "../../browser/nudge.ts";
import {noted} from "../../browser/page.ts";
import {oneOf} from "../../third.ts";

test.describe.configure({mode: "parallel"});

/** One that answers at once and one that trains, each with a number that it takes. */
const figures = [
  ["rank", "r"],
  ["train", "step"],
] as const;

for (const [name, number] of oneOf(figures)) {
  const path = `/widgets/${name}/`;

  test(`${name}: the toolbar is one stop; arrows, Home and End move inside it and it remembers`, async ({page}) => {
    const widget = await answering(page, path);
    const at = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.do);
    await widget.locator("[data-do=reset]").focus();
    for (const [key, tool] of [
      ["ArrowRight", "link"],
      ["End", "save"],
      ["ArrowRight", "reset"],
      ["ArrowLeft", "save"],
      ["Home", "reset"],
      ["ArrowRight", "link"],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => at()).toBe(tool);
    }
    await page.keyboard.press("Shift+Tab");
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest(".tools"))).toBeNull();
    await page.keyboard.press("Tab");
    await expect.poll(() => at()).toBe("link");
  });

  test(`${name}: what a link cannot set is said in words, once, and can be dismissed`, async ({page}) => {
    const beyond = new RegExp(`${number} should be (a (whole )?number from|one of)`);
    for (const [query, said] of [
      // Names that are no control's are passed over in silence.
      [`?zz=1&constructor=2&__proto__=3&${number}=999999`, beyond],
      [`?${number}=abc`, /“abc” is not/],
    ] as const) {
      const widget = await answering(page, `${path}${query}`);
      await expect(widget.locator(".notice")).toContainText(said);
      await expect(widget.locator(".notice")).not.toContainText(/zz|constructor|__proto__/);
      await widget.locator(".notice button").click();
      await expect(widget.locator(".notice")).toBeHidden();
    }
  });

  test(`${name}: the live region speaks once, after the reader has settled`, async ({page}) => {
    // A busy machine may take longer from one key to the next than a reader who has settled: then once more.
    await expect(async () => {
      const widget = await awake(page, path);
      const spoken = widget.locator(".spoken");
      await expect(spoken).toHaveText("");
      const heard = await noted(spoken);
      for (let n = 0; n < 4; n++) await nudge(widget);
      expect(await heard()).toEqual([]);
      await expect.poll(heard, {intervals: [50]}).toHaveLength(1);
      await page.waitForTimeout(700);
      expect(await heard()).toEqual([expect.stringContaining((await widget.locator(".sentence").textContent())!)]);
    }).toPass();
  });
}
