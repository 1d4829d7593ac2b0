/** The embed dialog: what it gives is pasted where it belongs, and runs there. */
import {readFileSync} from "node:fs";
import {expect, type Locator, type Page, test} from "@playwright/test";
import {strFromU8, unzipSync} from "fflate";
import {markdownToHtml} from "satteri";
import {frameHeightFor} from "../../../src/figure/share/height.ts";
import {findings, findingsInBothThemes} from "../../browser/axe.ts";
import {awake, expectState} from "../../browser/figure.ts";
import {frameTag, NARROWEST} from "../../browser/frameTag.ts";
import {savedBy} from "../../browser/page.ts";
import {builtSite, head, otherSite, SHARED} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";
import {oneOf} from "../../third.ts";

const ours = builtSite(SHARED);

/** Opens a page of another site with this in a column of text. */
async function paste(page: Page, code: string) {
  await page.goto(await otherSite({"/": `${head}<body><div style="width:640px">${code}</div>`}));
}

const dialogOf = (page: Page) => page.getByRole("dialog", {name: "Embed this figure"});
const code = (dialog: Locator, label: string) => dialog.getByRole("textbox", {name: label, exact: true}).inputValue();

/** A line to spare, rounded up to the next step: what `frameHeightFor` gives a frame at most. */
const most = Math.max(...Array.from({length: 20}, (_, n) => frameHeightFor(1000 + n) - (1000 + n)));

/** The height in the code once the figure in the preview has said its own. */
async function settled(dialog: Locator) {
  const frame = dialog.frameLocator("iframe");
  // Tried anew from the start: the preview that is measured may be exchanged for the one that was chosen last.
  await expect(async () => {
    const [, src, given] = /src="([^"]+)".* height="(\d+)"/.exec(await code(dialog, "iframe"))!;
    expect(await dialog.locator("iframe").getAttribute("src")).toBe(src!.replaceAll("&amp;", "&"));
    await expect(frame.locator("lora-widget .says")).toBeVisible();
    const spare = Number(given) - (await frame.locator("html").evaluate((html) => html.getBoundingClientRect().height));
    expect(spare).toBeGreaterThanOrEqual(0);
    expect(spare).toBeLessThanOrEqual(most);
  }).toPass({timeout: 10_000});
}

for (const [name, query, moved, said] of oneOf([
  ["rank", "?r=8", {r: 8}, "rank 8"],
  ["savings", "?r=16", {r: 16}, "r = 16"],
] as const))
  test(`${name}: the codes for a frame, an element and a link work as they are pasted`, async ({page}) => {
    const {trouble} = listen(page);
    await awake(page, `${ours.origin}/widgets/${name}/${query}`);
    await page.getByRole("button", {name: "Embed this figure"}).click();
    const dialog = dialogOf(page);
    await dialog.getByRole("combobox", {name: "Theme"}).selectOption("dark");
    await dialog.getByText("Each control").click();
    await dialog.getByRole("checkbox", {name: /^Rank.*: locked$/}).check();
    await dialog.getByRole("tab", {name: "Course page"}).click();
    await settled(dialog);
    await expect(dialog.locator("iframe")).toHaveAttribute(
      "src",
      `${ours.origin}/embed/${name}/${query}&theme=dark&hide=explore&lock=r`,
    );
    await dialog.getByRole("checkbox", {name: "Let the frame fit its height"}).check();
    const [frameCode, helper] = (await code(dialog, "iframe")).split("\n");
    expect(helper).toBe(`<script async src="${ours.origin}/js/v1/lora-embed.js"></script>`);
    await dialog.getByRole("tab", {name: "Element"}).click();
    const elementCode = await code(dialog, "Element");
    await dialog.getByRole("tab", {name: "Markdown"}).click();
    const markdown = await code(dialog, "Text and link");
    await dialog.getByRole("radio", {name: "as it starts"}).check();
    await expect.poll(() => code(dialog, "Text and link")).toContain(`/widgets/${name}/?theme=dark&lock=r)`);

    await paste(page, frameCode!);
    const frame = page.frameLocator("iframe");
    await expect(frame.locator(".sentence")).toContainText(said);
    await expect(frame.locator("input[name=r]")).toBeDisabled();
    const given = Number(await page.locator("iframe").getAttribute("height"));
    const needed = await frame.locator("html").evaluate((html) => html.getBoundingClientRect().height);
    expect(given - needed).toBeGreaterThanOrEqual(0);
    expect(given - needed).toBeLessThanOrEqual(most);
    expect(await page.locator("iframe").evaluate(({clientWidth}) => clientWidth)).toBe(640);

    await paste(page, elementCode);
    await expect(page.locator("lora-widget .sentence")).toContainText(said);

    await paste(page, markdownToHtml(markdown).html);
    await page.getByRole("link").click();
    await expect(page.locator("lora-widget .sentence")).toContainText(said);
    await expectState(page.locator("lora-widget"), moved);
    // A preview that was on its way when something else was chosen is given up, and so is what a page loads when it is left.
    expect(trouble.filter((line) => !/\/(embed|js\/v1)\/.*ERR_ABORTED/.test(line))).toEqual([]);
  });

test("as a slide the code and the preview have a slide's height, and the figure fits it", async ({page}) => {
  await awake(page, `${ours.origin}/widgets/rank/?r=2`);
  await page.getByRole("button", {name: "Embed this figure"}).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("tab", {name: "Slide"}).click();
  await expect.poll(() => code(dialog, "Slide")).toMatch(/\?r=2&amp;layout=slide" .* height="600"/);
  await expect(dialog.locator(".share-note")).toContainText("a slide of 960 × 600 px");
  await expect(dialog.getByRole("heading", {name: "Preview"})).toHaveText("Preview, 960 px wide");
  await expect(dialog.frameLocator("iframe").locator("lora-widget .says")).toBeVisible();
  expect(await dialog.locator("iframe").evaluate(({style}) => [style.width, style.height])).toEqual(["960px", "600px"]);
  for (const [width, height] of [
    [960, 600],
    [1280, 720],
  ] as const) {
    await page.setViewportSize({width, height});
    await awake(page, `${ours.origin}/embed/rank/?r=2&layout=slide`);
    const tall = () => page.evaluate(() => document.documentElement.scrollHeight);
    await expect.poll(tall, `${width} × ${height}`).toBe(height);
  }
});

test("the dialog by keyboard: tabs, their memory, copying, and back to where it was opened", async ({
  page,
  context,
}) => {
  await page.emulateMedia({colorScheme: "light", reducedMotion: "reduce"});
  await context.grantPermissions(["clipboard-read", "clipboard-write"], {origin: ours.origin});
  await awake(page, `${ours.origin}/widgets/rank/`);
  const opener = page.locator("lora-widget [data-do=embed]");
  await opener.press("Enter");
  const dialog = dialogOf(page);
  const tab = (name: string) => dialog.getByRole("tab", {name});
  await expect(tab("Course page")).toBeFocused();
  await expect(dialog.getByRole("tabpanel", {name: "Course page"})).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(tab("One file")).toBeFocused();
  await expect(dialog.getByRole("link", {name: "SCORM"})).toHaveAttribute("href", /\/download\/rank\.scorm\.zip$/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Home");
  await expect(tab("Course page")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Tab");
  const field = dialog.getByRole("textbox", {name: "iframe"});
  await expect(field).toBeFocused();
  // The heights of the figure may come only now, and with them another text.
  await settled(dialog);
  expect(
    await field.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)),
  ).toBe(await field.inputValue());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status")).toHaveText("Copied: iframe.");
  // Inside the preview no key would close the dialog.
  expect(await dialog.locator("iframe").evaluate((frame: HTMLIFrameElement) => frame.inert)).toBe(true);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await field.inputValue());

  // What is chosen one by one is one word where there is one.
  const which = dialog.getByRole("combobox", {name: "Controls"});
  await which.selectOption("basic");
  await dialog.getByText("Each control").click();
  await expect(dialog.getByRole("checkbox", {name: "Seed: shown"})).not.toBeChecked();
  await dialog.getByRole("checkbox", {name: "Matrix: shown"}).uncheck();
  await expect(which).toHaveValue("list");
  expect(await field.inputValue()).toContain('/embed/rank/?controls=r"');
  await dialog.getByRole("checkbox", {name: "Rank r: shown"}).uncheck();
  await expect.poll(() => field.inputValue()).toContain('?controls=none"');
  await which.selectOption("all");
  await dialog.getByRole("checkbox", {name: "the caption"}).uncheck();
  await expect.poll(() => field.inputValue()).toContain('/embed/rank/?caption=0"');
  // The caption is part of the whole figure only, which these choices asked for.
  await dialog.getByRole("combobox", {name: "How much"}).selectOption("explore");
  await expect.poll(() => field.inputValue()).toContain('/embed/rank/?hide=explore&amp;caption=0"');

  const share = {include: ".share", framed: true};
  for (const name of ["MyST, Jupyter", "One file"]) {
    await tab(name).click();
    expect(await findings(page, share), name).toEqual([]);
  }
  await tab("Slide").click();
  expect(await findingsInBothThemes(page, share)).toEqual([]);

  for (const width of [320, 1280]) {
    await page.setViewportSize({width, height: 640});
    const over = () => dialog.evaluate(({scrollWidth, clientWidth}) => scrollWidth - clientWidth);
    await expect.poll(over, `${width} px`).toBe(0);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
  await opener.press("Enter");
  await expect(tab("Slide")).toBeFocused();
});

test("a SCORM package is saved with the state and the options that are chosen", async ({page}) => {
  await awake(page, `${ours.origin}/widgets/rank/?r=8`);
  await page.getByRole("button", {name: "Embed this figure"}).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("tab", {name: "One file"}).click();
  await dialog.getByRole("checkbox", {name: "the caption"}).uncheck();
  const save = dialog.getByRole("button", {name: "Save a SCORM package with these settings"});
  const file = await savedBy(save);
  expect(file.suggestedFilename()).toBe("rank.scorm.zip");
  const made = unzipSync(readFileSync(await file.path()));
  expect(strFromU8(made["imsmanifest.xml"]!)).toContain(' isvisible="true" parameters="?r=8&amp;caption=0">');
  expect(strFromU8(made["index.html"]!)).toContain("<lora-widget");
  await expect(dialog.getByRole("status")).toHaveText("Saved: rank.scorm.zip.");

  await page.route("**/download/**", (route) => route.fulfill({status: 503}));
  await save.click();
  await expect(dialog.getByRole("status")).toHaveText(
    "The package could not be made: the host answered 503. Press again to retry.",
  );
});

test("in a frame: no frame in it, and where copying is refused the code stands selected", async ({page}) => {
  const {trouble} = listen(page);
  await paste(page, frameTag(`${ours.origin}/embed/rank/?r=8`, NARROWEST, 'width="640" height="1200"'));
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", {name: "Embed"}).click();
  const dialog = frame.getByRole("dialog");
  await dialog.getByRole("tab", {name: "Element"}).click();
  await expect(dialog.locator("iframe, .share-preview")).toHaveCount(0);
  await dialog.getByRole("button", {name: "Copy Element"}).click();
  await expect(dialog.getByRole("status")).toContainText("selected");
  const field = dialog.getByRole("textbox", {name: "Element"});
  await expect(field).toBeFocused();
  const [start, end, value] = await field.evaluate((area: HTMLTextAreaElement) => [
    area.selectionStart,
    area.selectionEnd,
    area.value,
  ]);
  expect([start, end]).toEqual([0, (value as string).length]);
  expect(value).toContain('<lora-widget name="rank" r="8" hide="explore">');
  expect(trouble.filter((line) => !/Clipboard API has been blocked/.test(line))).toEqual([]);
});

test("frames keep their height and the page's column, whatever its sheet says of frames", async ({page}) => {
  for (const of of ["HTML, a frame", "JSX"]) {
    await page.goto(`${ours.origin}/embedding/#mdx`);
    const given = (await page.locator(`pre[aria-label="${of}"] code`).first().textContent()) ?? "";
    const style = /style=\{\{(.*)\}\}/.exec(given)?.[1]?.replaceAll('"', "").replaceAll(",", ";");
    const [, height] = / height="(\d+)"/.exec(given)!;
    const frame = style === undefined ? given : given.replace(/style=.*/, `style="${style}"></iframe>`);
    // Starlight's sheet, and that of WordPress's themes of blocks.
    const sheet = "iframe{display:block;max-width:100%;height:auto} .column>*{max-width:500px;margin-inline:auto}";
    const body = `<body><style>${sheet}</style><div class="column" style="width:900px">${frame}</div>`;
    await page.goto(await otherSite({"/": `${head}${body}`}));
    expect(await page.locator("iframe").boundingBox()).toMatchObject({width: 500, height: Number(height)});
  }
});
