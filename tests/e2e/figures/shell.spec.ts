/** What the shell does for every widget alike: for one of three, another with each third, and for all three before a release. */
import {expect, test} from "@playwright/test";
import {answering, awake, settled} from "../../browser/figure.ts";
import {nudge} from "../../browser/nudge.ts";
import {oneOf} from "../../third.ts";

test.describe.configure({mode: "parallel"});

/** What comes half a second after the reader has settled is looked for more often than Playwright would. */
const soon = {intervals: [50]};

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
    for (const [query, said] of [
      // Names that are no control's are passed over in silence.
      [
        `?zz=1&constructor=2&__proto__=3&${number}=999999`,
        new RegExp(`${number} should be (a (whole )?number from|one of)`),
      ],
      [`?${number}=abc`, /“abc” is not/],
    ] as const) {
      const widget = await answering(page, `${path}${query}`);
      await expect(widget.locator(".notice")).toContainText(said);
      await expect(widget.locator(".notice")).not.toContainText(/zz|constructor|__proto__/);
      await widget.locator(".notice button").click();
      await expect(widget.locator(".notice")).toBeHidden();
    }
  });

  test(`${name}: coming to life makes no node and moves nothing`, async ({page}) => {
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, {seen});
      document.addEventListener("DOMContentLoaded", () => {
        const widget = document.querySelector("lora-widget")!;
        Object.assign(window, {first: [...widget.querySelectorAll("*")]});
        new MutationObserver((records) => {
          // An axis that finds more room than the build gave it names more values.
          for (const {target, addedNodes, removedNodes} of records)
            for (const node of [...addedNodes, ...removedNodes])
              if (node.nodeType === 1 && !(target as Element).matches(".rules, .names"))
                seen.push((node as Element).outerHTML.slice(0, 200));
        }).observe(widget, {childList: true, subtree: true});
      });
    });
    // Its scripts wait until the first frame has been measured, with its fonts.
    let release = () => {};
    const measured = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/*.js", (route) => measured.then(() => route.fallback()));
    await page.goto(path, {waitUntil: "commit"});
    const widget = page.locator("lora-widget");
    await widget.locator(".tools").waitFor({state: "attached"});
    await page.waitForFunction(() =>
      Array.from(document.querySelectorAll("link[rel=stylesheet]"), (it) => (it as HTMLLinkElement).sheet).every(
        Boolean,
      ),
    );
    await page.evaluate(() => document.fonts.ready.then(() => {}));
    const box = await widget.boundingBox();
    release();
    await page.waitForLoadState();
    await widget.evaluate((element) => (element as unknown as {ready: Promise<unknown>}).ready.then(() => true));
    const found = await page.evaluate(() => {
      const {seen, first} = window as unknown as {seen: string[]; first: Element[]};
      const lasting = (all: Element[]) => all.filter((node) => !node.parentElement?.matches(".rules, .names"));
      const now = lasting([...document.querySelector("lora-widget")!.querySelectorAll("*")]);
      const before = first.filter((node) => node.isConnected && lasting([node]).length);
      return {seen, same: now.length === before.length && now.every((node, i) => node === before[i])};
    });
    expect(found).toEqual({seen: [], same: true});
    // Drawn for its width, a picture may be a fraction of a pixel off: nobody sees that.
    await settled(widget);
    const off = Object.entries((await widget.boundingBox())!).filter(
      ([side, at]) => Math.abs(at - box![side as keyof typeof box]) >= 1,
    );
    expect(off).toEqual([]);
  });

  test(`${name}: the live region speaks once, after the reader has settled`, async ({page}) => {
    const heard = () => page.evaluate(() => (window as unknown as {heard: string[]}).heard);
    // A busy machine may take longer from one key to the next than a reader who has settled: then once more.
    await expect(async () => {
      const widget = await awake(page, path);
      const spoken = widget.locator(".spoken");
      await expect(spoken).toHaveText("");
      await spoken.evaluate((element) => {
        const heard: string[] = [];
        Object.assign(window, {heard});
        new MutationObserver(() => heard.push(element.textContent ?? "")).observe(element, {
          childList: true,
          characterData: true,
          subtree: true,
        });
      });
      for (let n = 0; n < 4; n++) await nudge(widget);
      expect(await heard()).toEqual([]);
      await expect.poll(heard, soon).toHaveLength(1);
      await page.waitForTimeout(700);
      expect(await heard()).toEqual([expect.stringContaining((await widget.locator(".sentence").textContent())!)]);
    }).toPass();
  });
}
