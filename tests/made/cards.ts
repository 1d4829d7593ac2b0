// Draws the pictures that links to us show, those that are out of date or named: `npm run cards`, `npm run cards -- widgets/rank.png`.
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {chromium} from "@playwright/test";
import {previewSize} from "../../src/site/preview.ts";
import {writeJsonFile} from "../../src/tools/jsonFiles.ts";
import {findBrowser} from "../browser/find.ts";
import {serve} from "../browser/serve.ts";
import {draw} from "./cards/draw.ts";
import {fingerprint, subjectsOf} from "./cards/subjects.ts";

const root = new URL("../..", import.meta.url).pathname;
const named = process.argv.slice(2);
const sheet = readFileSync(join(root, "tests/made/cards/card.css"), "utf8");
const dist = join(root, "dist");
const folder = join(root, "public/og");
const list = join(root, "content/og.json");

const before: Readonly<Record<string, string>> = existsSync(list)
  ? JSON.parse(readFileSync(list, "utf8")).pictures
  : {};
const subjects = subjectsOf(dist);
const prints = new Map(subjects.map((subject) => [subject.file, fingerprint(subject, sheet)]));
const due = subjects.filter(({file}) =>
  named.length ? named.includes(file) : before[file] !== prints.get(file) || !existsSync(join(folder, file)),
);

const site = await serve({root: dist});
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
// The card's sheet is no file of the site, so the page's policy has to let it in.
const context = await browser.newContext({
  ...{viewport: previewSize, bypassCSP: true, colorScheme: "light", reducedMotion: "reduce"},
});
// What is drawn is the first frame, as built.
await context.route("**/*.js", (route) => route.abort());
const page = await context.newPage();
for (const subject of due) {
  const picture = await draw(page, `${site.origin}/${subject.page}`, subject, sheet);
  const file = join(folder, subject.file);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, picture);
  process.stdout.write(`${subject.file}: ${(picture.length / 1000).toFixed(1)} kB\n`);
}
await browser.close();
await site.close();
for (const file of Object.keys(before)) if (!prints.has(file)) rmSync(join(folder, file), {force: true});
// What was left as it is keeps the print it had.
const pictures = [...prints].map(([file, print]) => [
  file,
  due.some((one) => one.file === file) ? print : before[file],
]);
writeJsonFile(list, {command: "npm run cards", pictures: Object.fromEntries(pictures)});
process.stdout.write(`${due.length} of ${subjects.length} drawn\n`);
