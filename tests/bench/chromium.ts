import {join} from "node:path";
import {chromium} from "@playwright/test";
import {build} from "esbuild";
import {findBrowser} from "../browser/find.ts";
import {serve} from "../browser/serve.ts";
import type {Line} from "./table.ts";

/** The page's script: the peers from a bundler's hand, and the same measurements as in Node. */
const entry = `
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import * as wasm from "@tensorflow/tfjs-backend-wasm";
import * as jax from "@jax-js/jax";
import * as ml from "ml-matrix";
import numeric from "numeric";
import * as svdJs from "svd-js";
import {engine} from "./engine.ts";
import {start} from "./peers.ts";

// It writes code for itself that looks for it there.
globalThis.numeric = numeric;

export async function run(folder, peak) {
  wasm.setWasmPaths(folder);
  const peers = {tf, jax, ml, numeric, svdJs};
  await start(peers, wasm);
  return engine(peers, Uint8Array.from(peak));
}
`;

const nodeOnly = ["fs", "path", "os", "crypto", "worker_threads", "perf_hooks", "util", "url"];

/** The engine's lines, measured in a page of a headless Chromium, and its version. */
export async function engineInChromium(peak: Uint8Array): Promise<{lines: Line[]; host: string}> {
  const resolveDir = new URL(".", import.meta.url).pathname;
  const options = {bundle: true, write: false, format: "iife", globalName: "bench", target: "es2023"} as const;
  const {outputFiles} = await build({
    stdin: {contents: entry, resolveDir},
    ...options,
    external: nodeOnly,
    logLevel: "error",
  });
  const site = await serve({
    root: join(resolveDir, "node_modules"),
    pages: {
      "/page.html": '<!doctype html><link rel="icon" href="data:,"><script src="/bench.js"></script>',
      "/bench.js": outputFiles[0]!.text,
    },
  });
  const args = process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
  const browser = await chromium.launch({executablePath: findBrowser(), args});
  try {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/page.html`);
    const call = `bench.run("/@tensorflow/tfjs-backend-wasm/dist/", ${JSON.stringify([...peak])})`;
    return {lines: (await page.evaluate(call)) as Line[], host: `Chromium ${browser.version()}`};
  } finally {
    await browser.close();
    await site.close();
  }
}
