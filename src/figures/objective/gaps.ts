/** A bar for each letter, −log p long, in rows and then laid end to end. Both have one scale. */
import {attributes, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {paint, type Tone} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {put} from "../../figure/plot/text/put.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";

/** A letter after those before it. */
export interface GapRow {
  before: string;
  next: string;
  /** −log p of the base, and now. */
  was: number;
  now: number;
  /** The chance now: "47%". */
  chance: string;
}

/** One way of training: its gaps, in the order of the rows. */
export interface GapSum {
  name: string;
  gaps: readonly number[];
  /** The sum of −log p, and the chance of the whole name. */
  sumText: string;
  chance: string;
  tone: Tone;
  isChosen: boolean;
}

/** Where the rows begin, below the axis. */
const TOP = 22;
/** What the last row has in place of a letter. */
const END = "end";
/** Chances that the axis may have, and the least space between two of them. */
const TICKS = [0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];
const TICK_ROOM = 38;
/** The size of chances, in units. */
const CHANCE_TEXT = 14;

const box = (x1: number, y1: number, x2: number, y2: number): string =>
  `M${rounded(x1)} ${rounded(y1)}H${rounded(x2)}V${rounded(y2)}H${rounded(x1)}Z`;

/** Where letters, bars and chances are in a row, and the length of one nat. Bars end at `wall`, which stands for certain. */
export function gapLayout(rows: readonly GapRow[], sums: readonly GapSum[], {frame, width}: Omit<Sheet, "height">) {
  const letters = rows.length - 1;
  const pitch = Math.min(frame === "wide" ? 24 : 18, (0.4 * width - 34) / Math.max(letters, 1));
  const start = letters * pitch + 44;
  const wall = width - Math.max(...rows.map(({chance}) => textWidth(chance, CHANCE_TEXT))) - 12;
  const longest = Math.max(...rows.flatMap(({was, now}) => [was, now]));
  const sum = Math.max(...sums.map(({gaps}) => gaps.reduce((total, gap) => total + gap, 0)));
  return {pitch, start, wall, nat: Math.min((wall - start) / longest, (width - 1) / sum)};
}
type GapLayout = ReturnType<typeof gapLayout>;

/** The letters so far, pale, and the next one on black; and a line from it to its bar. */
function letterTiles(row: Element, {before, next, was, now}: GapRow, height: number, {pitch, wall, nat}: GapLayout) {
  const tileWidth = next === END ? 32 : Math.max(pitch - 2, 14);
  const half = Math.min(height - 2, 26) / 2;
  const past = before.length * pitch;
  const pastTile = past ? box(0, -half, past - 2, half) : "";
  attributes(layer(row, "path", "past"), {"data-symbol": "yless", d: pastTile});
  attributes(layer(row, "path", "next"), {"data-symbol": "yt", d: box(past, -half, past + tileWidth, half)});
  const bar = wall - nat * Math.max(was, now);
  attributes(layer(row, "path", "track"), {d: `M${rounded(past + tileWidth + 4)} 0H${rounded(bar - 10)}`});
  const all = [...before, next];
  join(
    layer(row, "g", "letters"),
    "text",
    all,
    {name: (_, at) => (at < before.length ? "" : "next")},
    (text, one, at) => {
      const middle = at < before.length ? (at + 0.5) * pitch - 1 : past + tileWidth / 2;
      attributes(text, {x: rounded(middle), dy: "0.35em"});
      put(text, one);
    },
  );
}

/** The axis: "certain" at the right, and some chances. */
function chanceAxis(g: Element, {nat, wall, start}: GapLayout, height: number) {
  let last = wall;
  const ticks = TICKS.map((chance) => ({chance, x: wall + nat * Math.log(chance)})).filter(({x}) => {
    if (x < start - 10 || last - x < TICK_ROOM) return false;
    last = x;
    return true;
  });
  each(layer(g, "g", "grid"), "path", ticks, (line, {x}) => attributes(line, {d: `M${rounded(x)} ${TOP}V${height}`}));
  texts(
    layer(g, "g", "ticks"),
    ticks.map(({chance, x}) => ({at: [x, TOP - 8], text: `${Number((100 * chance).toPrecision(1))}%`})),
  );
  attributes(layer(g, "path", "wall"), {d: `M${rounded(wall)} ${TOP}V${height}`});
  attributes(layer(g, "text", "certain", "certain"), {x: rounded(wall), y: TOP - 8});
  attributes(layer(g, "text", "scale", "chance (log)"), {x: 0, y: TOP - 8});
}

/** A row for each letter. `tone` is the color of what is trained; without it only the base's bars are drawn. */
export function gapRows(g: Element, rows: readonly GapRow[], tone: Tone | undefined, {height}: Sheet, at: GapLayout) {
  const {wall, nat} = at;
  chanceAxis(layer(g, "g", "axis x"), at, height);
  const pitch = Math.min((height - TOP) / rows.length, 38);
  const thick = Math.min(8, pitch / 3);
  each(layer(g, "g", "rows"), "g", rows, (row, one, i) => {
    attributes(row, {transform: `translate(0 ${rounded(TOP + (i + 0.5) * pitch)})`});
    letterTiles(row, one, pitch, at);
    const chance = layer(row, "text", "chance", one.chance);
    attributes(chance, {x: rounded(wall + 12), dy: "0.35em", "data-trained": tone ? "" : null});
    const bars = layer(row, "g", "mark-bar");
    const [was, now] = [layer(bars, "path", "was"), layer(bars, "path", "now")];
    paint(was, {tone: "w0"});
    paint(now, {tone});
    const symbol = tone === "full" ? "P" : "p";
    // The base's bar is above, and in the middle of the row while it is alone.
    const y = tone ? -thick / 2 - 1 : 0;
    attributes(was, {"data-symbol": symbol, d: box(wall - nat * one.was, y - thick / 2, wall, y + thick / 2)});
    const d = tone ? box(wall - nat * one.now, 1, wall, 1 + thick) : "";
    attributes(now, {"data-symbol": symbol, d});
  });
}

/** Heights: from one sum to the next, of a bar, and of the line of words above it. */
const [STRIP, BAR, LINE] = [46, 18, 22];
/** The height of this many sums. */
export const sumsHeight = (sums: number): number => sums * STRIP - (STRIP - LINE - BAR);

/** The bars of each way of training, end to end, with their letters where there is room. */
export function gapSums(g: Element, rows: readonly GapRow[], sums: readonly GapSum[], {nat, wall}: GapLayout) {
  const name = ({isChosen}: GapSum) => (isChosen ? "strip chosen" : "strip");
  join(g, "g", sums, {name, key: (sum) => sum.name}, (strip, {name, gaps, sumText, chance, tone}, i) => {
    const y = i * STRIP + LINE;
    const words = layer(strip, "text", "name");
    attributes(words, {x: 0, y: y - 6});
    put(layer(words, "tspan", "what"), name);
    attributes(layer(words, "tspan", "sum", sumText), {dx: 8, "data-tone": tone});
    const whole = layer(strip, "text", "whole", chance);
    attributes(whole, {x: rounded(wall), y: y - 6, "text-anchor": "end", "data-tone": tone});
    const starts = gaps.map((_, n) => nat * gaps.slice(0, n).reduce((sum, gap) => sum + gap, 0));
    each(layer(strip, "g", "mark-bar"), "path", gaps, (bar, gap, n) => {
      paint(bar, {tone});
      const end = Math.max(starts[n]! + nat * gap - 1.5, starts[n]! + 0.5);
      attributes(bar, {"data-symbol": "target", d: box(starts[n]!, y, end, y + BAR)});
    });
    each(layer(strip, "g", "letters"), "text", gaps, (text, gap, n) => {
      const {next} = rows[n]!;
      attributes(text, {x: rounded(starts[n]! + (nat * gap) / 2), y: y + BAR / 2, dy: "0.35em"});
      put(text, nat * gap > textWidth(next, 12) + 4 ? next : "");
    });
  });
}
