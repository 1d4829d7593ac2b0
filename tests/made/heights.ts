// Measures every embed page at the widths that content/heights.json names: `npm run heights`.
import {readdirSync} from "node:fs";
import {join} from "node:path";
import {chromium} from "@playwright/test";
import {frameWidths, roomFor} from "../../src/components/gallery/frameHeights.ts";
import {writeJson} from "../../src/make/scripts/writeJson.ts";
import {findBrowser} from "../browser/find.ts";
import {heightsOf} from "../browser/height.ts";
import {serve} from "../browser/serve.ts";

const root = new URL("../..", import.meta.url).pathname;
const dist = join(root, "dist");
const names = readdirSync(join(dist, "embed")).sort();

const site = await serve({root: dist});
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const page = await browser.newPage();
const heights: Record<string, readonly number[]> = {};
for (const name of names) heights[name] = (await heightsOf(page, site.origin, name, frameWidths)).map(roomFor);
await browser.close();
await site.close();
writeJson(join(root, "content/heights.json"), {command: "npm run heights", widths: frameWidths, heights});
