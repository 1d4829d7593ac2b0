/** What a browser other than Chromium shows of the built site. */
import {readFileSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {build} from "esbuild";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {guard} from "../../src/site/guard/guard.ts";
import {embedPolicy, hashOf} from "../../src/site/hosting/csp.ts";
import {frameTag} from "../browser/frameTag.ts";
import {serve} from "../browser/serve.ts";
import {closeOtherSites, head, otherSite} from "../browser/sites.ts";
import {KEPT} from "../engine/kernels/checksum.ts";
import {KEPT_RUNS} from "../engine/kernels/run.ts";
import {workerAnswer} from "../engine/kernels/workerAnswer.ts";
import {allWays, chain, LOOT, leftBehind, POISONED, runBare} from "../fixtures/attacks.ts";
import type {Browser} from "./browser.ts";

const dist = join(new URL("../..", import.meta.url).pathname, "dist");
/** The checksums of the engine's kernels, as a script for a page or a worker. */
async function kernels(): Promise<string> {
  const {outputFiles} = await build({
    stdin: {
      contents: 'export {checksum} from "./checksum.ts"; export {fortySteps} from "./run.ts";',
      resolveDir: new URL("../engine/kernels/", import.meta.url).pathname,
    },
    ...{bundle: true, write: false, format: "iife", globalName: "kernels", target: "es2023"},
  });
  return `${outputFiles![0]!.text}; postMessage([kernels.checksum(), kernels.fortySteps()]);`;
}

type Question = {id: string; solution?: string[]};
type Lora = HTMLElement & {ready: Promise<unknown>};
// The lab trains for four seconds on a quiet machine, and for more than twenty on a busy one.
const eventually = {timeout: 90_000, interval: 50};

/** Brings the first widget near, and waits until it answers and its first run has ended. */
const awake = async () => {
  const widget = document.querySelector<Lora>("lora-widget")!;
  widget.scrollIntoView();
  await customElements.whenDefined("lora-widget");
  await widget.ready;
};
const isBusy = () => document.querySelector("[aria-busy=true]") !== null;

/** What a figure says: on a page of ours, in a frame, or in the root of its own that it has elsewhere. */
const sentence = () => {
  const root = document.querySelector("lora-widget")?.shadowRoot ?? document;
  return root.querySelector(".sentence")?.textContent ?? "";
};
const focus = (selector: string) => {
  const root = document.querySelector("lora-widget")?.shadowRoot ?? document;
  root.querySelector<HTMLElement>(selector)!.focus();
};

/** The site in this browser; where it is not on this machine, that is said. */
export function smoke<Found>(name: string, found: Found | undefined, start: (found: Found) => Promise<Browser>) {
  if (!found) process.stdout.write(`${name} is not here: nothing is tested in it.\n`);
  describe.runIf(found)(name, {timeout: 120_000}, () => inBrowser(() => start(found!)));
}

function inBrowser(start: () => Promise<Browser>) {
  let browser: Browser;
  let ours: Awaited<ReturnType<typeof serve>>;
  let theirs: string;
  const open = async (path: string) => browser.open(`${ours.origin}${path}`);
  const says = () => expect.poll(() => browser.run(sentence), eventually);

  beforeAll(async () => {
    // A plain host, but for the header without which the element's script does not run elsewhere.
    const headers = {"access-control-allow-origin": "*"};
    const pages: Record<string, string> = {"/kernels.js": await kernels()};
    ours = await serve({root: dist, pages, headers});
    // As it is built for a known SITE: some WebKits load nothing in a sandbox that the policy does not name by its origin.
    pages["/embed/rank/"] = readFileSync(join(dist, "embed/rank/index.html"), "utf8").replace(
      /(?<=<meta http-equiv="content-security-policy" content=")[^"]*/,
      embedPolicy([hashOf(guard)], ours.origin),
    );
    theirs = await otherSite({
      "/frame/": `${head}<body>${frameTag(`${ours.origin}/embed/rank/`)}`,
      "/element/": `${head}<script type="module" src="${ours.origin}/js/v1/lora-widget.js"></script><body><lora-widget name="rank" r="8"></lora-widget>`,
    });
    browser = await start();
    process.stdout.write(`${browser.version}\n`);
  });
  afterAll(async () => {
    await browser?.close();
    await ours?.close();
    await closeOtherSites();
  });

  test("the home page draws, and its button goes to the dark theme by key", async () => {
    await open("/");
    const look = () => {
      const {backgroundColor} = getComputedStyle(document.body);
      const drawn = document.querySelectorAll("main svg *").length > 100;
      return {backgroundColor, stored: localStorage.getItem("lora-live:theme"), drawn};
    };
    const looks = (backgroundColor: string, stored: string | null) =>
      expect.poll(() => browser.run(look), eventually).toEqual({backgroundColor, stored, drawn: true});
    const [light, dark] = ["rgb(252, 251, 248)", "rgb(21, 22, 26)"];
    await looks(light, null);
    await browser.run(focus, "button.theme");
    // A key is on its way when `press` returns: the page hears it some time after.
    for (const [color, stored] of [
      [dark, "dark"],
      [light, "light"],
      [light, null],
    ] as const) {
      await browser.press("Enter");
      await looks(color, stored);
    }
  });

  test("a chapter stands: its faces, its formulas, no sideways scroll; its first figure wakes", async () => {
    await open("/chapters/low-rank/");
    await browser.run(awake);
    const page = await browser.run(async () => {
      await document.fonts.ready;
      const faces = [...document.fonts].filter(({status}) => status === "loaded").map(({family}) => family);
      const formula = document.querySelector<HTMLElement>(".katex")!.offsetWidth;
      return {faces, formula, scroll: document.documentElement.scrollWidth - innerWidth};
    });
    expect(page.faces.join()).toMatch(/Serif/);
    expect(page.faces.join()).toMatch(/KaTeX/);
    expect(page.formula).toBeGreaterThan(0);
    expect(page.scroll).toBeLessThanOrEqual(0);
  });

  test("rank answers the keyboard, and the address follows", async () => {
    await open("/widgets/rank/");
    await browser.run(awake);
    await browser.run(focus, "input[name=r]");
    await browser.press("ArrowUp");
    await says().toContain("rank 5");
    await expect.poll(() => browser.run(() => location.search), eventually).toBe("?r=5");
  });

  test("train trains in its worker, and Play changes what it says", async () => {
    await open("/widgets/train/");
    await browser.run(awake);
    await expect.poll(() => browser.run(isBusy), eventually).toBe(false);
    await browser.run(focus, ".time [data-do=restart]");
    await browser.press("Enter");
    await says().toContain("Before the first step");
    await browser.run(focus, ".time [data-do=play]");
    await browser.press("Enter");
    await says().toMatch(/^After \d+ step/);
    const files = () => performance.getEntriesByType("resource").map(({name}) => new URL(name).pathname);
    expect((await browser.run(files)).filter((path) => /worker/i.test(path))).toHaveLength(1);
  });

  test("under the policy of our pages the kernels' SIMD path runs in a worker, to the bit as in Node", async () => {
    const answer = await browser.run(workerAnswer, "/kernels.js");
    expect(answer).toEqual([{path: "simd", bits: KEPT}, KEPT_RUNS]);
  });

  test("the lab opens and trains when its button is pressed", async () => {
    await open("/lab/");
    await browser.run(awake);
    await expect.poll(() => browser.run(isBusy), eventually).toBe(false);
    await browser.run(() => document.querySelector<HTMLElement>("[data-do=play]")!.click());
    const label = () => document.querySelector("[data-do=play]")!.textContent;
    await expect.poll(() => browser.run(label), eventually).toBe("Fine-tune again");
    const words = () => Array.from(document.querySelectorAll(".words.after .word"), (word) => word.textContent);
    expect((await browser.run(words)).join(" ")).toBe("kepine shina linnie wellendi gabrie allyle digreani usley");
    await says().toContain("4,608 trained parameters");
  });

  test("in a sandboxed frame of another origin a figure answers the keyboard", async () => {
    await browser.open(`${theirs}/frame/`);
    await browser.enterFrame();
    await browser.run(awake);
    await says().toContain("rank 4");
    // WebKit gives a frame of another origin the focus when the reader goes there, not when its script asks.
    const reached = () => document.activeElement?.matches("input[name=r]");
    for (let tabs = 0; tabs < 5 && !(await browser.run(reached)); tabs++) await browser.press("Tab");
    await browser.press("ArrowUp");
    await says().toContain("rank 5");
  });

  test("on a page of another origin the element draws in a root of its own and answers the keyboard", async () => {
    await browser.open(`${theirs}/element/`);
    await says().toContain("rank 8");
    await browser.run(focus, "input[name=r]");
    await browser.press("ArrowUp");
    await says().toContain("rank 9");
    const fill = () =>
      getComputedStyle(document.querySelector("lora-widget")!.shadowRoot!.querySelector(".bin-20")!).fill;
    expect(await browser.run(fill)).not.toBe("rgb(0, 0, 0)");
  });

  test("all of it without a word of trouble", async () => {
    expect(await browser.trouble()).toEqual([]);
  });

  // Last, because what is refused here may be printed as trouble.
  test("in an exercise the right program passes, and a hostile one reaches nothing and leaves nothing", async () => {
    const asked: string[] = [];
    const server = createServer(({url = ""}, response) => {
      asked.push(url);
      response.writeHead(200, {"access-control-allow-origin": "*", "content-type": "text/javascript"}).end("");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const theirs = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const addresses = {theirs, ours: ours.origin};
    const isLive = () => document.querySelector("#q-12-code-forward")?.hasAttribute("data-live");
    const check = (program: string) => {
      const box = document.querySelector<HTMLTextAreaElement>("#q-12-code-forward textarea")!;
      box.value = program;
      document.querySelector<HTMLElement>("#q-12-code-forward .quiz-check")!.click();
    };
    const said = () => document.querySelector("#q-12-code-forward .quiz-feedback")?.textContent;
    const keepPage = (path: string) => caches.open("kept").then((cache) => cache.put(path, new Response("kept")));
    const solution = (JSON.parse(readFileSync("content/questions/12-exercises.json", "utf8")) as Question[])
      .find(({id}) => id === "q-12-code-forward")!
      .solution!.join("\n");

    await open("/chapters/exercises/");
    await expect.poll(() => browser.run(isLive), eventually).toBe(true);
    await browser.run(keepPage, POISONED);
    const ends = (await browser.run(runBare, allWays(addresses))) as Record<string, string>;
    expect(Object.entries(ends).filter(([, end]) => !/^refused|^silence/.test(end))).toEqual([]);
    await browser.run(check, chain(solution, addresses));
    await expect.poll(() => browser.run(said), eventually).toContain("4 of 4 cases pass.");
    await browser.run(check, `${chain(solution, addresses)}\nwhile True:\n    pass`);
    await expect.poll(() => browser.run(said), eventually).toContain("not done after 2 seconds");
    const left = {caches: [], poisoned: "kept", databases: []};
    expect(await browser.run(leftBehind, LOOT, POISONED)).toEqual(left);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(asked).toEqual([]);
  });
}
