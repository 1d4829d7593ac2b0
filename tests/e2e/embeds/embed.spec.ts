import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {expect, type FrameLocator, type Page} from "@playwright/test";
import {noWorker} from "../../browser/denied.ts";
import {figureNames} from "../../browser/figureNames.ts";
import {frameTag, NARROWEST, RECOMMENDED} from "../../browser/frameTag.ts";
import {held} from "../../browser/held.ts";
import {nudge} from "../../browser/nudge.ts";
import {builtSite, dist, head, otherSite} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";
import {test} from "../../browser/withoutScripts.ts";
import {aTwelfth, ofThree} from "../../third.ts";

/** The sandboxes a host may put us in, by what the test calls them; null for none. */
const sandboxes = {
  "no sandbox": null,
  "sandbox allow-scripts": NARROWEST,
  "the sandbox we recommend": RECOMMENDED,
} as const;

const hear = "<script>heard = []; addEventListener('message', (event) => heard.push(event.data))</script>";

// No header that lets other origins read: a plain static host.
const ours = builtSite();

/** Opens a page of another site that holds this frame. */
async function host(page: Page, path: string, sandbox: string | null) {
  const origin = await otherSite({"/": `${head}<body>${hear}${frameTag(`${ours.origin}${path}`, sandbox)}`});
  await page.goto(`${origin}/`);
  return origin;
}

/** A worker is made of text that the page's own script holds: its blob is no file of anyone's. */
const isFile = (url: string) => !url.startsWith("blob:");

/** What is drawn, or written in place of a drawing. */
const drawn = (root: Page | FrameLocator) =>
  root.locator("figure.widget > .picture :is(svg, ol)").filter({visible: true}).first();

/** The first frame is there; the keyboard moves the first control, or presses the lab's button; sentence or picture follows. */
async function answersKeys(root: Page | FrameLocator) {
  const sentence = root.locator("figure.widget > .sentence");
  await expect(drawn(root)).toBeVisible();
  await expect(sentence).toHaveText(/\w{3}.*\.$/);
  // What a figure says may be true of every moment of its run; then its picture shows the moment.
  const shown = async () =>
    `${await sentence.textContent()} ${await root.locator("figure.widget > .picture").innerHTML()}`;
  const before = await shown();
  const go = root.locator("figure.widget[data-lab] > .time > [data-do=play]");
  if (await go.count()) await go.press("Enter");
  else await nudge(root);
  await expect.poll(shown, {timeout: 20_000}).not.toBe(before);
  await expect(root.locator("figure.widget > .spoken")).not.toBeEmpty({timeout: 60_000});
}

/** What is asked for: the page, its sheets and its one script. */
function expectOwnFiles(asked: readonly string[], name: string, origin: string) {
  const files = asked.filter(isFile).filter((url) => !/\/_astro\/[\w-]+\.[\w-]+\.css$/.test(url));
  const own = [`/embed/${name}/`, `/js/v1/embed/${name}.js`].map((path) => ours.origin + path);
  expect(files.sort()).toEqual([`${origin}/`, ...own].sort());
}

for (const [label, sandbox] of Object.entries(sandboxes))
  test(`figures in a frame of another site, ${label}: live on their files, in silence`, async ({page}) => {
    const {asked, trouble} = listen(page);
    // What the narrowest sandbox allows, the wider ones do too: there a widget that answers at once and one that trains will do.
    const all =
      sandbox === NARROWEST ? [...new Set([...ofThree(figureNames), ...aTwelfth(figureNames)])] : ["rank", "train"];
    test.setTimeout(40_000 + 3000 * all.length);
    for (const name of all)
      await test.step(name, async () => {
        asked.length = 0;
        const origin = await host(page, `/embed/${name}/`, sandbox);
        await answersKeys(page.frameLocator("iframe"));
        expectOwnFiles(asked, name, origin);
        expect(trouble).toEqual([]);
      });
  });

test("without scripts an embed is its first frame, sentence and table, with no dead control", async ({still: page}) => {
  for (const name of ofThree(figureNames)) {
    await page.goto(`${ours.origin}/embed/${name}/`);
    await expect(drawn(page)).toBeVisible();
    await expect(page.locator("figure.widget > .sentence")).toHaveText(/\w{3}.*\.$/);
    for (const dead of [".controls", ".tools"]) await expect(page.locator(`figure.widget > ${dead}`)).toBeHidden();
    expect(await page.locator(".data tbody tr").count()).toBeGreaterThan(1);
    await page.locator(".data summary").click();
    await expect(page.locator(".data table")).toBeVisible();
  }
});

test("an embed page's policy lets its scripts fetch nothing", async ({page}) => {
  await page.goto(`${ours.origin}/embed/rank/`);
  const fetched = page.evaluate(() => fetch(location.href));
  await expect(fetched).rejects.toThrow("Failed to fetch");
});

test("where no worker may start, a frame of another site computes on its page", async ({page}) => {
  const {asked, trouble} = listen(page);
  await noWorker(page);
  const origin = await host(page, "/embed/train/", NARROWEST);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("figure.widget > .picture")).toHaveAttribute("aria-busy", "false", {timeout: 30_000});
  await answersKeys(frame);
  expectOwnFiles(asked, "train", origin);
  expect(trouble).toEqual([]);
});

test("its controls come with the script that listens to them", async ({page}) => {
  const send = await held(page, "**/js/v1/embed/rank.js");
  await page.goto(`${ours.origin}/embed/rank/`, {waitUntil: "commit"});
  await expect(page.locator(".sentence")).toBeVisible();
  await expect(page.locator("input[name=r]")).toBeHidden();
  send();
  await expect(page.locator("input[name=r]")).toBeVisible();
  await page.locator("input[name=r]").press("ArrowUp");
  await expect(page.locator(".sentence")).toContainText("rank 5");
  await expect(page.getByRole("status")).toContainText("rank 5");
});

test("the address sets the state, and what it cannot set is said", async ({page}) => {
  await host(page, "/embed/rank/?r=8&source=noise&seed=99", NARROWEST);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("figure.widget > .sentence")).toContainText("rank 8");
  await expect(frame.getByRole("radio", {name: "Noise"})).toBeChecked();
  await expect(frame.locator("figure.widget > .notice")).toContainText(/seed.*99/);
});

test("a frame takes neither focus nor scroll when it loads", async ({page}) => {
  await host(page, "/embed/rank/", NARROWEST);
  await page.frameLocator("iframe").locator("figure.widget > .sentence").waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test("symbols have the book's letters in a frame without an origin and in a file, and load no font", async ({page}) => {
  const {asked, trouble} = listen(page);
  const symbols = async (root: Page | FrameLocator) => {
    const symbol = root.locator(".picture .symbol:visible").first();
    await expect(symbol).toBeVisible();
    // The width of a letter tells whether it is drawn with the face: no other one is as wide.
    await expect
      .poll(() =>
        symbol.evaluate((element) => {
          const width = (family: string) => {
            const probe = document.body.appendChild(document.createElement("b"));
            probe.style.cssText = `all: unset; position: absolute; font: italic 600 200px ${family}`;
            probe.textContent = "ΔWABxr";
            const {width} = probe.getBoundingClientRect();
            probe.remove();
            return width;
          };
          return width(getComputedStyle(element).fontFamily) !== width("serif") && document.fonts.size;
        }),
      )
      .toBe(2);
  };
  await host(page, "/embed/product/", NARROWEST);
  await symbols(page.frameLocator("iframe"));
  await page.goto(pathToFileURL(join(dist, "download/product.html")).href);
  await symbols(page);
  expect(asked.filter((url) => /woff|font/.test(url))).toEqual([]);
  expect(trouble).toEqual([]);
});
