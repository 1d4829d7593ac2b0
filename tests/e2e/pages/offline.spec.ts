import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, type Page, test} from "@playwright/test";
import {serve} from "../../browser/serve.ts";
import {listen} from "../../browser/trouble.ts";

const dist = join(new URL("../../..", import.meta.url).pathname, "dist");
const base = process.env.BASE ?? "/";

// The whole site is fetched and kept.
test.describe.configure({timeout: 240_000});

test("kept on the device after asking: chapters and figures live with the host gone, embeds are left alone, and all can be removed", async ({
  page,
}) => {
  const {trouble} = listen(page);
  const host = await serve({root: dist, base});
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

/** A host of the built site, and what a reader sees of it on the page about the copy. */
async function keeper(page: Page, stalled: ReadonlySet<string> = new Set()) {
  const worker = readFileSync(join(dist, "sw.js"), "utf8");
  const pages: Record<string, string> = {};
  const host = await serve({root: dist, base, pages, stalled});
  const home = `${host.origin}${base}`;
  const state = page.locator(".offline-state");
  const press = (name: string | RegExp) => page.getByRole("button", {name}).click();
  const [, first = "", hash = ""] = /"path":"([^"]+)","hash":"(\w+)"/.exec(worker) ?? [];
  return {worker, pages, host, home, state, press, first, hash};
}
const GO_ON = /^(Keep the site on this device|Fetch what is missing)$/;
const WHOLE = "The whole site is on this device and works without a network";
const isRegistered = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length > 0);

test("a newer version is offered, and a page stays of its own until the reader asks", async ({page}) => {
  const {worker, pages, host, home, state, press, first, hash} = await keeper(page);
  // A host in the midst of an update: a file is not the one of the list, and then the list is newer than a file.
  pages[base + first] = "of another version";
  await page.goto(`${home}offline/`);
  await press("Keep the site on this device");
  await expect(state).toContainText(`${home}${first} could not be kept. It is from a different version`);
  expect(await isRegistered(page)).toBe(false);
  delete pages[base + first];
  // What had come before the failure stays; it may be nothing.
  await press(GO_ON);
  await expect(state).toContainText(WHOLE, {timeout: 120_000});
  pages[`${base}sw.js`] = worker.replaceAll(hash, hash.split("").reverse().join(""));
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

test("a file that does not arrive holds nothing up: it is named, keeping can be stopped, and goes on from there", async ({
  page,
}) => {
  const stalled = new Set<string>();
  const {worker, pages, host, home, state, press, first} = await keeper(page, stalled);
  stalled.add(base + first);
  pages[`${base}sw.js`] = worker.replace('"limit":30000', '"limit":1500');
  await page.goto(`${home}offline/`);
  await press("Keep the site on this device");
  await expect(state).toContainText(`${home}${first} could not be kept. It did not arrive in time`);
  await expect(state).toContainText(/So far \d+ of \d+ files are on this device/);
  delete pages[`${base}sw.js`];
  await press("Fetch what is missing");
  await press("Stop");
  await expect(state).toContainText("You stopped the download. So far");
  await expect(page.locator("progress")).toBeHidden();
  expect(await isRegistered(page)).toBe(false);
  stalled.clear();
  await press("Fetch what is missing");
  await expect(state).toContainText(WHOLE, {timeout: 120_000});
  await host.close();
});

/** Deletes this many figures' pages from the copy, or puts another text into all files. Returns how many files there are. */
const spoil = (page: Page, deed: {count: number} | {text: string}) =>
  page.evaluate(async (deed) => {
    const [name = ""] = await caches.keys();
    const cache = await caches.open(name);
    const keys = await cache.keys();
    const figures = keys.filter(({url}) => url.includes("/widgets/"));
    if ("count" in deed) for (const key of figures.slice(0, deed.count)) await cache.delete(key);
    else
      for (const key of keys) await cache.put(key, new Response(deed.text, {headers: {"content-type": "text/html"}}));
    return keys.length;
  }, deed);

test("a copy that was changed is never shown: the host's page is, or a page that says so and removes the copy", async ({
  page,
}) => {
  const {host, home, state, press} = await keeper(page);
  await page.goto(`${home}offline/`);
  await press("Keep the site on this device");
  await expect(state).toContainText(WHOLE, {timeout: 120_000});

  // As a browser does that is short of room, or a reader who tidies.
  const all = await spoil(page, {count: 20});
  await page.reload();
  await expect(state).toContainText(`20 of its ${all} files are missing or were changed`);
  await press("Fetch what is missing");
  await expect(state).toContainText(`${WHOLE}. All ${all} files`);

  // As a script could do that got into some page of ours.
  await spoil(page, {text: "<title>poison</title><script>poisoned = true</script>"});
  await page.goto(`${home}glossary/`);
  await expect(page.locator("h1")).toHaveText("Glossary");
  await page.goto(`${home}offline/`);
  await expect(state).toContainText(/ of its \d+ files are missing or were changed/);
  expect(Number(/(\d+) of its/.exec((await state.textContent())!)![1]), "what was shown is mended").toBeLessThan(all);

  await spoil(page, {text: "<title>poison</title><script>poisoned = true</script>"});
  await host.close();
  for (const path of ["chapters/low-rank/", "offline/"]) {
    await page.goto(`${home}${path}`);
    await expect(page.locator("h1")).toHaveText("This page cannot be shown");
    expect(await page.evaluate(() => "poisoned" in globalThis)).toBe(false);
  }
  await press("Remove the copy");
  await expect(page.getByRole("status")).toContainText("The copy has been removed");
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  expect(await isRegistered(page)).toBe(false);
});

test("two windows fetch what is missing once, Stop in one ends it for both, and a worker that was ended keeps nobody waiting", async ({
  page,
  context,
}) => {
  const stalled = new Set<string>();
  const {host, home, state, press, first} = await keeper(page, stalled);
  await page.goto(`${home}offline/`);
  await press("Keep the site on this device");
  await expect(state).toContainText(WHOLE, {timeout: 120_000});
  await page.evaluate(async (path) => {
    const cache = await caches.open((await caches.keys())[0]!);
    for (const key of await cache.keys()) if (key.url.includes(path)) await cache.delete(key);
  }, first);
  stalled.add(base + first);
  await page.clock.install();
  const other = await context.newPage();
  for (const one of [page, other]) {
    await one.goto(`${home}offline/`);
    await one.getByRole("button", {name: "Fetch what is missing"}).click();
    await expect(one.getByRole("button", {name: "Stop"})).toBeVisible();
  }
  await press("Stop");
  await page.clock.runFor(200);
  for (const one of [page, other]) await expect(one.locator(".offline-state")).toContainText("You stopped");

  await press("Fetch what is missing");
  await expect(page.getByRole("button", {name: "Stop"})).toBeVisible();
  const session = await context.newCDPSession(page);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  stalled.clear();
  await page.clock.fastForward(121_000);
  await expect(state).toContainText("1 of its");
  await press("Fetch what is missing");
  await expect(state).toContainText(WHOLE);
  await other.close();
  await host.close();
});

test("where a browser keeps no sites, that is said, and nothing is offered", async ({page, baseURL}) => {
  await page.addInitScript(() => Object.defineProperty(window, "isSecureContext", {value: false}));
  await page.goto(`${baseURL}${base}offline/`);
  await expect(page.locator(".offline-state")).toContainText("begin with https");
  await expect(page.locator(".keeping button:visible")).toHaveCount(0);
});
