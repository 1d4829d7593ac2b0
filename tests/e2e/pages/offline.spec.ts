import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "@playwright/test";
import {serve} from "../../browser/serve.ts";
import {listen} from "../../browser/trouble.ts";

const dist = join(new URL("../../..", import.meta.url).pathname, "dist");
const base = process.env.BASE ?? "/";

test("kept on the device after asking: chapters and figures live with the host gone, embeds are left alone, and all can be removed", async ({
  page,
}) => {
  const {trouble} = listen(page);
  const host = await serve({root: dist, base});
  const at = (path: string) => `${host.origin}${base}${path}`;
  const kept = () => page.evaluate(async () => (await caches.keys()).length);

  await page.goto(at("chapters/low-rank/"));
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await page.goto(at("offline/"));
  await expect(page.locator(".offline-state")).toContainText(/not kept on this device\. It is \d+\.\d MB/);
  await page.getByRole("button", {name: "Keep the site on this device"}).click();
  await expect(page.locator(".offline-state")).toContainText("works without a network", {timeout: 120_000});
  expect(await kept()).toBe(1);

  await host.close();
  for (const [path, field] of [
    ["chapters/low-rank/", "input[name=r]"],
    ["widgets/train/?r=3", "input[name=step]"],
    ["lab/", "input[name=step]"],
  ] as const) {
    await page.goto(at(path));
    const widget = page.locator("lora-widget", {has: page.locator(field)}).first();
    await widget.scrollIntoViewIfNeeded();
    await expect(widget.locator(".picture")).not.toHaveAttribute("aria-busy", "true", {timeout: 30_000});
    const sentence = await widget.locator(".sentence").textContent();
    await widget.locator(field).first().press("ArrowLeft");
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

test("a newer version is offered, and a page stays of its own until the reader asks", async ({page}) => {
  const worker = readFileSync(join(dist, "sw.js"), "utf8");
  const pages: Record<string, string> = {};
  const host = await serve({root: dist, base, pages});
  const state = page.locator(".offline-state");
  const keep = page.getByRole("button", {name: "Keep the site on this device"});
  // A host in the midst of an update: a file is not the one of the list, and then the list is newer than a file.
  const [, first = ""] = /\{url:"([^"]+)"/.exec(worker) ?? [];
  const [, hash = ""] = /revision:"(\w+)"/.exec(worker) ?? [];
  pages[base + first] = "of another version";
  await page.goto(`${host.origin}${base}offline/`);
  await keep.click();
  await expect(state).toContainText(`It could not be kept: ${host.origin}${base}${first} is of another version`);
  expect(
    await page.evaluate(async () => [await caches.keys(), await navigator.serviceWorker.getRegistrations()]),
  ).toEqual([[], []]);
  delete pages[base + first];
  await keep.click();
  await expect(state).toContainText("works without a network", {timeout: 120_000});
  pages[`${base}sw.js`] = worker.replaceAll(hash, hash.split("").reverse().join(""));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(state).toContainText("A newer version has not come as a whole yet");
  pages[`${base}sw.js`] = `${worker}\n// newer`;
  await page.goto(`${host.origin}${base}glossary/`);
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
