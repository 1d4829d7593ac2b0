/** What is wider than a phone shows that it goes on, and goes on by keys; what a link could not have is said in sight. */
import {expect, type Locator, test} from "@playwright/test";
import {findings} from "../../browser/axe.ts";
import {awake} from "../../browser/figure.ts";
import {unfold} from "../../browser/page.ts";
import {aSixth} from "../../third.ts";

test.use({viewport: {width: 375, height: 800}});

/** How far the outermost pixels of a box are from those 60 px further in, at the middle of its height: 0 to 255. */
async function shades(box: Locator): Promise<{left: number; right: number}> {
  const png = (await box.screenshot()).toString("base64");
  return box.page().evaluate(async (data) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    // The commonest color of a column of pixels is what stands behind its words.
    const behind = (x: number) => {
      const {data} = context.getImageData(x, 2, 1, image.height - 4);
      const counts = new Map<number, number>();
      for (let i = 0; i < data.length; i += 4) counts.set(data[i]!, (counts.get(data[i]!) ?? 0) + 1);
      return [...counts].sort(([, a], [, b]) => b - a)[0]![0];
    };
    return {
      left: Math.abs(behind(1) - behind(60)),
      right: Math.abs(behind(image.width - 2) - behind(image.width - 61)),
    };
  }, png);
}

const chapters = ["the-problem", "where-to-adapt", "adapters-prefixes-lora"];
const looks = (["light", "dark"] as const).flatMap((scheme) => chapters.map((chapter) => [chapter, scheme] as const));

for (const [chapter, colorScheme] of aSixth(looks))
  test(`${chapter}, ${colorScheme}: what is wide has a shade where it goes on, and arrows move it`, async ({page}) => {
    await page.emulateMedia({colorScheme, reducedMotion: "reduce"});
    await page.goto(`/chapters/${chapter}/`);
    // Some tables are folded away.
    await unfold(page.locator(".prose details"));
    let wide = 0;
    for (const box of await page.locator(".prose :is(.scroller, .katex-display):visible").all()) {
      const {most, name} = await box.evaluate((it) => ({
        most: it.scrollWidth - it.clientWidth,
        name: it.ariaLabel,
      }));
      if (most <= 1) {
        const {left, right} = await shades(box);
        expect(left + right, `${name} fits`).toBeLessThan(8);
        continue;
      }
      wide++;
      expect(name).toBeTruthy();
      await box.focus();
      const start = await shades(box);
      expect(start.left, name!).toBeLessThan(8);
      expect(start.right, name!).toBeGreaterThan(20);
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => box.evaluate((it) => it.scrollLeft), name!).toBeGreaterThan(0);
      await box.evaluate((it) => it.scrollTo({left: it.scrollWidth, behavior: "instant"}));
      const end = await shades(box);
      expect(end.left, name!).toBeGreaterThan(20);
      expect(end.right, name!).toBeLessThan(8);
    }
    expect(wide).toBeGreaterThan(0);
    expect(await findings(page, {rules: ["scrollable-region-focusable"]})).toEqual([]);
  });

test("what a link could not have is said in sight of the controls, and goes when it is dismissed", async ({page}) => {
  const widget = await awake(page, "/widgets/cost/?model=custom&d=1000000&layers=500");
  const notice = widget.locator(".notice");
  await expect(notice).toBeInViewport({ratio: 1});
  await expect(widget.locator(".controls")).toBeInViewport();
  await expect(notice).toContainText("1000000 is not, so 16,384 is shown");
  await expect(notice).toContainText("500 is not, so 128 is shown");
  await notice.getByRole("button", {name: "Dismiss"}).click();
  await expect(notice).toBeHidden();
});
