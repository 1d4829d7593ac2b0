import {expect, type Locator, type Page, test} from "@playwright/test";
import {answering, awake, stateOf} from "../../browser/figure.ts";
import {expectToFit} from "../../browser/page.ts";
import {listen} from "../../browser/trouble.ts";

// A training takes its time.
test.describe.configure({mode: "parallel", timeout: 240_000});

const TAUGHT = "lionon thopelium molosten veisisium hadonium amnwinik engredium toolvium";

const go = (widget: Locator) => widget.locator(".time > [data-do=play]");
const field = (widget: Locator) => widget.locator(".own textarea");
const count = (widget: Locator) => widget.locator(".own .count");
const writes = async (widget: Locator) => (await widget.locator(".words.after .word").allTextContents()).join(" ");

/** The lab with the field for own words. */
async function opened(page: Page): Promise<Locator> {
  const widget = await awake(page, "/lab/");
  await widget.getByRole("radio", {name: "Your words…"}).check();
  await expect(field(widget)).toBeVisible();
  return widget;
}

async function trained(widget: Locator) {
  await go(widget).click();
  await expect(go(widget)).toHaveText("Fine-tune again", {timeout: 60_000});
}

test("own words are learned once there are enough of them, and the button waits until then", async ({page}) => {
  const {trouble} = listen(page);
  const widget = await opened(page);
  await expect(widget.locator(".told")).toHaveText("Waiting for 20 words.");
  await expect(go(widget)).toHaveAttribute("aria-disabled", "true");
  await field(widget).fill("São Paulo, Rio, Kraków, antidisestablishmentarianism, R2D2, rio, lyon, nantes");
  await expect(count(widget)).toHaveText("6 words to learn from");
  await expect(widget.locator(".own .changes li")).toHaveCount(3);
  await go(widget).click({force: true});
  await page.waitForTimeout(600);
  expect(await stateOf(widget)).toMatchObject({own: "", step: 0});
  await widget.getByRole("button", {name: "113 elements"}).click();
  await expect(widget.locator(".told")).toHaveText(/^4,608 parameters, 30 steps/);
  await expect(go(widget)).not.toHaveAttribute("aria-disabled");
  await trained(widget);
  expect(await writes(widget)).toBe(TAUGHT);
  await expect(widget.locator(".sentence")).toContainText("taught the forge your words");
  await expect(widget.locator(".told")).toHaveText(/^Step 30 of 30/);
  await expect(field(widget)).toBeHidden();
  await expect(count(widget)).toBeVisible();
  await count(widget).click();
  await expect(field(widget)).toBeVisible();
  expect(trouble).toEqual([]);
});

test("own words are in no address, are kept nowhere, and are asked of nobody", async ({page}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
  const widget = await opened(page);
  const secret = Array.from({length: 24}, (_, i) => `zyx${String.fromCharCode(97 + i)}q`);
  await field(widget).fill(secret.join("\n"));
  await expect(count(widget)).toHaveText("24 words to learn from");
  await trained(widget);
  await page.waitForTimeout(1000);
  const kept = await page.evaluate(async () =>
    JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, (await indexedDB.databases()).length]),
  );
  for (const text of [page.url(), kept, ...asked]) expect(text).not.toContain("zyx");
  expect(kept).toContain(",0]");
});

test("a link has the words, and trains the same again, on a phone", async ({page, context}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const widget = await opened(page);
  await widget.getByRole("button", {name: "113 elements"}).click();
  await expect(widget.locator(".share .why")).toContainText("Whoever has the link can read the words");
  await widget.getByRole("button", {name: "Copy a link with these words"}).click();
  await expect(widget.locator(".notice")).toContainText("The link is copied, with the words in it.");
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect([link.pathname, link.search]).toEqual(["/lab/", "?task=own"]);
  expect(link.hash.length).toBeLessThan(620);
  await page.goto("about:blank");
  await page.setViewportSize({width: 375, height: 812});
  const other = await awake(page, link.pathname + link.search + link.hash);
  await expect(count(other)).toHaveText("113 words to learn from");
  await expect(go(other)).toHaveText("Fine-tune");
  await trained(other);
  expect(await writes(other)).toBe(TAUGHT);
  // The words fold to one line once they are trained, so that button and columns are in view.
  await page.evaluate(() => scrollTo(0, 0));
  const {y, height} = (await other.locator(".words.after li").nth(5).boundingBox())!;
  expect(y + height).toBeLessThanOrEqual(812);
  await expectToFit(page, 375, 812);
  // Other words are not those of the address.
  await count(other).click();
  await other.getByRole("button", {name: "105 Greek figures"}).click();
  await expect.poll(() => new URL(page.url()).hash).toBe("");
});

test("words of a link that was cut are refused in one line", async ({page}) => {
  const widget = await answering(page, "/lab/?task=own#words=abcd");
  await expect(widget.locator(".own .expected")).toContainText("This link does not carry the words, or was cut.");
  await expect(widget.locator(".told")).toHaveText("Waiting for 20 words.");
});

test("a text file can be chosen; of another file it is said that it is none", async ({page}) => {
  const widget = await opened(page);
  const chosen = widget.locator(".own input[type=file]");
  const words = Array.from({length: 30}, (_, i) => `wo${String.fromCharCode(97 + (i % 26))}${i < 26 ? "a" : "b"}`);
  await chosen.setInputFiles({name: "words.txt", mimeType: "text/plain", buffer: Buffer.from(words.join("\n"))});
  await expect(count(widget)).toHaveText("30 words to learn from");
  await chosen.setInputFiles({name: "a.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0])});
  await expect(widget.locator(".notice")).toContainText("This is no text file.");
  await expect(count(widget)).toHaveText("30 words to learn from");
});
