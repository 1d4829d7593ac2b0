import {readFileSync} from "node:fs";
import {expect, type FrameLocator, type Page, test} from "@playwright/test";
import {headersFor} from "../../../src/site/hosting/headers.ts";
import {ready} from "../../browser/figure.ts";
import {nudge} from "../../browser/nudge.ts";
import {builtSite, head, otherSite} from "../../browser/sites.ts";
import {watch} from "../../browser/trouble.ts";
import {aThird} from "../../third.ts";

/** The headers of the table, because a worker has the policy of its own file's headers; but pages have to say it themselves. */
function headers(path: string) {
  const {"Content-Security-Policy": policy, ...others} = headersFor(path);
  return {...others, ...(policy?.startsWith("require") && {"Content-Security-Policy": policy})};
}
const ours = builtSite(headers);

/** A string that reaches a script is refused on this page: otherwise a walk without trouble says nothing. */
const isEnforced = (page: Page) =>
  page.evaluate(() => {
    try {
      document.createElement("script").text = "1";
      return false;
    } catch {
      return true;
    }
  });

const figure = (page: Page, name: string) => page.locator(`lora-widget[name=${name}]`).first();

interface Program {
  id: string;
  kind: string;
  solution: readonly string[];
}

/** Something to do on each kind of page, until its own script, its worker and what it loads later have been at work. */
const walks: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async "chapters/low-rank/"(page) {
    const rank = figure(page, "rank");
    await rank.scrollIntoViewIfNeeded();
    await rank.locator("input[name=r]").press("ArrowRight");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("intruder");
    await expect(page.getByRole("option").first()).toBeVisible();
  },
  async "widgets/train/"(page) {
    await page.locator("lora-widget input[name=step]").press("ArrowLeft");
    await expect.poll(() => page.workers().length).toBe(1);
    await page.getByRole("button", {name: "Embed", exact: true}).click();
    await expect(page.getByRole("dialog").getByRole("textbox").first()).toBeVisible();
  },
  async "lab/"(page) {
    const lab = figure(page, "lab");
    // What is pressed before the figure listens is lost: its controls come with the script.
    await ready(lab);
    await lab.locator("[data-do=play]").press("Enter");
    await expect.poll(() => page.workers().length).toBe(1);
    await expect(lab.locator(".picture")).not.toHaveAttribute("aria-busy", "true", {timeout: 30_000});
  },
  async "chapters/exercises/"(page) {
    const questions = JSON.parse(readFileSync("content/questions/12-exercises.json", "utf8")) as Program[];
    const {id, solution} = questions.find(({kind}) => kind === "code")!;
    const exercise = page.locator(`#${id}`);
    await exercise.getByLabel("Your function").fill(solution.join("\n"));
    await exercise.getByRole("button", {name: "Run"}).click();
    await expect(exercise.locator(".quiz-feedback")).toContainText(/(\d+) of \1 cases pass/);
  },
  async "review/"(page) {
    await expect(page.locator("[data-live]").first()).toBeAttached();
  },
  async "progress/"(page) {
    await expect(page.getByRole("button").nth(2)).toBeVisible();
  },
  async "offline/"(page) {
    await page.getByRole("button", {name: "Keep the site"}).click();
    await page.getByRole("button", {name: "Stop"}).click();
    await expect(page.locator(".offline-state")).toContainText(/A part of the site|not kept on this device/);
  },
  async "embed/lab/"(page) {
    await nudge(page);
    await expect(page.locator("lora-widget .picture")).not.toHaveAttribute("aria-busy", "true", {timeout: 30_000});
    await page.getByRole("button", {name: "Save as…"}).click();
    await page.getByRole("button", {name: "CSV"}).click();
  },
  async "download/train.html"(page) {
    await nudge(page);
    await expect.poll(() => page.workers().length).toBe(1);
  },
};

for (const [path, walk] of aThird(Object.entries(walks)))
  test(`no string becomes a script or its address on /${path}`, async ({page}) => {
    const trouble = await watch(page, ours.origin);
    await page.goto(`${ours.origin}/${path}`);
    await walk(page);
    expect(trouble).toEqual([]);
    expect(await isEnforced(page)).toBe(true);
  });

test("a worker of our pages takes no string for a script either", async ({page}) => {
  await page.goto(`${ours.origin}/widgets/train/`);
  await page.locator("lora-widget input[name=step]").press("ArrowLeft");
  await expect.poll(() => page.workers().length).toBe(1);
  const refused = await page.workers()[0]!.evaluate(() => {
    try {
      new Worker("/x.js");
      return "nothing";
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(refused).toBe("TypeError");
});

const element = (name: string) =>
  `${head}<script type="module" src="${ours.origin}/js/v1/lora-widget.js"></script><body><lora-widget name="${name}"></lora-widget>`;

/** The element, or an embed in a frame, trains, wherever its runs are computed. */
async function trains(page: Page | FrameLocator) {
  await expect(page.locator("lora-widget .picture")).not.toHaveAttribute("aria-busy", "true", {timeout: 30_000});
  const sentence = page.locator("lora-widget .sentence");
  const before = await sentence.textContent();
  await page.locator("lora-widget input[name=step]").press("ArrowLeft");
  await expect(sentence).not.toHaveText(before!);
}

test("the element trains in a worker, or on the page where no policy is trusted, and with a nonce", async ({page}) => {
  const strict = {"content-security-policy": "require-trusted-types-for 'script'; trusted-types 'none'"};
  await page.goto(await otherSite({"/": element("train")}, strict));
  await trains(page);
  expect(page.workers()).toHaveLength(0);

  await page.goto(await otherSite({"/": element("train")}));
  await trains(page);
  expect(page.workers(), "where nothing is enforced").toHaveLength(1);

  const policy = "script-src 'nonce-r4nd0m' 'strict-dynamic'; object-src 'none'; base-uri 'none'";
  const header = {"content-security-policy": policy};
  await page.goto(await otherSite({"/": element("train")}, header));
  await expect(page.locator("lora-widget figure"), "without the nonce").toHaveCount(0);
  await page.goto(await otherSite({"/": element("train").replace("<script", '<script nonce="r4nd0m"')}, header));
  await trains(page);
});

const isolated = {"cross-origin-embedder-policy": "require-corp", "cross-origin-opener-policy": "same-origin"};

test("a page that isolates itself can have the element, and frame an embed, in a sandbox too", async ({page}) => {
  const frame = (sandbox: string) =>
    `${head}<body><iframe ${sandbox} src="${ours.origin}/embed/train/" width="900" height="900"></iframe>`;
  for (const [html, inside] of [
    [element("train"), page],
    [frame(""), page.frameLocator("iframe")],
    [frame('sandbox="allow-scripts"'), page.frameLocator("iframe")],
  ] as const) {
    await page.goto(await otherSite({"/": html}, isolated));
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await trains(inside);
  }
});

test("what a frame may do, the host says: our headers forbid neither fullscreen nor the clipboard", async ({page}) => {
  const frame = `<iframe allow="fullscreen; clipboard-write" src="${ours.origin}/embed/rank/"></iframe>`;
  const origin = await otherSite({"/": `${head}<body>${frame}`});
  await page.goto(`${origin}/`);
  const inside = page.frames()[1]!;
  await inside.waitForLoadState();
  const allows = (name: string) =>
    inside.evaluate(
      (name) =>
        (document as unknown as {featurePolicy: {allowsFeature(name: string): boolean}}).featurePolicy.allowsFeature(
          name,
        ),
      name,
    );
  expect(await Promise.all(["fullscreen", "clipboard-write", "camera"].map(allows))).toEqual([true, true, false]);
});
