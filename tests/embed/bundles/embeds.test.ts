import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {figureScript, sharedFiles} from "../../../src/embed/bundles/embeds.ts";
import {loadWidget, type WidgetName} from "../../../src/figures/registry.ts";
import {isAll} from "../../third.ts";

const root = new URL("../../..", import.meta.url).pathname;
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("utf8");

const home = "https://example.org/lora/";
const files = await sharedFiles(root, home);

/** One that answers at once, one that trains, and one whose runs load weights. */
const figures = new Map(
  await Promise.all(["rank", "train", "lab"].map(async (name) => [name, await figureScript(root, name)] as const)),
);

describe("what other pages load from us", () => {
  test("is the element with its chunks, the module for notebooks, and the script of pages around frames", () => {
    const chunk = /^[\w.-]+-[\w-]{8}\.js$/;
    const paths = Object.keys(files).filter((path) => !chunk.test(path));
    expect(paths.sort()).toEqual(["lora-embed.js", "lora-widget.js", "lora.anywidget.mjs"]);
  });

  // Bundles all of it once more.
  test.runIf(isAll)(
    "is the same bytes again, but for the site's address, which the notebooks' module needs",
    async () => {
      const again = await sharedFiles(root);
      const changed = Object.keys(files).filter((path) => text(again[path]) !== text(files[path]));
      expect(changed).toEqual(["lora.anywidget.mjs"]);
      expect(text(files["lora.anywidget.mjs"])).toContain(home);
    },
  );

  test("names the worker of its own version", () => {
    const worker = Object.keys(files).find((path) => path.startsWith("lora-worker-"));
    expect(text(files["lora-widget.js"])).toContain(worker);
  });

  test("names no path of this machine and no other host", () => {
    for (const [path, script] of [...Object.entries(files).map(([path, bytes]) => [path, text(bytes)]), ...figures]) {
      expect(script, path).not.toContain(root);
      // The namespace of SVG is a name.
      const names = /https?:\/\/(?!www\.w3\.org\/)[\w.]+/g;
      expect(script!.replace(home, "").match(names) ?? [], path).toEqual([]);
    }
  });

  test("does not depend on the font size of the page around it", () => {
    const [, start] = Object.entries(files).find(([path]) => path.startsWith("lora-start-"))!;
    expect(text(start)).toMatch(/font:(400 )?15px/);
    expect(text(start)).not.toMatch(/\d*\.?\d+rem\b/);
  });

  test("has a script for host pages, which sets no global", () => {
    const script = text(files["lora-embed.js"]);
    expect(script).toMatch(/^\(?(function\(\)|\(\)=>)\s*\{[\s\S]*\}\)\(\);\s*$/);
    expect(script).not.toMatch(/globalThis|window\./);
  });
});

describe("the script of a figure", () => {
  test.each([...figures])("%s is one function, and loads no module and no file by itself", (_, script) => {
    expect(script).toMatch(/^\(function lora\(\)\{[\s\S]*\}\)\(\);\n$/);
    expect(script).not.toMatch(/\bimport\s*\(|import\.meta|\bfetch\(/);
    // What a bundler makes of a call of a missing import.
    expect(script).not.toContain("(void 0)(");
  });

  test("has the weights of a base model once, if its runs load them", () => {
    const {base64} = JSON.parse(readFileSync(`${root}/content/lab/word-forge.weights.json`, "utf8"));
    expect([...figures.values()].map((script) => script.split(base64).length - 1)).toEqual([0, 0, 1]);
  });

  test("is of no other figure", async () => {
    for (const name of figures.keys()) {
      const {title} = await loadWidget(name as WidgetName);
      const holders = [...figures].filter(([, script]) => script.includes(title));
      expect(holders.map(([holder]) => holder)).toEqual([name]);
    }
  });
});
