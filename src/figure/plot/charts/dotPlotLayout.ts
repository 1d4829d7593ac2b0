import {nice} from "d3";
import {linear, rangeOf, type Scale} from "../axes/scales.ts";
import {fixed} from "../text/format.ts";
import {textWidth} from "../text/textWidth.ts";

/** A mark in a row. What lies beyond the ends of the scale is drawn at the end. */
export interface Point {
  /** Its classes: `hollow`, and the figure's, which set its color. */
  name: string;
  /** "bar" from zero, "tick" across the row; otherwise a dot or the shape `d`, or an interval if there is no value. */
  form?: "bar" | "tick";
  value?: number;
  /** Ends of its whisker, or of the interval. */
  low?: number;
  high?: number;
  /** Path around 0, 0. */
  d?: string;
  /** Which lane of the row it is in, counted from 0; the middle of the row without it. */
  lane?: number;
  /** Its tooltip. */
  title?: string;
}

export interface PlotRow {
  name: string;
  /** Its value in words, at the right. */
  said: string;
  points: readonly Point[];
  /** Heading of its group: stands above the first of consecutive rows that have it. */
  group?: string;
  isChosen?: boolean;
}

/** A value to compare all rows with. */
interface Reference {
  name: string;
  at: number;
  /** Above the rows. */
  words: string;
}

export interface DotPlotOptions {
  /** In CSS pixels, with names and values. */
  width: number;
  /** By default round values around all that is drawn. */
  ends?: readonly [number, number];
  ticks?: readonly number[];
  format?(value: number): string;
  /** From row to row, 24 to 30; where names and values stand above their marks, their line is added to it. */
  pitch?: number;
  /** Room for names in CSS pixels: they stand beside their rows then, however narrow the plot is. */
  left?: number;
  /** Lanes in each row, so that equal values don't hide each other. */
  lanes?: number;
  /** Free space above the rows, for a knob. */
  above?: number;
  /** From and to, behind all rows. */
  band?: readonly [number, number];
  references?: readonly Reference[];
  /** Called with the index of the row that is pressed; without it rows cannot be pressed. */
  onPress?(row: number): void;
}

/** Narrower than this, names and values stand above their marks; so they do where the plot would get a smaller share of the width. */
export const NARROW = 360;
const LEAST = 0.38;
const PITCH = 26;

/** The pitch at which this many rows fill a slide that has the height `free` for them. */
export const pitchOnSlide = (rows: number, free = 250): number => Math.min(Math.max(free / rows, 18), 36);

/** A line of words; the heading of a group with the gap above it; and the line below the plot. */
export const LINE = 18;
/** What a name adds to the height of its row where it stands above the marks. */
export const NAME_LINE = LINE - 2;
const [HEADING, GROUP, AXIS] = [24, 8, 24];
/** From the edges to the words; from the words to the plot, and room at its ends for half a mark. */
export const INSET = 6;
const [GAP, END] = [10, 6];
/** From label to label of a scale, at least. */
const APART = 14;

const widest = (texts: readonly string[]): number => Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text))));

function scaleEnds(rows: readonly PlotRow[], {ends, band, references = []}: DotPlotOptions) {
  if (ends) return ends;
  const points = rows.flatMap((row) => row.points);
  const values = points.flatMap(({form, value, low, high}) => [...(form === "bar" ? [0] : []), value, low, high]);
  const all = [...values, ...(band ?? []), ...references.map(({at}) => at)].filter((value) => Number.isFinite(value));
  const [low, high] = rangeOf(all as number[]);
  return low === high ? ([low - 1, high + 1] as const) : nice(low, high, 5);
}

/** Digits after the point that all of them need. */
const decimalsOf = (ticks: readonly number[]): number =>
  Math.max(0, ...ticks.map((tick) => String(Number(tick.toPrecision(6))).split(".")[1]?.length ?? 0));

/** Round values, or the caller's, as many as have room for their labels. */
function ticksFor(ends: readonly [number, number], width: number, {ticks, format}: DotPlotOptions) {
  const fits = (list: readonly number[], text: (value: number) => string) =>
    list.length < 2 || (widest(list.map(text)) + APART) * (list.length - 1) <= width;
  const textOf = (list: readonly number[]) => format ?? ((value: number) => fixed(value, decimalsOf(list)));
  for (let n = 8; ; n--) {
    const list = ticks?.filter((_, i) => i % (9 - n) === 0) ?? linear(ends, [0, 1]).ticks(n);
    if (n === 1 || fits(list, textOf(list))) return {ticks: list, format: textOf(list)};
  }
}

/**
 * Where the words of references are written: each over its line and inside the width. Two that would overlap are put on
 * either side of their lines, or else on separate lines of text.
 */
function wordsOf(references: readonly Reference[], x: Scale, left: number, width: number) {
  const all = references
    .map((reference) => {
      const half = textWidth(reference.words) / 2;
      const inside = (middle: number) => Math.min(Math.max(middle, half), width - half);
      return {...reference, x: x(reference.at), half, inside, middle: inside(left + x(reference.at))};
    })
    .sort((a, b) => a.at - b.at);
  all.slice(1).forEach((two, i) => {
    const one = all[i]!;
    if (one.middle + one.half + GAP <= two.middle - two.half) return;
    one.middle = one.inside(left + one.x - one.half);
    two.middle = two.inside(left + two.x + two.half);
  });
  const ends: number[] = [];
  return all.map(({name, words, x, half, middle}) => {
    const free = ends.findIndex((end) => end <= middle - half);
    const line = free < 0 ? ends.length : free;
    ends[line] = middle + half;
    return {name, words, x, middle: middle - left, line};
  });
}

/** The places of all that a dot plot draws, in CSS pixels from its upper left corner; `x` counts from `left`. */
export function dotPlotLayout(rows: readonly PlotRow[], options: DotPlotOptions) {
  const {width, pitch = PITCH, above = 0, references = []} = options;
  const besides = (texts: readonly string[]) => (texts.some((text) => text) ? INSET + widest(texts) + GAP : 0);
  const names = options.left ?? besides(rows.map(({name}) => name));
  const beside = besides(rows.map(({said}) => said));
  const isStacked = options.left === undefined && (width < NARROW || width - names - beside < LEAST * width);
  const ends = scaleEnds(rows, options);
  // A stacked row has its name and its value in one line, and the whole width below them.
  const end = isStacked ? 0 : beside;
  const free = width - end - (isStacked ? 0 : names);
  const {ticks, format} = ticksFor(ends, free - 2 * END, options);
  // Half of a label at either end of the scale must not be cut off.
  const half = (tick: number | undefined) => (tick === undefined ? 0 : textWidth(format(tick)) / 2);
  const left = width - end - free + Math.max(END, isStacked ? half(ticks[0]) : 0);
  const inner = Math.max(width - left - Math.max(end + END, half(ticks.at(-1))), 1);
  const x = linear(ends, [0, inner]);
  const words = wordsOf(references, x, left, width);
  const top = above + LINE * Math.max(0, ...words.map(({line}) => line + 1));
  let y = top;
  const headings: {text: string; y: number}[] = [];
  const step = pitch + (isStacked ? NAME_LINE : 0);
  const places = rows.map(({group}, i) => {
    if (group && group !== rows[i - 1]?.group) {
      if (i > 0) y += GROUP;
      headings.push({text: group, y: y + HEADING / 2});
      y += HEADING;
    }
    y += step;
    return y - step;
  });
  // Nearer to its own name than to the next.
  const middle = isStacked ? LINE - 3 + pitch / 2 : step / 2;
  return {
    ...{isStacked, ends, left, inner, x, ticks, format, words, top, headings, places, step, middle},
    bottom: y,
    height: y + AXIS,
  };
}
