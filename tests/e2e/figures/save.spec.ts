import {readFile} from "node:fs/promises";
import {expect, type Locator, type Page, test} from "@playwright/test";
import {answering} from "../../browser/figure.ts";
import {frameTag, RECOMMENDED} from "../../browser/frameTag.ts";
import {savedBy} from "../../browser/page.ts";
import {closeOtherSites, head, otherSite} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";

test.afterAll(closeOtherSites);

const tool = (page: Page, name: string) => page.locator("lora-widget").getByRole("button", {name, exact: true});

/** Saves in a format, one of those that “Save as…” shows. */
async function saved(page: Page, kind: "SVG" | "PNG" | "CSV", tools: Locator = page.locator("lora-widget .tools")) {
  const button = tools.getByRole("button", {name: kind, exact: true});
  if (!(await button.isVisible())) await tools.getByRole("button", {name: "Save as…"}).click();
  const file = await savedBy(button);
  return {name: file.suggestedFilename(), bytes: await readFile(await file.path())};
}

test("a copied link opens the same state", async ({page, context, baseURL}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], {origin: baseURL});
  await answering(page, "/widgets/rank/?source=noise");
  await page.locator("input[name=r]").press("ArrowUp");
  await tool(page, "Copy link").click();
  await expect(page.locator(".notice")).toContainText("copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${baseURL}/widgets/rank/?r=5&source=noise`);
  const sentence = await page.locator(".sentence").textContent();
  await page.goto(link);
  await expect(page.locator(".sentence")).toHaveText(sentence as string);
});

test("where the clipboard is refused, the link stands selected in a field", async ({page, baseURL}) => {
  const {trouble} = listen(page);
  await page.goto(await otherSite({"/": `${head}<body>${frameTag(`${baseURL}/embed/rank/?r=8`)}`}));
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", {name: "Copy link"}).click();
  const field = frame.getByRole("textbox", {name: "Link to this state"});
  await expect(field).toHaveValue(`${baseURL}/widgets/rank/?r=8`);
  await expect(field).toBeFocused();
  expect(await field.evaluate((node: HTMLInputElement) => node.selectionEnd)).toBe(
    `${baseURL}/widgets/rank/?r=8`.length,
  );
  expect(trouble.filter((line) => !/Clipboard API has been blocked/.test(line))).toEqual([]);
});

test("a figure is saved as SVG that needs no style sheet, the same as PNG, its table as CSV", async ({
  page,
  context,
}) => {
  await answering(page, "/widgets/rank/?r=3&row=5&column=7");
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({colorScheme});
    const {name, bytes} = await saved(page, "SVG");
    expect(name).toBe("lora-rank-r3-row5-column7.svg");
    const text = bytes.toString("utf8");
    const shown = await page.locator("lora-widget .picture svg:visible").count();
    // Our pages parse no text; an empty one does.
    const empty = await page.context().newPage();
    const seen = await empty.evaluate((source) => {
      const document = new DOMParser().parseFromString(source, "image/svg+xml");
      const all = [...document.querySelectorAll("*")];
      const texts = [...document.querySelectorAll("text")].map((node) => node.textContent).join(" ");
      return {
        errors: document.querySelectorAll("parsererror").length,
        drawings: document.querySelectorAll("svg svg").length,
        classes: all.filter((node) => node.hasAttribute("class")).length,
        // A field that catches the pointer is a rectangle that paints nothing.
        unpainted: all.filter((node) => node.localName === "rect" && node.getAttribute("fill") === "rgba(0, 0, 0, 0)")
          .length,
        texts,
        described: document.querySelector("svg > desc")?.textContent,
        ground: document.querySelector("rect")?.getAttribute("fill"),
      };
    }, text);
    expect(seen).toMatchObject({errors: 0, drawings: shown, classes: 0, unpainted: 0});
    expect(shown).toBeGreaterThan(2);
    expect(seen.ground).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(27, 29, 34)");
    expect(text).not.toMatch(/var\(|light-dark|color-mix|oklab|url\(/);
    const sentence = (await page.locator(".sentence").textContent()) as string;
    expect(seen.described).toContain(sentence);
    for (const part of [
      "How much of a matrix fits in rank r?",
      "Rank r = 3",
      "Matrix = Blobs",
      sentence,
      "Eckart and Young 1936",
      "/widgets/rank/",
      "ΔW 48×48",
      "BA[4][6] += B[4][l] * A[l][6]",
    ])
      expect(seen.texts).toContain(part);
  }

  await test.step("PNG: the same picture at two pixels a point", async () => {
    const svg = (await saved(page, "SVG")).bytes.toString("utf8");
    const {name, bytes} = await saved(page, "PNG");
    expect(name).toBe("lora-rank-r3-row5-column7.png");
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(bytes.readUInt32BE(16)).toBe(2 * Number(/ width="(\d+)"/.exec(svg)?.[1]));
    // The SVG drawn on an empty page, which is what it has to be: ours lets nothing be loaded from data.
    const blank = await context.newPage();
    const apart = await blank.evaluate(
      async (sources) => {
        const [png, svg] = (await Promise.all(
          sources.map(async (src) => {
            const image = Object.assign(new Image(), {src});
            await image.decode();
            return image;
          }),
        )) as [HTMLImageElement, HTMLImageElement];
        const {width, height} = png;
        const pixels = (image: HTMLImageElement) => {
          const canvas = new OffscreenCanvas(width, height).getContext("2d")!;
          canvas.drawImage(image, 0, 0, width, height);
          return new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer);
        };
        const [is, due] = [pixels(png), pixels(svg)];
        return is.reduce((sum, pixel, i) => sum + Number(pixel !== due[i]), 0) / is.length;
      },
      [
        `data:image/png;base64,${bytes.toString("base64")}`,
        `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
      ],
    );
    expect(apart).toBeLessThan(0.01);
  });
  await test.step("CSV: the table behind Data", async () => {
    const {name, bytes} = await saved(page, "CSV");
    expect(name).toBe("lora-rank-r3-row5-column7.csv");
    const lines = bytes.toString("utf8").split("\r\n");
    expect(lines[0]).toBe("Direction,Singular value,Share of energy,Kept");
    expect(lines[2]).toMatch(/^2,\d+\.\d{4},[\d.]+%,yes$/);
    expect(lines).toHaveLength(50);
  });
});

test("SVG: words with a line around them have it behind them, as on screen", async ({page}) => {
  await answering(page, "/widgets/results/");
  const svg = (await saved(page, "SVG")).bytes.toString();
  const lined = [...svg.matchAll(/<text [^>]*stroke="[^>]*>/g)].map(([tag]) => tag);
  expect(lined.length).toBeGreaterThan(5);
  expect(lined.filter((tag) => !tag.includes('paint-order="stroke"'))).toEqual([]);
});

test("a figure in the recommended sandbox can be saved", async ({page, baseURL}) => {
  const {trouble} = listen(page);
  await page.goto(await otherSite({"/": `${head}<body>${frameTag(`${baseURL}/embed/rank/`, RECOMMENDED)}`}));
  const frame = page.frameLocator("iframe");
  for (const kind of ["SVG", "PNG", "CSV"] as const) {
    const {name, bytes} = await saved(page, kind, frame.locator(".tools"));
    expect(name).toBe(`lora-rank-r4.${kind.toLowerCase()}`);
    expect(bytes.length).toBeGreaterThan(500);
  }
  expect(trouble).toEqual([]);
});
