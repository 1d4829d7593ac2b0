import {defineConfig} from "@playwright/test";
import {findBrowser} from "./browser/find.ts";
import {freePort} from "./browser/freePort.ts";
import {isAll, third} from "./third.ts";

// Both are settled once, by the first process, and handed to the workers through the environment.
process.env.CHROMIUM ??= findBrowser();
process.env.SITE_PORT ??= String(await freePort());
const origin = `http://127.0.0.1:${process.env.SITE_PORT}`;

const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const still = ["--disable-component-update", "--disable-sync"];
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** Tests of what the browser is allowed, or remembers beside storage: each has a context of its own. */
const apart = /\/(dialog|embedding|fuzz|history|offline|reading|save|trusted)\.spec\.ts$/;

/**
 * Specs of one figure, one page or one way to take a figure along, which take turns: a run has those of its third, and one before a
 * release has all. What promises safety, kept data, messages and access in general is asked in every run.
 */
const turns: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "1": {
    embeds: ["hosts"],
    pages: ["search", "before", "reading", "history", "gallery", "home"],
    figures: ["listener", "phone", "firstHeights", "product", "threads", "results"],
  },
  "2": {
    embeds: ["dialog", "oembed", "embedding"],
    pages: ["access", "review", "steady", "terms"],
    figures: ["labOwn", "latency", "fuzz", "save", "forward", "clinic"],
  },
  "3": {
    embeds: ["download", "client"],
    pages: ["bar", "guess", "paper"],
    figures: [
      "runs",
      "forge",
      "forge/question",
      "explore",
      "firstFrames",
      "intrinsic",
      "fold",
      "restyle",
      "kernels",
      "phrases",
      "rates",
      "where",
      "shell",
    ],
  },
};
/** Whoever names a spec wants it, whichever third has its turn. */
const isNamed = process.argv.some((word) => /\.spec|^\w+\//.test(word) && !word.endsWith("config.ts"));
const waiting = isAll || isNamed ? [] : Object.keys(turns).filter((turn) => turn !== third);
const waitingSpecs = waiting.flatMap((turn) =>
  Object.entries(turns[turn]!).flatMap(([room, specs]) => specs.map((spec) => `**/e2e/${room}/${spec}.spec.ts`)),
);

export default defineConfig({
  testDir: "e2e",
  outputDir: "results/browser",
  workers: 3,
  // Nobody sits before CI to run a test again. What passed then only is named, and tests/run.ts counts it.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  // What needs longer says so itself: a test that hangs is to fail soon, and to name its line.
  timeout: 60_000,
  expect: {timeout: 15_000},
  reporter: [["list"], ["json", {outputFile: "results/browser.json"}]],
  use: {
    baseURL: origin,
    browserName: "chromium",
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
    trace: "on-first-retry",
    launchOptions: {executablePath: process.env.CHROMIUM, args: [...asRoot, ...quiet, ...still]},
  },
  // To make a context takes longer than to load a page: all others of a worker take turns in one, emptied between them.
  projects: [
    {name: "together", testIgnore: [apart, ...waitingSpecs], use: {reuseContext: true}},
    {name: "apart", testMatch: apart, testIgnore: waitingSpecs},
  ],
  webServer: {
    // Not `astro preview`: it refuses to start beside the one of a running `npm start`.
    command: `node tests/browser/host.ts ${process.env.SITE_PORT}`,
    cwd: new URL("..", import.meta.url).pathname,
    url: origin,
    reuseExistingServer: false,
    stdout: "ignore",
  },
});
