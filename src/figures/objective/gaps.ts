/** A bar for the gap of each letter, −log p: how far the forge was from certain. In rows, and then laid end to end, on one scale. */
import {attributes, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {paint, type Tone} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {put} from "../../figure/plot/text/put.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";

/** A row: a letter of the name after those before it, or the end of the name. */
export interface GapRow {
  before: string;
  next: string;
  /** −log p of the base, and in the chosen way. */
  baseGap: number;
  gap: number;
  /** The chance in the chosen way: "47%". */
  chanceText: string;
}

/** One way of training: its gaps, in the order of the rows. */
export interface GapSum {
  name: string;
  gaps: readonly number[];
  /** The sum of −log p, and the chance of the whole name. */
  sumText: string;
  chanceText: string;
  tone: Tone;
  isChosen: boolean;
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
export function gapLayout(rows: readonly GapRow[], sums: readonly GapSum[], {frame, width}: Omit<Sheet, "height">) {
  const letters = rows.length - 1;
  const pitch = Math.min(frame === "wide" ? 24 : 18, (0.4 * width - 34) / Math.max(letters, 1));
  const start = letters * pitch + 44;
  const wall = width - Math.max(...rows.map(({chanceText}) => textWidth(chanceText, CHANCE_SIZE))) - 12;
  const longest = Math.max(...rows.flatMap(({baseGap, gap}) => [baseGap, gap]));
  const longestSum = Math.max(...sums.map(({gaps}) => gaps.reduce((total, gap) => total + gap, 0)));
  return {pitch, start, wall, nat: Math.min((wall - start) / longest, (width - 1) / longestSum)};
}
type GapLayout = ReturnType<typeof gapLayout>;

/** Draws the letters so far, pale, and the next one on black; and a line from it to its bar. */
function drawLetterTiles(
  row: Element,
  {before, next, baseGap, gap}: GapRow,
  height: number,
  {pitch, wall, nat}: GapLayout,
) {
  const tileWidth = next.length > 1 ? 32 : Math.max(pitch - 2, 14);
  const half = Math.min(height - 2, 26) / 2;
  const past = before.length * pitch;
  const pastTile = past ? box(0, -half, past - 2, half) : "";
  attributes(layer(row, "path", "past"), {"data-symbol": "yless", d: pastTile});
  attributes(layer(row, "path", "next"), {"data-symbol": "yt", d: box(past, -half, past + tileWidth, half)});
  const barStart = wall - nat * Math.max(baseGap, gap);
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

/** Draws a row for each letter. `tone` is the color of what is trained; without it only the base's bars are drawn. */
export function drawGapRows(
  g: Element,
  rows: readonly GapRow[],
  tone: Tone | undefined,
  {height}: Sheet,
  at: GapLayout,
) {
  const {wall, nat} = at;
  drawChanceAxis(layer(g, "g", "axis x"), at, height);
  const pitch = Math.min((height - ROWS_TOP) / rows.length, 38);
  const thick = Math.min(8, pitch / 3);
  each(layer(g, "g", "rows"), "g", rows, (row, gapRow, i) => {
    attributes(row, {transform: `translate(0 ${rounded(ROWS_TOP + (i + 0.5) * pitch)})`});
    drawLetterTiles(row, gapRow, pitch, at);
    const chance = layer(row, "text", "chance", gapRow.chanceText);
    attributes(chance, {x: rounded(wall + 12), dy: "0.35em", "data-trained": tone ? "" : null});
    const bars = layer(row, "g", "mark-bar");
    const [baseBar, bar] = [layer(bars, "path", "was"), layer(bars, "path", "now")];
    paint(baseBar, {tone: "w0"});
    paint(bar, {tone});
    const symbol = tone === "full" ? "P" : "p";
    // The base's bar is above, and in the middle of the row while it is alone.
    const y = tone ? -thick / 2 - 1 : 0;
    attributes(baseBar, {
      "data-symbol": symbol,
      d: box(wall - nat * gapRow.baseGap, y - thick / 2, wall, y + thick / 2),
    });
    const d = tone ? box(wall - nat * gapRow.gap, 1, wall, 1 + thick) : "";
    attributes(bar, {"data-symbol": symbol, d});
  });
}

/** Heights in units: from one sum to the next, of a bar, and of the line of words above it. */
const [STRIP_PITCH, BAR_HEIGHT, LINE_HEIGHT] = [46, 18, 22];
/** The height of this many sums, in units. */
export const sumsHeight = (sums: number): number => (sums - 1) * STRIP_PITCH + LINE_HEIGHT + BAR_HEIGHT;

/** Draws the bars of each way of training, end to end, with their letters where there is room. */
export function drawGapSums(g: Element, rows: readonly GapRow[], sums: readonly GapSum[], {nat, wall}: GapLayout) {
  const name = ({isChosen}: GapSum) => (isChosen ? "strip chosen" : "strip");
  join(g, "g", sums, {name, key: (sum) => sum.name}, (strip, {name, gaps, sumText, chanceText, tone}, i) => {
    const y = i * STRIP_PITCH + LINE_HEIGHT;
    const words = layer(strip, "text", "name");
    attributes(words, {x: 0, y: y - 6});
    put(layer(words, "tspan", "what"), name);
    attributes(layer(words, "tspan", "sum", sumText), {dx: 8, "data-tone": tone});
    const whole = layer(strip, "text", "whole", chanceText);
    attributes(whole, {x: rounded(wall), y: y - 6, "text-anchor": "end", "data-tone": tone});
    const starts = gaps.map((_, n) => nat * gaps.slice(0, n).reduce((sum, gap) => sum + gap, 0));
    each(layer(strip, "g", "mark-bar"), "path", gaps, (bar, gap, n) => {
      paint(bar, {tone});
      const end = Math.max(starts[n]! + nat * gap - 1.5, starts[n]! + 0.5);
      attributes(bar, {"data-symbol": "target", d: box(starts[n]!, y, end, y + BAR_HEIGHT)});
    });
    each(layer(strip, "g", "letters"), "text", gaps, (text, gap, n) => {
      const {next} = rows[n]!;
      attributes(text, {x: rounded(starts[n]! + (nat * gap) / 2), y: y + BAR_HEIGHT / 2, dy: "0.35em"});
      put(text, nat * gap > textWidth(next, 12) + 4 ? next : "");
    });
  });
}
