import {readFileSync} from "node:fs";
import {gzipSync} from "node:zlib";
import {afterEach, describe, expect, test, vi} from "vitest";
import {everyBundle} from "../../../src/make/embeds/embeds.ts";
import {load, widgetNames} from "../../../src/widgets/registry.ts";

const root = new URL("../../..", import.meta.url).pathname;
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("utf8");
const gzip = (bytes: Uint8Array) => gzipSync(bytes).length;

/** Widgets whose runs load weights; budget trains on the digit machine alone. */
const loading = ["amplify", "budget", "lab", "subspace", "sweep"];

afterEach(() => vi.unstubAllEnvs());

const files = await everyBundle(root);
const scripts = Object.entries(files).filter(([path]) => path.endsWith(".js"));

describe("what other pages load from us", () => {
  test("is a module, its chunks, a sheet, one classic script a widget, its model for a heavy one, the data that it loads, and two that embeds and their hosts share", async () => {
    const heavy = (
      await Promise.all(widgetNames.map(async (name) => ((await load(name)).player ? [name] : [])))
    ).flat();
    expect(heavy.length).toBeGreaterThan(0);
    expect(
      Object.keys(files)
        .filter(
          (path) =>
            !/^(addressed|attributes|chunk|dialog|live|models?|base|base64|onPaper|packed|playback|recorder|take|widget|wishes|home|save|names|french|spanish|[\w-]+\.weights)-\w+\.js$/.test(
              path,
            ),
        )
        .sort(),
    ).toEqual(
      [
        ...widgetNames.map((name) => `embed/${name}.css`),
        ...widgetNames.map((name) => `embed/${name}.js`),
        ...heavy.map((name) => `embed/${name}.model.js`),
        ...loading.map((name) => `embed/${name}.data.js`),
        "embed/take.js",
        "lora-embed.js",
        "lora-widget.js",
        "lora-worker.js",
        "lora.anywidget.mjs",
      ].sort(),
    );
  });

  test("is the same bytes again", async () => {
    expect(await everyBundle(root)).toEqual(files);
  });

  test.each(widgetNames)("the embed script of %s stands alone", (name) => {
    const script = text(files[`embed/${name}.js`]);
    expect(script).not.toMatch(/\bimport\s*\(|import\.meta|\bfetch\(/);
    // What a bundle lacks, esbuild calls as this.
    expect(script).not.toContain("(void 0)(");
  });

  test("holds each base model of the lab once, and in no script that comes first", () => {
    const {base64} = JSON.parse(readFileSync(`${root}/content/lab/word-forge.weights.json`, "utf8"));
    const holders = scripts.filter(([, bytes]) => text(bytes).includes(base64.slice(1000, 1200)));
    expect(holders.map(([path]) => path.replace(/-\w+\.js$/, ".js")).sort()).toEqual([
      ...loading.filter((name) => name !== "budget").map((name) => `embed/${name}.data.js`),
      "word-forge.weights.js",
    ]);
  });

  test("names no machine and no other host", () => {
    for (const [path, bytes] of Object.entries(files)) {
      expect(text(bytes), path).not.toContain(root);
      // The namespaces of SVG and of xAPI are names.
      const names = /https?:\/\/(?!www\.w3\.org\/|adlnet\.gov\/expapi\/)[\w.]+/g;
      expect(text(bytes).match(names) ?? [], path).toEqual([]);
    }
  });

  test("writes the site's address into the notebooks' module, for its copies, and into nothing else", async () => {
    const addressed = await everyBundle(root, "https://example.org/lora/");
    const changed = Object.keys(files).filter((path) => text(addressed[path]) !== text(files[path]));
    expect(changed).toEqual(["lora.anywidget.mjs"]);
    expect(text(addressed["lora.anywidget.mjs"])).toContain("https://example.org/lora/");
  });

  test("takes its sizes from no host's root", () => {
    expect(text(files["lora-widget.js"])).toContain("font:400 15px");
    expect(text(files["lora-widget.js"])).not.toMatch(/\drem\b/);
  });

  test("what a reader may never press weighs at most 6 kB, and comes by itself", () => {
    const [, take] = scripts.find(([path]) => path.startsWith("take-")) as [string, Uint8Array];
    expect(gzip(take)).toBeLessThanOrEqual(6000);
    const [, dialog] = scripts.find(([path]) => path.startsWith("dialog-")) as [string, Uint8Array];
    expect(gzip(dialog), "the embed dialog with its sheet").toBeLessThanOrEqual(7000);
    // For embeds all of it together, with who hears a host's orders.
    expect(gzip(files["embed/take.js"] as Uint8Array)).toBeLessThanOrEqual(13_000);
    const later = [/Embed this figure/, /adlnet\.gov/, /type should be one of/];
    for (const [path, bytes] of scripts.filter(([path]) => path.startsWith("embed/")))
      for (const mark of later) expect(mark.test(text(bytes)), `${path} ${mark}`).toBe(path === "embed/take.js");
  });

  test("what a host page loads to give our frames their height weighs at most 1 kB and leaves no name behind", () => {
    const script = files["lora-embed.js"] as Uint8Array;
    expect(gzip(script)).toBeLessThanOrEqual(1000);
    expect(text(script)).toMatch(/^\(\(\)=>\{[\s\S]*\}\)\(\);\s*$/);
    expect(text(script)).not.toMatch(/globalThis|window\./);
  });

  test("holds the test widget only when it is asked for, with a worker in its embed", async () => {
    for (const [path, bytes] of scripts) expect(text(bytes), path).not.toMatch(/probed|Does a long run behave/);
    vi.stubEnv("PROBE", "1");
    const probe = text((await everyBundle(root))["embed/probe.js"]);
    const listeners = (script: string) => script.match(/addEventListener\(\\?"message\\?"/g)?.length ?? 0;
    // The host's orders, the worker's answers, and in the worker the page's orders.
    expect(listeners(probe)).toBe(3);
    for (const name of widgetNames) {
      const due = (await load(name)).player ? 3 : 1;
      const all = [files[`embed/${name}.js`], files[`embed/${name}.data.js`]].map(text).join("");
      expect(listeners(all), name).toBe(due);
    }
  });
});
