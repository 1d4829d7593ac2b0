import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, type Page, test} from "@playwright/test";
import {serve} from "../../browser/serve.ts";
import {dist} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";

const base = process.env.BASE ?? "/";

/** What is there with the host gone has to come from the copy, not from the browser's cache. */
const headers = {"cache-control": "no-store"};

// The whole site is fetched and kept.
test.describe.configure({timeout: 240_000});

test("kept after asking, chapters and figures live with the host gone, and all can be removed", async ({page}) => {
  const {trouble} = listen(page);
  const host = await serve({root: dist, base, headers});
  const at = (path: string) => `${host.origin}${base}${path}`;
  const kept = () => page.evaluate(async () => (await caches.keys()).length);

  // What a figure near the top is still fetching would be broken off by the next page.
  await page.goto(at("chapters/low-rank/"), {waitUntil: "networkidle"});
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await page.goto(at("offline/"));
  await expect(page.locator(".offline-state")).toContainText(/not kept on this device\. It is \d+\.\d MB/);
  await page.getByRole("button", {name: "Keep the site on this device"}).click();
  await expect(page.locator(".offline-state")).toContainText("works without a network", {timeout: 120_000});
  expect(await kept()).toBe(1);

  await host.close();
  for (const [path, field, key] of [
    ["chapters/low-rank/", "input[name=r]", "ArrowLeft"],
    ["widgets/train/?r=3", "input[name=step]", "ArrowLeft"],
    ["lab/", "[data-do=play]", "Enter"],
  ] as const) {
    await page.goto(at(path));
    const widget = page.locator("lora-widget", {has: page.locator(field)}).first();
    await widget.scrollIntoViewIfNeeded();
    await expect(widget.locator(".picture")).not.toHaveAttribute("aria-busy", "true", {timeout: 30_000});
    const sentence = await widget.locator(".sentence").textContent();
    await widget.locator(field).first().press(key);
    await expect(widget.locator(".sentence")).not.toHaveText(sentence!, {timeout: 30_000});
  }
  const answered = (path: string) =>
    page.evaluate(
      (url) =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      at(path),
    );
  expect(await answered("glossary/")).toBe(true);
  expect(await answered("embed/rank/")).toBe(false);
  await page.goto(at("offline/"));
  await page.getByRole("button", {name: "Remove it"}).click();
  await expect(page.locator(".offline-state")).toContainText("not kept on this device");
  expect(await kept()).toBe(0);
  expect(
    trouble.filter(
      (one) =>
        !/^failed: \S+(offline\.json|embed\/rank\/|glossary\/|sw\.js) |^console: Failed to load resource/.test(one),
    ),
  ).toEqual([]);
});

const WHOLE = "The whole site is on this device and works without a network";
const isRegistered = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length > 0);

/** A host of the built site, and what a reader sees of it on the page about the copy. */
async function keeper(page: Page, stalled: ReadonlySet<string>) {
  const worker = readFileSync(join(dist, "sw.js"), "utf8");
  const pages: Record<string, string> = {};
  const host = await serve({root: dist, base, headers, pages, stalled});
  const home = `${host.origin}${base}`;
  const state = page.locator(".offline-state");
  const press = (name: string) => page.getByRole("button", {name}).click();
  // One in the middle, so that others arrive before it.
  const paths = [...worker.matchAll(/"url":"([^"]+)"/g)].map(([, path]) => path!);
  return {worker, pages, host, home, state, press, middle: paths[Math.floor(paths.length / 2)]!};
}
const KEEP = "Keep the site on this device";

test("keeping can be stopped, and goes on; a newer version waits until the reader asks for it", async ({page}) => {
  const stalled = new Set<string>();
  const {worker, pages, host, home, state, press, middle} = await keeper(page, stalled);
  stalled.add(base + middle);
  await page.goto(`${home}offline/`);
  await press(KEEP);
  await expect.poll(() => page.locator("progress").getAttribute("value")).not.toBeNull();
  await page.reload();
  await expect(state, "who comes back finds it on its way").toContainText("being stored");
  await press("Stop");
  await expect(state).toContainText("A part of the site is on this device");
  await expect(page.locator("progress")).toBeHidden();
  await expect.poll(() => isRegistered(page)).toBe(false);
  stalled.clear();

  // A host in the midst of an update: a file is not the one of the list.
  pages[base + middle] = "of another version";
  await press(KEEP);
  await expect(state).toContainText(`${home}${middle} could not be kept: the host did not answer or is changing`);
  await expect(state).toContainText("A part of the site is on this device");
  expect(await isRegistered(page)).toBe(false);
  delete pages[base + middle];
  await press(KEEP);
  await expect(state).toContainText(WHOLE, {timeout: 120_000});

  pages[`${base}sw.js`] = worker.replace(
    /"revision":"(.)(.{15})","integrity":"sha256-../,
    '"revision":"$2$1","integrity":"sha256-AA',
  );
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(state).toContainText("A newer version has not fully arrived yet");
  pages[`${base}sw.js`] = `${worker}\n// newer`;
  await page.goto(`${home}glossary/`);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const offer = page.getByRole("button", {name: "Use it"});
  await expect(offer).toBeVisible({timeout: 30_000});
  const reloaded = page.waitForEvent("load");
  await offer.click();
  await reloaded;
  await expect(page.locator("h1")).toHaveText("Glossary");
  await expect(offer).toHaveCount(0);
  await host.close();
});

test("where a browser keeps no sites, that is said, and nothing is offered", async ({page, baseURL}) => {
  await page.addInitScript(() => Object.defineProperty(window, "isSecureContext", {value: false}));
  await page.goto(`${baseURL}${base}offline/`);
  await expect(page.locator(".offline-state")).toContainText("begin with https");
  await expect(page.locator(".keeping button:visible")).toHaveCount(0);
});
