import {join} from "node:path";
import {expect, type Frame, type FrameLocator, type Page, test} from "@playwright/test";
import {atRest} from "../../browser/atRest.ts";
import {answering, ready} from "../../browser/figure.ts";
import {noted} from "../../browser/page.ts";
import {serve} from "../../browser/serve.ts";
import {SHARED} from "../../browser/sites.ts";
import {listen} from "../../browser/trouble.ts";

// A build with the test widget in it: `BASE=/a/b/ PROBE=1 astro build --outDir tests/results/moved`, which `npm test` makes.
const build = join(new URL("../../..", import.meta.url).pathname, "tests/results/moved");

type Server = Awaited<ReturnType<typeof serve>>;
/** Where the site with the test widget is: its origin and its path. */
let site: string;
let ours: Server;
let foreign: Server;

test.beforeAll(async () => {
  ours = await serve({root: build, base: "/a/b/", headers: SHARED});
  site = `${ours.origin}/a/b`;
  const icon = '<!doctype html><link rel="icon" href="data:,">';
  const element = `<script type="module" src="${site}/js/v1/lora-widget.js"></script><lora-widget name="probe"></lora-widget>`;
  foreign = await serve({
    pages: {
      // As the guide for developers has it.
      "/element.html": `${icon}<meta http-equiv="content-security-policy" content="default-src 'none'; script-src ${ours.origin} 'wasm-unsafe-eval'; worker-src blob: ${ours.origin}; img-src data:">${element}`,
      "/strict.html": `${icon}<meta http-equiv="content-security-policy" content="worker-src 'none'">${element}`,
      "/frame.html": `${icon}<iframe title="Probe" width="900" height="1200" sandbox="allow-scripts" src="${site}/embed/probe/"></iframe>`,
    },
  });
});
test.afterAll(async () => {
  await ours.close();
  await foreign.close();
});

type Root = Page | FrameLocator;
const sentence = (root: Root) => root.locator("figure.widget > .sentence");
const press = (root: Root, name: string) => root.locator(".time").getByRole("button", {name, exact: true}).click();
const after = (step: number, steps: number) => new RegExp(`^After ${step} of ${steps} steps`);

/** How many steps the thread of this page or frame has computed itself. */
const computedHere = (place: Page | Frame) => place.evaluate(() => (globalThis as {probed?: number}).probed ?? 0);

/** The probe on a page of our own, started. */
async function open(page: Page, query = "") {
  await answering(page, `${site}/widgets/probe/${query}`);
  await expect(page.locator(".time")).toBeVisible();
}

const stepIn = (text: string | null) => Number(/^After (\d+)/.exec(text ?? "")?.[1]);
const stepNow = async (page: Page) => stepIn(await sentence(page).textContent());

test("a run ends the same in our worker, in a frame, on a foreign page, and without a worker", async ({page}) => {
  const {trouble} = listen(page);
  const ends: (string | null)[] = [];
  const places = [
    {address: `${site}/widgets/probe/`, root: page, place: () => page, worker: true},
    {
      address: `${foreign.origin}/frame.html`,
      root: page.frameLocator("iframe"),
      place: () => page.frames()[1] as Frame,
      worker: true,
    },
    {address: `${foreign.origin}/element.html`, root: page, place: () => page, worker: true},
    {address: `${foreign.origin}/strict.html`, root: page, place: () => page, worker: false},
  ];
  for (const {address, root, place, worker} of places) {
    await page.goto(address);
    await ready(root.locator("lora-widget"));
    await press(root, "Play");
    await expect(sentence(root)).toHaveText(after(40, 40));
    await expect(root.locator(".time").getByRole("button", {name: "Play"})).toBeVisible();
    ends.push(await sentence(root).textContent());
    // With a worker the page's own thread has computed the first frame and nothing more.
    const computed = await computedHere(place());
    if (worker) expect(computed).toBeLessThanOrEqual(1);
    else expect(computed).toBeGreaterThanOrEqual(41);
  }
  expect(new Set(ends).size).toBe(1);
  // The browser itself says that a policy held.
  expect(trouble.filter((line) => !/worker-src 'none'/.test(line))).toEqual([]);
});

test("a run waits in a hidden tab, runs on where its figure is moved, and ends where that is gone", async ({page}) => {
  const {trouble} = listen(page);
  await open(page, "?steps=300&cost=6");
  await press(page, "Play");
  await expect.poll(() => stepNow(page)).toBeGreaterThan(2);
  await press(page, "Pause");
  const paused = await atRest(() => stepNow(page));
  expect(paused).toBeLessThan(300);
  await press(page, "Step");
  await expect(sentence(page)).toHaveText(after(paused + 1, 300));

  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", {configurable: true, get: () => value});
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await press(page, "Play");
  await expect.poll(() => stepNow(page)).toBeGreaterThan(paused + 1);
  await hide(true);
  const waiting = await atRest(() => stepNow(page));
  expect(waiting).toBeLessThan(300);
  await hide(false);
  await expect.poll(() => stepNow(page)).toBeGreaterThan(waiting);

  await page.evaluate(() =>
    document.querySelector("main, body")?.prepend(document.querySelector("lora-widget") as Element),
  );
  const moved = await stepNow(page);
  await expect.poll(() => stepNow(page)).toBeGreaterThan(moved);

  const seen = await noted(sentence(page));
  await page.evaluate(() => {
    const widget = document.querySelector("lora-widget") as Element;
    Object.assign(globalThis, {widget, home: widget.parentElement});
    widget.remove();
  });
  const last = await atRest(async () => stepIn((await seen()).at(-1) ?? "After 1"));
  expect(last).toBeLessThan(300);
  await page.evaluate(() => {
    const {widget, home} = globalThis as unknown as {widget: Element; home: Element};
    home.append(widget);
  });
  await press(page, "Play");
  await expect(sentence(page)).toHaveText(after(300, 300));
  expect(trouble).toEqual([]);
});

test("a changed parameter ends the run, and nothing of it is drawn late", async ({page}) => {
  await open(page, "?steps=400&cost=20");
  await press(page, "Play");
  await expect.poll(() => stepNow(page)).toBeGreaterThan(1);
  await page.locator("input[name=seed]").press("ArrowUp");
  await expect(sentence(page)).toHaveText(after(0, 400));
  const seen = await noted(sentence(page));
  await page.waitForTimeout(600);
  expect((await seen()).filter((text) => stepIn(text) > 0)).toEqual([]);
  await expect(sentence(page)).toHaveText(after(0, 400));
  expect(await computedHere(page)).toBeLessThanOrEqual(1);
});

test("a run that fails says why, keeps its last picture, and Reset mends it", async ({page}) => {
  await open(page, "?fail=throw&at=20");
  await press(page, "Play");
  await expect(page.locator("figure.widget > .notice")).toContainText("The run stopped: asked to fail at step 20.");
  await expect(sentence(page)).toHaveText(after(19, 40));
  await page.locator("lora-widget").getByRole("button", {name: "Reset"}).click();
  await press(page, "Play");
  await expect(sentence(page)).toHaveText(after(40, 40));
});

test("nothing is spoken unasked; a worker that dies is replaced by slices, which end the same", async ({page}) => {
  await open(page);
  await page.waitForTimeout(900);
  await expect(page.locator("figure.widget > .spoken")).toBeEmpty();
  await press(page, "Play");
  await expect(sentence(page)).toHaveText(after(40, 40));
  const end = (await sentence(page).textContent()) as string;
  await open(page, "?fail=close&at=20&cost=1");
  await press(page, "Play");
  await expect(sentence(page)).toHaveText(end, {timeout: 15_000});
  expect(await computedHere(page)).toBeGreaterThan(20);
});
