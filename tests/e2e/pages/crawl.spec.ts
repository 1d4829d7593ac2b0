import {cpSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join, relative} from "node:path";
import {pathToFileURL} from "node:url";
import {expect, type Page, test} from "@playwright/test";
import {unknownSite} from "../../../src/components/marks/siteAddress.ts";
import {makePortable} from "../../../src/make/portable/portable.ts";
import {findings, ofColor} from "../../browser/axe.ts";
import {nameless} from "../../browser/heard.ts";
import {idling} from "../../browser/idle.ts";
import {crawl} from "../../browser/links.ts";
import {serve} from "../../browser/serve.ts";

const root = new URL("../../..", import.meta.url).pathname;
const dist = join(root, "dist");

/**
 * Pages no link needs to lead to are tested too: those in frames, and the one for a wrong address. What is taken away whole
 * is the page of a frame again, and has tests of its own.
 */
const built = readdirSync(dist, {recursive: true, encoding: "utf8"})
  .filter((file) => file.endsWith(".html") && !file.startsWith("download/"))
  .map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`)
  .sort();

/** Those that some link has to lead to. */
const reachable = built.filter((path) => !path.startsWith("/embed/") && !path.endsWith(".html"));

/** Everything a page does that it must not: told to other origins, refused by its policy, or printed as trouble. */
async function watch(page: Page, origin: string): Promise<string[]> {
  const trouble: string[] = [];
  await page.context().route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin) return route.continue();
    trouble.push(`asked another origin: ${url.href}`);
    return route.abort();
  });
  await page.exposeFunction("refused", (what: string) => trouble.push(`refused by policy: ${what}`));
  await page.addInitScript(() => {
    const tell = (window as unknown as {refused: (what: string) => void}).refused;
    document.addEventListener("securitypolicyviolation", (event) => {
      tell(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => trouble.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`answered ${response.status()}: ${response.url()}`);
  });
  return trouble;
}

/** Brings every widget of a page near the viewport once, and lets what that loads arrive. */
async function wake(page: Page, idle: () => Promise<void>): Promise<void> {
  for (const widget of await page.locator("lora-widget").all()) await widget.scrollIntoViewIfNeeded();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await idle();
}

test.describe.configure({mode: "parallel"});

test("every page is reached by links, and every link leads somewhere", async ({baseURL}) => {
  const {pages, broken} = await crawl(baseURL as string);
  expect(broken).toEqual([]);
  expect(pages).toEqual(expect.arrayContaining(reachable));
});

test("the sitemap and the feed name the pages that are for finding, and no others", () => {
  const text = (file: string) => readFileSync(join(dist, file), "utf8");
  const canonical = (path: string) =>
    /<link rel="canonical" href="([^"]+)"/.exec(text(`.${path}${path.endsWith("/") ? "index.html" : ""}`))?.[1];
  const own = built.filter((path) => canonical(path) === `${unknownSite}${path}`);
  const mapped = [...text("sitemap-0.xml").matchAll(/<loc>([^<]+)/g)].map(([, place = ""]) =>
    place.slice(unknownSite.length),
  );
  expect(mapped.sort()).toEqual(own.sort());
  expect(own.filter((path) => text(`.${path}index.html`).includes('name="robots" content="noindex"'))).toEqual([]);
  const fed = [...text("feed.xml").matchAll(/<id>([^<]+)/g)].map(([, place = ""]) => place.slice(unknownSite.length));
  expect(own).toEqual(expect.arrayContaining(fed));
  expect(fed.filter((path) => path.startsWith("/chapters/")).length).toBe(
    own.filter((path) => path.startsWith("/chapters/")).length,
  );
});

for (const path of built) {
  test(`${path} keeps to itself, is silent, has its names, is accessible in both themes, and fits 320 px`, async ({
    page,
    baseURL,
  }) => {
    const trouble = await watch(page, new URL(baseURL as string).origin);
    const idle = idling(page);
    await page.emulateMedia({colorScheme: "light"});
    await page.goto(path);
    expect.soft(await nameless(page), "figures, tables, pictures and groups without a name").toEqual([]);
    await wake(page, idle);
    // Frames on the guides are embed pages, which are crawled by themselves.
    const framed = path.startsWith("/embedding/");
    expect.soft(await findings(page, {framed}), "axe, light").toEqual([]);
    await page.emulateMedia({colorScheme: "dark"});
    expect.soft(await findings(page, {framed, rules: ofColor}), "axe, dark").toEqual([]);
    await page.setViewportSize({width: 320, height: 640});
    expect
      .soft(await page.evaluate(() => document.documentElement.scrollWidth), "width at 320 px")
      .toBeLessThanOrEqual(320);
    expect.soft(trouble).toEqual([]);
  });
}

/** Every file below a folder with its bytes, by its path there. */
const filesOf = (folder: string, ends = "") =>
  new Map(
    readdirSync(folder, {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile() && entry.name.endsWith(ends))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file).replaceAll("\\", "/"), readFileSync(file)]),
  );

/** Folders of the built site that no base is written into, and that a build with ONLY_PAGES=1 leaves out. */
const baseless = ["js", "download"];

test("links hold under any base path", async () => {
  // A build for a base: `BASE=/a/b/ ONLY_PAGES=1 astro build --outDir tests/results/base`, which `npm test` makes.
  const outDir = join(root, "tests/results/moved");
  cpSync(join(root, "tests/results/base"), outDir, {recursive: true});
  for (const folder of baseless) cpSync(join(dist, folder), join(outDir, folder), {recursive: true});

  // A base is a word in the pages, and in nothing that they load: put another in its place, and the site stands there.
  const scripts = (folder: string) => filesOf(join(folder, "_astro"));
  expect([...scripts(outDir).keys()]).toEqual([...scripts(dist).keys()]);
  for (const [file, bytes] of scripts(dist)) expect(scripts(outDir).get(file)?.equals(bytes), file).toBe(true);
  const pages = filesOf(outDir, ".html");
  for (const [file, bytes] of filesOf(dist, ".html"))
    expect(pages.get(file)?.toString().replaceAll("/a/b/", "/") === bytes.toString(), file).toBe(true);

  for (const base of ["/a/b/", "/lora/"]) {
    await test.step(base, async () => {
      if (base !== "/a/b/")
        for (const [file, bytes] of pages)
          writeFileSync(join(outDir, file), bytes.toString().replaceAll("/a/b/", base));
      const site = await serve({root: outDir, base});
      const {pages: reached, broken} = await crawl(site.origin, base);
      await site.close();
      expect(broken).toEqual([]);
      expect(reached.length).toBeGreaterThan(0);
    });
  }
});

test("a portable build lives in an odd folder, on a disk, and behind a wrong address", async ({page}) => {
  const folder = join(root, "tests/results/portable");
  cpSync(dist, folder, {recursive: true});
  await makePortable(folder, {base: "/", origin: unknownSite});
  const base = "/My course (2)/files/";
  const site = await serve({root: folder, base});
  const {pages, broken} = await crawl(site.origin, base);
  expect(broken).toEqual([]);
  const named = reachable.map((path) => `${base}${path.slice(1)}index.html`);
  expect(pages, "every page, and each by its file's name").toEqual(expect.arrayContaining(named));
  expect(pages.filter((path) => path.endsWith("/"))).toEqual([base]);

  const trouble = await watch(page, site.origin);
  const idle = idling(page);
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  const chapter = "chapters/the-problem/index.html";
  /** Wakes every widget of the page, on screen or not, and waits for its first sentence. */
  const awake = () =>
    page.locator("lora-widget").evaluateAll(async (all) => {
      const started = (all as (HTMLElement & {set(raw: object): Promise<void>; summary: string})[]).map(async (one) => {
        await one.set({});
        return one.summary.length;
      });
      return Math.min(...(await Promise.all(started)));
    });
  await page.goto(`${site.origin}${base}${chapter}`);
  expect(await awake()).toBeGreaterThan(0);
  await idle();
  expect(workers.length, "runs are in the worker").toBe(1);
  expect(trouble).toEqual([]);

  await page.goto(`${site.origin}${base}no/such/page/`);
  await expect(page.locator("a.home")).toHaveAttribute("href", `${site.origin}${encodeURI(base)}index.html`);

  await page.context().unrouteAll();
  await page.goto(pathToFileURL(join(folder, chapter)).href);
  await page.waitForFunction(() => customElements.get("lora-widget"));
  expect(await awake()).toBeGreaterThan(0);
  await page.getByRole("link", {name: "Glossary"}).first().click();
  await expect(page).toHaveURL(/^file:.*glossary\/index\.html$/);
  await page.locator("header .search:enabled").click();
  await page.getByRole("combobox", {name: "Search"}).fill("eckart");
  await expect(page.locator("dialog [aria-selected=true]")).toHaveAttribute("href", /^file:.*\/index\.html#/);
  await site.close();
});
