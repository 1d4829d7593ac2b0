import {readFileSync} from "node:fs";
import {gzipSync} from "node:zlib";
import {describe, expect, test, vi} from "vitest";
import {aboutWidgets} from "../../../src/make/embeds/aboutWidgets.ts";
import {embedScripts} from "../../../src/make/embeds/embedBundles.ts";
import {everyBundle} from "../../../src/make/embeds/embeds.ts";
import {load, widgetNames} from "../../../src/widgets/registry.ts";

const root = new URL("../../..", import.meta.url).pathname;
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("utf8");
const gzip = (bytes: Uint8Array) => gzipSync(bytes).length;

/** Widgets whose runs load weights; budget trains on the digit machine alone. */
const loading = ["amplify", "budget", "cut", "forge", "intrinsic", "lab", "question", "subspace", "sweep"];
const home = "https://example.org/lora/";

const files = await everyBundle(root, home);
const scripts = Object.entries(files).filter(([path]) => path.endsWith(".js"));

describe("what other pages load from us", () => {
  test("is the element with its chunks, the scripts and the sheet of each embed, and what embeds and hosts share", async () => {
    const players = await Promise.all(widgetNames.map(async (name) => (await load(name)).player));
    const heavy = widgetNames.filter((_, i) => players[i]);
    expect(heavy.length).toBeGreaterThan(0);
    const chunk = /^[\w.-]+-[\w-]{8}\.js$/;
    const paths = Object.keys(files).filter((path) => !chunk.test(path));
    expect(paths.sort()).toEqual(
      [
        ...widgetNames.flatMap((name) => [`embed/${name}.css`, `embed/${name}.js`]),
        ...heavy.map((name) => `embed/${name}.model.js`),
        ...loading.map((name) => `embed/${name}.data.js`),
        ...["embed/take.js", "lora-embed.js", "lora-widget.js", "lora.anywidget.mjs"],
      ].sort(),
    );
  });

  test("is the same bytes again, but for the site's address, which the notebooks' module needs", async () => {
    const again = await everyBundle(root);
    const changed = Object.keys(files).filter((path) => text(again[path]) !== text(files[path]));
    expect(changed).toEqual(["lora.anywidget.mjs"]);
    expect(text(files["lora.anywidget.mjs"])).toContain(home);
  });

  test.each(widgetNames)("the embed script of %s loads no module and no file by itself", (name) => {
    const script = text(files[`embed/${name}.js`]);
    expect(script).not.toMatch(/\bimport\s*\(|import\.meta|\bfetch\(/);
    // esbuild compiles a call of a missing import to this.
    expect(script).not.toContain("(void 0)(");
  });

  test("contains each base model of the lab only in scripts that are loaded later", () => {
    const {base64} = JSON.parse(readFileSync(`${root}/content/lab/word-forge.weights.json`, "utf8"));
    const holders = scripts.filter(([, bytes]) => text(bytes).includes(base64.slice(1000, 1200)));
    expect(holders.map(([path]) => path.replace(/-[\w-]{8}\.js$/, ".js")).sort()).toEqual([
      ...loading.filter((name) => !["budget", "intrinsic"].includes(name)).map((name) => `embed/${name}.data.js`),
      "word-forge.weights.js",
    ]);
  });

  test("names no path of this machine and no other host", () => {
    for (const [path, bytes] of Object.entries(files)) {
      expect(text(bytes), path).not.toContain(root);
      // The namespace of SVG is a name.
      const names = /https?:\/\/(?!www\.w3\.org\/)[\w.]+/g;
      expect(text(bytes).replace(home, "").match(names) ?? [], path).toEqual([]);
    }
  });

  test("does not depend on the font size of the page around it", () => {
    const [, start] = scripts.find(([path]) => path.startsWith("lora-start-"))!;
    expect(text(start)).toContain("font:400 15px");
    expect(text(start)).not.toMatch(/\drem\b/);
  });

  test("has the toolbar's tools in scripts of their own, of at most 6 kB", () => {
    const [, take] = scripts.find(([path]) => path.startsWith("take-")) as [string, Uint8Array];
    expect(gzip(take)).toBeLessThanOrEqual(6000);
    const [, dialog] = scripts.find(([path]) => path.startsWith("dialog-")) as [string, Uint8Array];
    expect(gzip(dialog), "the embed dialog with its sheet").toBeLessThanOrEqual(7100);
    // For embeds all of it together, with who hears a host's orders.
    expect(gzip(files["embed/take.js"] as Uint8Array)).toBeLessThanOrEqual(14_400);
    const later = [/Embed this figure/, /type should be one of/];
    for (const [path, bytes] of scripts.filter(([path]) => path.startsWith("embed/")))
      for (const mark of later) expect(mark.test(text(bytes)), `${path} ${mark}`).toBe(path === "embed/take.js");
  });

  test("has a script for host pages of at most 1 kB, which sets no global", () => {
    const script = files["lora-embed.js"] as Uint8Array;
    expect(gzip(script)).toBeLessThanOrEqual(1000);
    expect(text(script)).toMatch(/^\/\*! [^*]*\*\/\n\(\(\)=>\{[\s\S]*\}\)\(\);\s*$/);
    expect(text(script)).not.toMatch(/globalThis|window\./);
  });

  test("contains the test widget only in the build for tests, with a worker in its embed", async () => {
    for (const [path, bytes] of scripts) expect(text(bytes), path).not.toMatch(/probed|Does a long run behave/);
    vi.stubEnv("PROBE", "1");
    const names = (await aboutWidgets(root)).map(({name}) => name);
    expect(names).toEqual([...widgetNames, "probe"]);
    const probe = text((await embedScripts(root, "probe", true))["embed/probe.js"]);
    vi.unstubAllEnvs();
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
