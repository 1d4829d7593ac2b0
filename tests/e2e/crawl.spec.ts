import {spawnSync} from "node:child_process";
import {readdirSync} from "node:fs";
import {join} from "node:path";
import {expect, type Page, test} from "@playwright/test";
import {findings, ofColor} from "../browser/axe.ts";
import {crawl} from "../browser/links.ts";
import {serve} from "../browser/serve.ts";

const root = new URL("../..", import.meta.url).pathname;
const dist = join(root, "dist");

/**
 * Pages no link needs to lead to are tested too: those in frames, and the one for a wrong address. What is taken away whole
 * is the page of a frame again, and has tests of its own.
 */
const built = readdirSync(dist, {recursive: true, encoding: "utf8"})
  .filter((file) => file.endsWith(".html") && !file.startsWith("download/"))
  .map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`)
  .sort();

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
async function wake(page: Page): Promise<void> {
  for (const widget of await page.locator("lora-widget").all()) await widget.scrollIntoViewIfNeeded();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  // The page for paper has neither, and is so long that it is idle before it is read: Playwright says that only once.
  if (await page.locator("lora-widget, .quiz[data-kind]").count()) await page.waitForLoadState("networkidle");
}

test.describe.configure({mode: "parallel"});

test("every page is reached by links, and every link leads somewhere", async ({baseURL}) => {
  const {pages, broken} = await crawl(baseURL as string);
  expect(broken).toEqual([]);
  const reachable = built.filter((path) => !path.startsWith("/embed/") && !path.endsWith(".html"));
  expect(pages).toEqual(expect.arrayContaining(reachable));
});

for (const path of built) {
  test(`${path} keeps to itself, is silent, accessible in both themes, and fits 320 px`, async ({page, baseURL}) => {
    const trouble = await watch(page, new URL(baseURL as string).origin);
    await page.emulateMedia({colorScheme: "light"});
    await page.goto(path);
    await wake(page);
    expect.soft(await findings(page), "axe, light").toEqual([]);
    await page.emulateMedia({colorScheme: "dark"});
    expect.soft(await findings(page, {rules: ofColor}), "axe, dark").toEqual([]);
    await page.setViewportSize({width: 320, height: 640});
    expect
      .soft(await page.evaluate(() => document.documentElement.scrollWidth), "width at 320 px")
      .toBeLessThanOrEqual(320);
    expect.soft(trouble).toEqual([]);
  });
}

test("links hold under any base path", async () => {
  test.setTimeout(240_000);
  for (const base of ["/lora/", "/a/b/"]) {
    await test.step(base, async () => {
      const outDir = join(root, "tests/results", `base${base.replaceAll("/", "-")}`);
      const built = spawnSync("astro", ["build", "--outDir", outDir], {
        cwd: root,
        env: {...process.env, BASE: base},
        encoding: "utf8",
        shell: process.platform === "win32",
      });
      expect(built.status, built.stdout + built.stderr).toBe(0);
      const site = await serve({root: outDir, base});
      const {pages, broken} = await crawl(site.origin, base);
      await site.close();
      expect(broken).toEqual([]);
      expect(pages.length).toBeGreaterThan(0);
    });
  }
});
