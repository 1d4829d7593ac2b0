/** Memory as strips of equal boxes, divided into what fills them. */
import {attributes, children, each, join} from "../../figure/plot/children.ts";
import {type Look, paint} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";

/** A part of a strip. */
export interface Segment {
  name: string;
  /** Its value in words. */
  size: string;
  value: number;
  look: Look;
}

/** The memory of one way of training: segments end to end. */
export interface Strip {
  name: string;
  sumText: string;
  segments: readonly Segment[];
  /** A size to compare with, marked by a line at the upper edge of the strip. */
  mark?: {value: number; label: string};
  /** Written after the end of the strip, if there is room. */
  answer?: readonly [loud: string, more: string];
}

/** The size of the equal pieces that a strip consists of, and how many the longest strip has. */
interface Pieces {
  piece: number;
  count: number;
}

/** Room for a line of words over a strip, for a line about the mark, and between strips. */
const [LABEL_HEIGHT, MARK_HEIGHT, APART] = [20, 18, 12];
/** Room for the names of segments: three lines, two or one. */
const BELOW = {narrow: 50, mid: 34, wide: 18};
/** A segment is drawn at least as thick as this, so that it can be seen. */
const MIN_THICKNESS = 2.5;
const LINE = 16;

/** The width of bold words in units. */
const boldWidth = (text: string): number => 1.06 * textWidth(text, 12);
/** The width of the large number, whose letters have 28 units: it has digits alone, which `textWidth` takes to be wider. */
export const loudWidth = (text: string): number => 0.9 * textWidth(text, 28);

/** Gives functions from values, and from shares of pieces, to places along strips of this width. Between pieces are gaps. */
function along(width: number, {piece, count}: Pieces) {
  const pitch = width / count;
  const gap = Math.min(3, 0.2 * pitch);
  const place = (n: number, share: number) => n * pitch + share * (pitch - gap);
  const at = (value: number) => {
    const n = Math.min(Math.floor(value / piece), count - 1);
    return place(n, Math.min(value / piece - n, 1));
  };
  return {at, place};
}

/** The pieces from one value to another: for each its index, and from which share of it to which. */
export function pieceSpans(
  from: number,
  to: number,
  piece: number,
): (readonly [n: number, from: number, to: number])[] {
  const first = Math.floor(from / piece);
  return Array.from({length: Math.max(Math.ceil(to / piece) - first, 0)}, (_, i) => {
    const n = first + i;
    return [n, Math.max(from / piece - n, 0), Math.min(to / piece - n, 1)] as const;
  }).filter(([, low, high]) => high > low);
}

/** The path of a rectangle. */
const box = (x: number, y: number, width: number, height: number): string =>
  `M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}z`;

/** Draws strips one below the other on one scale from zero, each with its name and those of its segments. */
export function strips(g: Element, all: readonly Strip[], pieces: Pieces, {frame, width, height}: Sheet) {
  const around = LABEL_HEIGHT + MARK_HEIGHT + BELOW[frame];
  const stripHeight = Math.max((height - APART) / 2 - around, 8);
  join(g, "g", all, {name: (_, i) => `strip n${i}`}, (row, strip, i) => {
    attributes(row, {transform: i ? `translate(0 ${rounded(i * (around + stripHeight + APART))})` : null});
    drawStrip(row, strip, pieces, width, stripHeight);
  });
}

/** Draws a strip. */
function drawStrip(g: Element, strip: Strip, pieces: Pieces, width: number, stripHeight: number) {
  const {segments, mark} = strip;
  const {piece, count} = pieces;
  const {at, place} = along(width, pieces);
  const top = LABEL_HEIGHT + MARK_HEIGHT;
  const ends = [0];
  for (const {value} of segments) ends.push(ends.at(-1)! + value);
  const names = ["places", "mark-bar", "mark-rule", "mark-text"];
  const [places, bars, rule, words] = children(g, "g", names) as [Element, Element, Element, Element];
  each(places, "path", Array.from({length: count}), (one, _, n) => {
    const full = place(n, 1) - place(n, 0);
    attributes(one, {d: box(place(n, 0), top, full, stripHeight), class: n * piece < ends.at(-1)! ? null : "empty"});
  });
  each(bars, "path", segments, (one, {look}, i) => {
    paint(one, look);
    const spans = pieceSpans(ends[i]!, ends[i + 1]!, piece);
    const drawnWidth = spans.reduce((sum, [n, from, to]) => sum + place(n, to) - place(n, from), 0);
    // A segment that is too thin to be seen is drawn higher than the strip.
    const isHair = drawnWidth > 0 && drawnWidth < MIN_THICKNESS;
    const d = isHair
      ? box(Math.min(at(ends[i]!), width - MIN_THICKNESS), top - 4, MIN_THICKNESS, stripHeight + 8)
      : spans.map(([n, from, to]) => box(place(n, from), top, place(n, to) - place(n, from), stripHeight)).join("");
    attributes(one, {d});
  });
  each(rule, "path", mark ? [mark] : [], (one, {value}) => {
    paint(one, {tone: "ink"});
    attributes(one, {d: `M${rounded(at(value))} ${top - 3}v15`});
  });
  const end = at(ends.at(-1)!);
  texts(words, [
    {at: [0, 13], text: strip.name, tone: "ink"},
    {at: [width, 13], text: strip.sumText, tone: "ink", anchor: "end"},
    ...(mark ? [markText(mark.label, at(mark.value), width)] : []),
    ...namesBelow(segments, width, top + stripHeight + LINE),
    ...answerTexts(strip.answer, end + 16, width, top + stripHeight / 2 + 10),
  ]);
}

/** The label of a mark, above it. */
function markText(label: string, x: number, width: number): Text {
  const half = boldWidth(label) / 2;
  const middle = Math.min(Math.max(x, half), width - half);
  return {at: [middle, LABEL_HEIGHT + 11], text: label, tone: "ink", kind: "plain", anchor: "middle"};
}

/** The names and sizes of segments in their colors one after the other, in further lines if one is too short. */
function namesBelow(segments: readonly Segment[], width: number, y: number): Text[] {
  let [x, line] = [0, 0];
  return segments
    .filter(({value}) => value)
    .map(({name, size, look: {tone}}) => {
      const text = `${name} ${size}`;
      if (x > 0 && x + boldWidth(text) > width) [x, line] = [0, line + 1];
      const at = [x, y + line * LINE] as const;
      x += boldWidth(text) + 12;
      return {at, text, tone};
    });
}

/** How much less it is, after the end of the strip where there is room. */
function answerTexts(answer: Strip["answer"], x: number, width: number, y: number): Text[] {
  if (!answer) return [];
  const [loud, more] = answer;
  const to = x + loudWidth(loud);
  return [
    ...(to < width ? [{at: [x, y] as const, text: loud, tone: "ink", kind: "answer over"} as const] : []),
    ...(to + boldWidth(more) < width
      ? [{at: [to, y] as const, text: more, tone: "ink", kind: "plain over"} as const]
      : []),
  ];
}
