import {join} from "node:path";
import {expect, type Page, test} from "@playwright/test";
import {serve} from "../browser/serve.ts";
import {listen} from "../browser/trouble.ts";

const dist = join(new URL("../..", import.meta.url).pathname, "dist");

type Server = Awaited<ReturnType<typeof serve>>;
let ours: Server;
const others: Server[] = [];

test.beforeAll(async () => {
  // A module is fetched with CORS: /js/v1/ needs this header where the element is to run elsewhere.
  ours = await serve({root: dist, headers: {"access-control-allow-origin": "*"}});
});
test.afterAll(async () => {
  for (const server of [ours, ...others]) await server.close();
});

const element = (attributes: string) =>
  `<lora-widget ${attributes}><a href="${ours.origin}/widgets/rank/">What rank r keeps (interactive)</a></lora-widget>`;

/** Opens a page of another site with our script and this body. */
async function host(page: Page, body: string, {css = "", policy}: {css?: string; policy?: string} = {}) {
  const script = `<script type="module" src="${ours.origin}/js/v1/lora-widget.js"></script>`;
  const server = await serve({
    pages: {
      "/": `<!doctype html><html lang="en"><title>Course</title>${policy ? "" : '<link rel="icon" href="data:,">'}${css && `<style>${css}</style>`}${script}<body>${body}`,
    },
    headers: policy ? {"content-security-policy": policy} : {},
  });
  others.push(server);
  const origin = server.origin.replace("127.0.0.1", "localhost");
  await page.goto(`${origin}/`);
  return origin;
}

/** What decides how the parts of a figure look, by part. */
const looks = (page: Page) =>
  page.locator("lora-widget").evaluate((widget) => {
    const root = widget.shadowRoot as ShadowRoot;
    const properties = [
      "display",
      "fontSize",
      "fontFamily",
      "letterSpacing",
      "textTransform",
      "lineHeight",
      "color",
      "visibility",
    ];
    const parts = [
      "figure",
      ".title",
      ".sentence",
      "input[name=r]",
      ".picture svg",
      ".chart text",
      ".bin",
      ".tools button",
      ".readouts",
    ];
    return parts.map((part) => {
      const style = getComputedStyle(root.querySelector(part) as Element);
      return [part, ...properties.map((name) => style[name as keyof CSSStyleDeclaration])];
    });
  });

test("draws in a root of its own and answers the keyboard", async ({page}) => {
  const {asked, trouble} = listen(page);
  const origin = await host(page, element('name="rank" r="8"'));
  const sentence = page.locator("lora-widget .sentence");
  await expect(sentence).toContainText("rank 8");
  await expect(page.getByText("What rank r keeps (interactive)")).toBeHidden();
  await page.locator("lora-widget input[name=r]").press("ArrowUp");
  await expect(sentence).toContainText("rank 9");
  expect(await page.evaluate(() => location.search)).toBe("");
  expect(asked.filter((url) => ![origin, ours.origin].includes(new URL(url).origin))).toEqual([]);
  expect(trouble).toEqual([]);
});

test("a host's hostile style sheet changes nothing in it", async ({page}) => {
  await host(page, element('name="rank"'));
  await expect(page.locator("lora-widget .sentence")).toContainText("rank 4");
  const alone = await looks(page);
  const css = `html { font-size: 62.5% } * { all: unset !important; font-size: 60px !important; letter-spacing: 9px !important;
    text-transform: uppercase !important; line-height: 3 !important; color: lime !important } head, style, script { display: none !important } svg, figure, .sentence { display: none !important }`;
  await host(page, element('name="rank"'), {css});
  await expect(page.locator("lora-widget .sentence")).toBeVisible();
  expect(await looks(page)).toEqual(alone);
  const box = await page.locator("lora-widget figure").boundingBox();
  expect(box?.width).toBeGreaterThan(600);
});

test("a strict policy of the host stops nothing but what it must", async ({page}) => {
  const {trouble} = listen(page);
  const policy = `default-src 'none'; script-src ${ours.origin}; style-src 'none'`;
  await host(page, element('name="rank"'), {policy});
  const sentence = page.locator("lora-widget .sentence");
  await expect(sentence).toContainText("rank 4");
  const look = (part: string, name: "fill" | "fontSize") =>
    page
      .locator(`lora-widget ${part}`)
      .first()
      .evaluate((node, property) => getComputedStyle(node)[property], name);
  expect(await look(".bin-0", "fill")).not.toBe("rgb(0, 0, 0)");
  expect(await look(".sentence", "fontSize")).toBe("15px");
  await page.locator("lora-widget input[name=r]").press("ArrowUp");
  await expect(sentence).toContainText("rank 5");
  expect(trouble).toEqual([]);

  // Pictures may not be loaded there, so there is no PNG; that is said, and SVG still comes.
  await page.locator("lora-widget").getByRole("button", {name: "PNG"}).click();
  await expect(page.locator("lora-widget .notice")).toContainText("Save it as SVG");
  const download = page.waitForEvent("download");
  await page.locator("lora-widget").getByRole("button", {name: "SVG"}).click();
  expect((await download).suggestedFilename()).toBe("lora-rank-r5.svg");
});

test("on a slide that is scaled the pointer is where it seems", async ({page}) => {
  await host(page, `<div class="slide">${element('name="rank"')}</div>`, {
    css: ".slide { width: 900px; transform: scale(.6); transform-origin: 0 0 }",
  });
  const field = page.locator("lora-widget .handle .field");
  await field.waitFor();
  const {x, y, width, height} = (await field.boundingBox()) as {x: number; y: number; width: number; height: number};
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect(page.locator("lora-widget .sentence")).toContainText("rank 24");
});

test("two stand on one page, each with its own state; one may be moved, taken away and put back", async ({page}) => {
  const {trouble} = listen(page);
  await host(
    page,
    `<div class="one">${element('name="rank" r="2"')}</div><div class="two">${element('name="rank" r="3"')}</div>`,
  );
  const sentence = (place: string) => page.locator(`${place} .sentence`);
  await page.locator(".one input[name=r]").press("ArrowUp");
  await page.locator(".two").scrollIntoViewIfNeeded();
  await page.locator(".two input[name=r]").press("End");
  await expect(sentence(".one")).toContainText("rank 3");
  await expect(sentence(".two")).toContainText("rank 48");

  await page.evaluate(() =>
    document.querySelector(".two")?.prepend(document.querySelector(".one lora-widget") as Element),
  );
  await expect(sentence(".two").first()).toContainText("rank 3");
  await page.locator(".two input[name=r]").first().press("ArrowUp");
  await expect(sentence(".two").first()).toContainText("rank 4");

  await page.evaluate(async () => {
    const widget = document.querySelector("lora-widget") as Element;
    widget.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
    document.querySelector(".one")?.append(widget);
  });
  await page.locator(".one input[name=r]").press("ArrowUp");
  await expect(sentence(".one")).toContainText("rank 5");
  expect(trouble).toEqual([]);
});

test("a number being typed is left alone", async ({page}) => {
  await host(page, element('name="savings"'));
  const field = page.locator("lora-widget input[name=r]");
  await field.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("16");
  await expect(field).toHaveValue("16");
  await expect(page.locator("lora-widget .sentence")).toContainText("r = 16");
});

test("a name that is none is said, and the link inside stays", async ({page}) => {
  await host(page, element('name="rnak"'));
  await expect(page.getByRole("alert")).toContainText("There is no widget named “rnak”.");
  await expect(page.getByText("What rank r keeps (interactive)")).toBeVisible();
});

test("its links and codes lead to the site the script came from; the dialog looks the same there and shows no frame", async ({
  page,
}) => {
  const {trouble} = listen(page);
  await host(page, element('name="rank" r="8"'), {policy: `default-src 'none'; script-src ${ours.origin}`});
  await page.locator("lora-widget").getByRole("button", {name: "Embed"}).click();
  const dialog = page.getByRole("dialog", {name: "Embed this figure"});
  const field = dialog.getByRole("textbox", {name: "Page link"});
  await expect(field).toHaveValue(`${ours.origin}/widgets/rank/?r=8`);
  expect(await field.evaluate((node) => getComputedStyle(node).fontFamily)).toMatch(/mono/i);
  await expect(dialog.locator("iframe, .share-preview")).toHaveCount(0);
  expect(trouble).toEqual([]);
});
