/** A bar for each letter, −log p long, in rows and then laid end to end. Both have one scale. */
import {attributes, each, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {paint, type Tone} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {shapePath} from "../../../figure/plot/shapes.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {texts} from "../../../figure/plot/text/texts.ts";
import {textWidth} from "../../../figure/plot/text/textWidth.ts";

/** A letter after those before it. */
export interface GapRow {
  before: string;
  next: string;
  /** −log p of the base, and now. */
  was: number;
  now: number;
  /** Both as chances: "0.89%", "47%". */
  chanceTexts: readonly [was: string, now: string];
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

/** Sizes of letters. */
const [LARGE_TEXT, SMALL_TEXT] = [14, 12];
/** Where the rows begin, below the axis. */
const TOP = 22;
/** What the last row has in place of a letter. */
const END = "end";
/** Chances that the axis may have, and the least space between two of them. */
const TICKS = [0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];
const TICK_ROOM = 38;

const box = (x1: number, y1: number, x2: number, y2: number): string =>
  `M${rounded(x1)} ${rounded(y1)}H${rounded(x2)}V${rounded(y2)}H${rounded(x1)}Z`;

/** Where letters, bars and chances are in a row, and the length of one nat. Bars end at `wall`, which stands for certain. */
export function gapLayout(rows: readonly GapRow[], sums: readonly GapSum[], {frame, width}: Omit<Sheet, "height">) {
  const isWide = frame === "wide";
  const letters = rows.length - 1;
  const pitch = Math.min(isWide ? 24 : 18, ((isWide ? 0.36 : 0.42) * width - 34) / Math.max(letters, 1));
  const start = letters * pitch + 44;
  const chances = rows.map(({chanceTexts: chanceText}) =>
    textWidth(isWide ? chanceText.join(" → ") : chanceText[1], isWide ? LARGE_TEXT : SMALL_TEXT),
  );
  const wall = width - Math.max(...chances) - 12;
  const longest = Math.max(...rows.flatMap(({was, now}) => [was, now]));
  const sum = Math.max(...sums.map(({gaps}) => gaps.reduce((total, gap) => total + gap, 0)));
  return {isWide, pitch, start, wall, nat: Math.min((wall - start) / longest, (width - 1) / sum)};
}
type GapLayout = ReturnType<typeof gapLayout>;

/** The letters so far, pale, and the next one on black. */
function letterTiles(
  row: Element,
  {before, next, was, now}: GapRow,
  y: number,
  height: number,
  {pitch, wall, nat}: GapLayout,
) {
  const tileWidth = next === END ? 32 : Math.max(pitch - 2, 14);
  const tile = Math.min(height - 2, 26);
  const past = before.length * pitch;
  attributes(layer(row, "path", "past"), {
    "data-symbol": "yless",
    d: past ? box(0, y - tile / 2, past - 2, y + tile / 2) : "",
  });
  attributes(layer(row, "path", "next"), {
    "data-symbol": "yt",
    d: box(past, y - tile / 2, past + tileWidth, y + tile / 2),
  });
  // A line from the letter to its bar.
  attributes(layer(row, "path", "track"), {
    d: `M${rounded(past + tileWidth + 4)} ${rounded(y)}H${rounded(wall - nat * Math.max(was, now) - 10)}`,
  });
  const all = [...before, next];
  const isNext = (at: number) => at === before.length;
  join(layer(row, "g", "letters"), "text", all, {name: (_, at) => (isNext(at) ? "next" : "")}, (text, letter, at) => {
    const middle = isNext(at) ? past + tileWidth / 2 : (at + 0.5) * pitch - 1;
    attributes(text, {x: rounded(middle), y: rounded(y), dy: "0.35em"});
    put(text, letter);
  });
}

/** The axis: "certain" at the right, and some chances. */
function chanceAxis(g: Element, {nat, wall, start}: GapLayout, height: number) {
  let last = wall;
  const ticks = TICKS.filter((chance) => {
    const x = wall + nat * Math.log(chance);
    if (x < start - 10 || last - x < TICK_ROOM) return false;
    last = x;
    return true;
  });
  each(layer(g, "g", "grid"), "path", ticks, (line, chance) =>
    attributes(line, {d: `M${rounded(wall + nat * Math.log(chance))} ${TOP}V${height}`}),
  );
  texts(
    layer(g, "g", "ticks"),
    ticks.map((chance) => ({
      at: [wall + nat * Math.log(chance), TOP - 8] as const,
      text: `${Number((100 * chance).toPrecision(1))}%`,
    })),
  );
  attributes(layer(g, "path", "wall"), {d: `M${rounded(wall)} ${TOP}V${height}`});
  attributes(layer(g, "text", "certain", "certain"), {x: rounded(wall), y: TOP - 8});
  attributes(layer(g, "text", "scale", "chance (log)"), {x: 0, y: TOP - 8});
}

/** A row for each letter. `tone` is the color of what is trained; without it only the base's bars are drawn. */
export function gapRows(g: Element, rows: readonly GapRow[], tone: Tone | undefined, {height}: Sheet, at: GapLayout) {
  const {wall, nat, isWide} = at;
  chanceAxis(layer(g, "g", "axis x"), at, height);
  const pitch = Math.min((height - TOP) / rows.length, 38);
  const y = (row: number) => TOP + (row + 0.5) * pitch;
  const isLow = pitch < 22;
  const [thin, thick, r] = isLow ? [3, 5, 3.5] : [4, 8, 6];
  const [up, down] = tone ? [-(thin + 1), thin / 2 + 1] : [-thin / 2, 0];
  each(layer(g, "g", "rows"), "g", rows, (row, one, i) => {
    letterTiles(row, one, y(i), pitch, at);
    const chance = layer(row, "text", "chance");
    attributes(chance, {x: rounded(wall + 12), y: rounded(y(i)), dy: "0.35em"});
    put(layer(chance, "tspan", "was"), tone ? (isWide ? `${one.chanceTexts[0]} → ` : "") : one.chanceTexts[0]);
    put(layer(chance, "tspan", "now"), tone ? one.chanceTexts[1] : "");
  });
  const marks = (name: string, look: Parameters<typeof paint>[1], d: (row: GapRow, y: number) => string) =>
    join(layer(g, "g", name), "path", rows, {key: (_, i) => i}, (path, row, i) => {
      paint(path, look);
      attributes(path, {d: d(row, y(i)), "data-symbol": tone === "full" ? "P" : "p"});
    });
  const [was, now] = [(row: GapRow) => wall - nat * row.was, (row: GapRow) => wall - nat * row.now];
  marks("mark-bar was", {tone: "w0"}, (row, y) => box(was(row), y + up, wall, y + up + thin));
  marks("mark-dot was", {tone: "w0"}, (row, y) => shapePath("circle", [was(row), y + up + thin / 2], isLow ? 2.5 : 4));
  const trainedRows = tone ? rows : [];
  const look = {...(tone && {tone})};
  marks("mark-bar now", look, (row, y) => (trainedRows.length ? box(now(row), y + down, wall, y + down + thick) : ""));
  marks("mark-dot now", {...look, ...(tone === "dw" && {hollow: ""})}, (row, y) =>
    trainedRows.length ? shapePath("circle", [now(row), y + down + thick / 2], r) : "",
  );
}

/** Heights: from one sum to the next, of a bar, and of the line of words above it. */
const [STRIP, BAR, LINE] = [46, 18, 22];
/** The height of this many sums. */
export const sumsHeight = (sums: number): number => sums * STRIP - (STRIP - LINE - BAR);

/** The bars of each way of training, end to end, with their letters where there is room. */
export function gapSums(g: Element, rows: readonly GapRow[], sums: readonly GapSum[], {nat, wall}: GapLayout) {
  join(
    g,
    "g",
    sums,
    {name: ({isChosen}) => (isChosen ? "strip chosen" : "strip"), key: ({name}) => name},
    (one, {name, gaps, sumText, chance, tone}, i) => {
      const y = i * STRIP + LINE;
      const words = layer(one, "text", "name");
      attributes(words, {x: 0, y: y - 6});
      put(layer(words, "tspan", "what"), name);
      const sum = layer(words, "tspan", "sum");
      attributes(sum, {dx: 8, "data-tone": tone});
      put(sum, sumText);
      const whole = layer(one, "text", "whole", chance);
      attributes(whole, {x: rounded(wall), y: y - 6, "text-anchor": "end", "data-tone": tone});
      let at = 0;
      const starts = gaps.map((gap) => {
        at += nat * gap;
        return at - nat * gap;
      });
      join(layer(one, "g", "mark-bar"), "path", gaps, {key: (_, n) => n}, (bar, gap, n) => {
        paint(bar, {tone});
        const [start, end] = [starts[n]!, starts[n]! + nat * gap];
        attributes(bar, {"data-symbol": "target", d: box(start, y, Math.max(end - 1.5, start + 0.5), y + BAR)});
      });
      each(layer(one, "g", "letters"), "text", gaps, (text, gap, n) => {
        const {next} = rows[n]!;
        const length = nat * gap;
        attributes(text, {x: rounded(starts[n]! + length / 2 - 0.75), y: y + BAR / 2, dy: "0.35em"});
        put(text, length > textWidth(next, SMALL_TEXT) + 4 ? next : "");
      });
    },
  );
}
