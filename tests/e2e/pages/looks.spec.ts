/** What a reader sees before anything is pressed: letters large enough at every width, legends like their curves, bars in our color. */
import {readdirSync} from "node:fs";
import {expect, test} from "@playwright/test";
import {tooSmall} from "../../browser/letters.ts";
import {aThird, isAll} from "../../third.ts";

test.describe.configure({mode: "parallel"});

const chapters = readdirSync("content/chapters").map((name) => name.replace(/^\d+-(.*)\.mdx$/, "$1"));
/** Once had letters under 12 px: two of their pictures in narrow windows, one in a wide one. */
const once = ["the-problem", "low-rank", "where-to-adapt"].map((name) => `chapters/${name}`);
const pages = [...chapters.map((name) => `chapters/${name}`), "embedding", "embedding/developers", "engine", "paper"];
const some = isAll ? pages : [...new Set([...once, "embedding/developers", ...aThird(pages)])];

/** Marks of a legend whose line has another color than the curve with the same classes in its picture. Runs on the page. */
function unlike(figure: Element): string[] {
  const classes = (node: Element) =>
    [...node.classList]
      .filter((name) => name !== "drawn")
      .sort()
      .join(" ");
  const look = (node: Element) => getComputedStyle(node).stroke;
  return [...figure.querySelectorAll(".key .drawn.line")].flatMap((sample) => {
    const curve = [...figure.querySelectorAll(".chart .line")].find((line) => classes(line) === classes(sample));
    return curve && look(curve) !== look(sample)
      ? [`${classes(sample)}: ${look(sample)}, its curve ${look(curve)}`]
      : [];
  });
}

for (const path of some)
  test(`/${path}/ has no letters under 12 px at 320, 375, 768 or 1440 px, and legends like their curves`, async ({
    page,
  }) => {
    await page.goto(`/${path}/`);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    // A figure is drawn for its room once it starts; until then it is the build's drawing, scaled.
    await page.locator("lora-widget").evaluateAll(async (all) => {
      await Promise.all((all as (HTMLElement & {set(raw: object): Promise<unknown>})[]).map((one) => one.set({})));
    });
    for (const width of [320, 375, 768, 1440]) {
      await page.setViewportSize({width, height: 900});
      await expect.poll(() => page.locator("body").evaluate(tooSmall), `at ${width} px`).toEqual([]);
    }
    for (const figure of await page.locator(".picture:has(.key .line)").all())
      expect(await figure.evaluate(unlike)).toEqual([]);
  });

for (const colorScheme of ["light", "dark"] as const)
  test(`progress bars are painted in our color, not the browser's, ${colorScheme}`, async ({page}) => {
    await page.emulateMedia({colorScheme});
    await page.goto("/offline/");
    // A copy, because the page's script hides its own bar again while nothing is on its way.
    const due = await page
      .locator("progress")
      .first()
      .evaluate((it: HTMLProgressElement) => {
        const copy = it.cloneNode() as HTMLProgressElement;
        Object.assign(copy, {id: "copy", hidden: false, value: 1});
        it.after(copy);
        const probe = document.createElement("i");
        probe.style.color = "var(--live)";
        document.body.append(probe);
        return getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
      });
    const bar = page.locator("#copy");
    const png = (await bar.screenshot()).toString("base64");
    const painted = await page.evaluate(async (data) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))]));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0);
      return [...context.getImageData(image.width / 2, image.height / 2, 1, 1).data.slice(0, 3)];
    }, png);
    for (const [i, part] of painted.entries())
      expect(Math.abs(part - due[i]!), `${painted} for ${due}`).toBeLessThan(12);
    await page.emulateMedia({forcedColors: "active"});
    expect(await bar.evaluate((it) => getComputedStyle(it).forcedColorAdjust)).toBe("auto");
  });
