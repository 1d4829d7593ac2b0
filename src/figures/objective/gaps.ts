/** A bar for the gap of each letter, −log p: how far the forge was from certain. In rows, and then laid end to end, on one scale. */
import {attributes, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {paint, type Tone} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed, percent, significant} from "../../figure/plot/text/format.ts";
import {put} from "../../figure/plot/text/put.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";
import {controls, type NextLetter, type ObjectiveResult, type ObjectiveTrained} from "./model.ts";

/** The ways of training, in the order of their sums. */
export const WAYS = Object.keys(controls.trained.options) as ObjectiveTrained[];
export const WAY_NAMES: Readonly<Record<ObjectiveTrained, string>> = {
  base: "Adapter off",
  lora: "Adapter on",
  full: "Fully tuned",
};
const TONES: Readonly<Record<ObjectiveTrained, Tone>> = {base: "w0", lora: "dw", full: "full"};

/** A chance, to two digits: "0.89%", "47%". */
export const chanceText = (log: number): string => {
  const chance = Math.exp(log);
  return chance < 1e-6 || chance > 0.995 ? percent(chance) : `${significant(100 * chance, 2)}%`;
};

/** The chance of a whole name from the sum of log p: "1 in 2,600", "1 in 2.4 million", "1 in 3.1 × 10⁹". */
export function oneInText(sum: number): string {
  const names = Math.exp(-sum);
  if (names < 1e6) return `1 in ${significant(names, 2)}`;
  return `1 in ${names < 1e9 ? `${significant(names / 1e6, 2)} million` : fixed(names, 0)}`;
}

/** Where the rows begin, below the axis. */
const ROWS_TOP = 22;
/** The chances that the axis may name, and the least distance between two of them. */
const TICKS = [0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];
const MIN_TICK_GAP = 38;
/** The size of the letters of chances, in units. */
const CHANCE_SIZE = 14;

/** The path of a rectangle. */
const box = (x1: number, y1: number, x2: number, y2: number): string =>
  `M${rounded(x1)} ${rounded(y1)}H${rounded(x2)}V${rounded(y2)}H${rounded(x1)}Z`;

/**
 * The distance of letters in a row, where bars may start, where they end, and the length of one nat. The end, `wall`, stands for
 * certain.
 */
export function gapLayout(
  {letters, sums}: ObjectiveResult,
  trained: ObjectiveTrained,
  {frame, width}: Pick<Sheet, "frame" | "width">,
) {
  const pitch = Math.min(frame === "wide" ? 24 : 18, (0.4 * width - 34) / Math.max(letters.length - 1, 1));
  const start = (letters.length - 1) * pitch + 44;
  const chances = letters.map(({logs}) => textWidth(chanceText(logs[trained]), CHANCE_SIZE));
  const wall = width - Math.max(...chances) - 12;
  const longest = Math.max(...letters.flatMap(({logs}) => [-logs.base, -logs[trained]]));
  const longestSum = Math.max(...WAYS.map((way) => -sums[way]));
  return {pitch, start, wall, nat: Math.min((wall - start) / longest, (width - 1) / longestSum)};
}
type GapLayout = ReturnType<typeof gapLayout>;

/** Draws the letters so far, pale, and the next one on black; and a line from it to its bar. */
function drawLetterTiles(
  row: Element,
  {before, next, logs}: NextLetter,
  trained: ObjectiveTrained,
  height: number,
  {pitch, wall, nat}: GapLayout,
) {
  const tileWidth = next.length > 1 ? 32 : Math.max(pitch - 2, 14);
  const half = Math.min(height - 2, 26) / 2;
  const past = before.length * pitch;
  const pastTile = past ? box(0, -half, past - 2, half) : "";
  attributes(layer(row, "path", "past"), {"data-symbol": "yless", d: pastTile});
  attributes(layer(row, "path", "next"), {"data-symbol": "yt", d: box(past, -half, past + tileWidth, half)});
  const barStart = wall + nat * Math.min(logs.base, logs[trained]);
  attributes(layer(row, "path", "track"), {d: `M${rounded(past + tileWidth + 4)} 0H${rounded(barStart - 10)}`});
  const name = (_: string, at: number) => (at < before.length ? "" : "next");
  join(layer(row, "g", "letters"), "text", [...before, next], {name}, (text, letter, at) => {
    const middle = at < before.length ? (at + 0.5) * pitch - 1 : past + tileWidth / 2;
    attributes(text, {x: rounded(middle), dy: "0.35em"});
    put(text, letter);
  });
}

/** Draws the axis: "certain" at the right, and some chances. */
function drawChanceAxis(g: Element, {nat, wall, start}: GapLayout, height: number) {
  let last = wall;
  const ticks = TICKS.map((chance) => ({chance, x: wall + nat * Math.log(chance)})).filter(({x}) => {
    if (x < start - 10 || last - x < MIN_TICK_GAP) return false;
    last = x;
    return true;
  });
  each(layer(g, "g", "grid"), "path", ticks, (line, {x}) =>
    attributes(line, {d: `M${rounded(x)} ${ROWS_TOP}V${height}`}),
  );
  texts(
    layer(g, "g", "ticks"),
    ticks.map(({chance, x}) => ({at: [x, ROWS_TOP - 8], text: `${Number((100 * chance).toPrecision(1))}%`})),
  );
  attributes(layer(g, "path", "wall"), {d: `M${rounded(wall)} ${ROWS_TOP}V${height}`});
  attributes(layer(g, "text", "certain", "certain"), {x: rounded(wall), y: ROWS_TOP - 8});
  attributes(layer(g, "text", "scale", "chance (log)"), {x: 0, y: ROWS_TOP - 8});
}

/** Draws a row for each letter: the base's bar, and below it that of the chosen way, if it is another. */
export function drawGapRows(
  g: Element,
  {letters}: ObjectiveResult,
  trained: ObjectiveTrained,
  height: number,
  layout: GapLayout,
) {
  const {wall, nat} = layout;
  drawChanceAxis(layer(g, "g", "axis x"), layout, height);
  const pitch = Math.min((height - ROWS_TOP) / letters.length, 38);
  const thick = Math.min(8, pitch / 3);
  const isTrained = trained !== "base";
  each(layer(g, "g", "rows"), "g", letters, (row, letter, i) => {
    const {logs} = letter;
    attributes(row, {transform: `translate(0 ${rounded(ROWS_TOP + (i + 0.5) * pitch)})`});
    drawLetterTiles(row, letter, trained, pitch, layout);
    const chance = layer(row, "text", "chance", chanceText(logs[trained]));
    attributes(chance, {x: rounded(wall + 12), dy: "0.35em", "data-trained": isTrained ? "" : null});
    const bars = layer(row, "g", "mark-bar");
    const [baseBar, bar] = [layer(bars, "path", "was"), layer(bars, "path", "now")];
    paint(baseBar, {tone: "w0"});
    paint(bar, {tone: isTrained ? TONES[trained] : undefined});
    const symbol = trained === "full" ? "P" : "p";
    // The base's bar is above, and in the middle of the row while it is alone.
    const y = isTrained ? -thick / 2 - 1 : 0;
    attributes(baseBar, {"data-symbol": symbol, d: box(wall + nat * logs.base, y - thick / 2, wall, y + thick / 2)});
    const d = isTrained ? box(wall + nat * logs[trained], 1, wall, 1 + thick) : "";
    attributes(bar, {"data-symbol": symbol, d});
  });
}

/** Heights in units: from one sum to the next, of a bar, and of the line of words above it. */
const [STRIP_PITCH, BAR_HEIGHT, LINE_HEIGHT] = [46, 18, 22];
/** The height of all sums, in units. */
export const SUMS_HEIGHT = (WAYS.length - 1) * STRIP_PITCH + LINE_HEIGHT + BAR_HEIGHT;

/** Draws the bars of each way of training, end to end, with their letters where there is room. */
export function drawGapSums(
  g: Element,
  {letters, sums}: ObjectiveResult,
  trained: ObjectiveTrained,
  {nat, wall}: GapLayout,
) {
  const name = (way: ObjectiveTrained) => (way === trained ? "strip chosen" : "strip");
  join(g, "g", WAYS, {name, key: (way) => way}, (strip, way, i) => {
    const tone = TONES[way];
    const y = i * STRIP_PITCH + LINE_HEIGHT;
    const words = layer(strip, "text", "name");
    attributes(words, {x: 0, y: y - 6});
    put(layer(words, "tspan", "what"), WAY_NAMES[way]);
    attributes(layer(words, "tspan", "sum", fixed(-sums[way], 1)), {dx: 8, "data-tone": tone});
    const whole = layer(strip, "text", "whole", oneInText(sums[way]));
    attributes(whole, {x: rounded(wall), y: y - 6, "text-anchor": "end", "data-tone": tone});
    const ends = letters.map((_, n) => letters.slice(0, n + 1).reduce((sum, {logs}) => sum - nat * logs[way], 0));
    const start = (n: number) => ends[n - 1] ?? 0;
    each(layer(strip, "g", "mark-bar"), "path", ends, (bar, end, n) => {
      paint(bar, {tone});
      const right = Math.max(end - 1.5, start(n) + 0.5);
      attributes(bar, {"data-symbol": "target", d: box(start(n), y, right, y + BAR_HEIGHT)});
    });
    each(layer(strip, "g", "letters"), "text", letters, (text, {next}, n) => {
      const width = ends[n]! - start(n);
      attributes(text, {x: rounded(start(n) + width / 2), y: y + BAR_HEIGHT / 2, dy: "0.35em"});
      put(text, width > textWidth(next, 12) + 4 ? next : "");
    });
  });
}
