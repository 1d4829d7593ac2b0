import type {Page} from "@playwright/test";
import sharp from "sharp";
import {previewSize} from "../../../src/site/preview.ts";
import {compose, type Layout} from "./compose.ts";
import {FRAME, type Subject} from "./subjects.ts";

/** Heading above the figure, or beside it. */
const layouts: readonly Layout[] = [
  {heading: {left: 48, top: 104, width: 1104, bottom: 260}, figure: {left: 48, right: 1152, bottom: 602}},
  {heading: {left: 48, top: 116, width: 396, bottom: 596}, figure: {left: 484, top: 112, right: 1152, bottom: 602}},
];
/** In bytes; tests/built/cards.test.ts holds it. */
const LARGEST = 50_000;

const alone: readonly Layout[] = [
  {heading: {left: 48, top: 180, width: 1000, bottom: 590}, figure: layouts[0]!.figure},
];

/** Draws a card on the page at `address`, the one it stands for: a PNG of at most 64 colors, or fewer where it would be too large. */
export async function draw(page: Page, address: string, {kicker, heading, frame}: Subject, sheet: string) {
  await page.goto(address);
  const words = frame
    ? {layouts, sizes: [60, 56, 52, 48, 44, 40, 36], selector: FRAME}
    : {layouts: alone, sizes: [92, 84, 76, 68, 60]};
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(compose, {kicker, heading, sheet, ...words});
  await page.evaluate(() => document.fonts.ready);
  const picture = await page.screenshot({clip: {x: 0, y: 0, ...previewSize}});
  const png = (quality: number) =>
    sharp(picture).png({palette: true, colors: 64, quality, dither: 0, effort: 10, compressionLevel: 9}).toBuffer();
  const usual = await png(100);
  return usual.length < LARGEST ? usual : png(90);
}
