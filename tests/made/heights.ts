// Measures every embed page, and every preset in one, at the widths that content/heights.json names: `npm run heights`.
import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {chromium} from "@playwright/test";
import {presetFrame, presetPlace, teach} from "../../src/book/teach/teach.ts";
import {frameWidths} from "../../src/embed/gallery/frameHeights.ts";
import {frameHeightFor} from "../../src/figure/share/height.ts";
import {writeJsonFile} from "../../src/tools/jsonFiles.ts";
import {findBrowser} from "../browser/find.ts";
import {heightsOf} from "../browser/height.ts";
import {serve} from "../browser/serve.ts";

const root = new URL("../..", import.meta.url).pathname;
const dist = join(root, "dist");
// A figure of an earlier edition has a page, too, with another figure in it.
const names = readdirSync(join(dist, "embed"))
  .filter((name) => existsSync(join(root, "src/figures", name)))
  .sort();

const site = await serve({root: dist});
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const page = await browser.newPage();
const measure = async (shown: string) => (await heightsOf(page, site.origin, shown, frameWidths)).map(frameHeightFor);
const heights: Record<string, readonly number[]> = {};
for (const name of names) heights[name] = await measure(`${name}/`);
const presets: Record<string, readonly number[]> = {};
for (const preset of teach.presets) presets[presetPlace(preset)] = await measure(presetFrame(preset));
await browser.close();
await site.close();
writeJsonFile(join(root, "content/heights.json"), {command: "npm run heights", widths: frameWidths, heights, presets});
