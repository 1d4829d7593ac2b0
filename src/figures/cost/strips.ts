/** Draws memory as strips of equal boxes, divided into what fills them. */
import {attributes, children, each, join} from "../../figure/plot/children.ts";
import {type Look, paint} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";

/** A part of a strip. */
export interface Segment {
  name: string;
  /** Its value as text. */
  valueText: string;
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
  answer?: readonly [number: string, more: string];
}

/** The boxes of a strip: the value of each, and how many the longest strip has. */
interface Boxes {
  boxValue: number;
  count: number;
}

/** Heights: of the line of words over a strip, of the mark's label, and of the gap between strips. */
const [LABEL_HEIGHT, MARK_HEIGHT, STRIP_GAP] = [20, 18, 12];
/** Heights for the names of segments: three lines, two or one. */
const NAMES_HEIGHT = {narrow: 50, mid: 34, wide: 18};
/** A segment is drawn at least as thick as this, so that it can be seen. */
const MIN_THICKNESS = 2.5;
/** The height of a line of names. */
const LINE_HEIGHT = 16;

/** The width of bold words in units. */
const boldWidth = (text: string): number => 1.06 * textWidth(text, 12);
/** The width of the large number, whose letters have 28 units. `textWidth` takes its digits to be wider than they are. */
export const answerWidth = (text: string): number => 0.9 * textWidth(text, 28);

/** Gives functions from values, and from shares of boxes, to places along strips of this width. Between boxes are gaps. */
function scaleOf(width: number, {boxValue, count}: Boxes) {
  const pitch = width / count;
  const gap = Math.min(3, 0.2 * pitch);
  const place = (n: number, share: number) => n * pitch + share * (pitch - gap);
  const at = (value: number) => {
    const n = Math.min(Math.floor(value / boxValue), count - 1);
    return place(n, Math.min(value / boxValue - n, 1));
  };
  return {at, place};
}

/** The boxes from one value to another: for each its index, and from which share of it to which. */
export function boxSpans(
  from: number,
  to: number,
  boxValue: number,
): (readonly [n: number, from: number, to: number])[] {
  const first = Math.floor(from / boxValue);
  return Array.from({length: Math.max(Math.ceil(to / boxValue) - first, 0)}, (_, i) => {
    const n = first + i;
    return [n, Math.max(from / boxValue - n, 0), Math.min(to / boxValue - n, 1)] as const;
  }).filter(([, low, high]) => high > low);
}

/** The path of a rectangle. */
const rectPath = (x: number, y: number, width: number, height: number): string =>
  `M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}z`;

/** Draws strips one below the other on one scale from zero, each with its name and those of its segments. */
export function drawStrips(g: Element, all: readonly Strip[], boxes: Boxes, {frame, width, height}: Sheet) {
  const textHeight = LABEL_HEIGHT + MARK_HEIGHT + NAMES_HEIGHT[frame];
  const stripHeight = Math.max((height - STRIP_GAP) / 2 - textHeight, 8);
  join(g, "g", all, {name: (_, i) => `strip n${i}`}, (row, strip, i) => {
    attributes(row, {transform: i ? `translate(0 ${rounded(i * (textHeight + stripHeight + STRIP_GAP))})` : null});
    drawStrip(row, strip, boxes, width, stripHeight);
  });
}

/** Draws a strip with its name, its segments and their names, its mark and the answer. */
function drawStrip(g: Element, strip: Strip, boxes: Boxes, width: number, stripHeight: number) {
  const {segments, mark} = strip;
  const {boxValue, count} = boxes;
  const {at, place} = scaleOf(width, boxes);
  const top = LABEL_HEIGHT + MARK_HEIGHT;
  const ends = [0];
  for (const {value} of segments) ends.push(ends.at(-1)! + value);
  const names = ["places", "mark-bar", "mark-rule", "mark-text"];
  const [places, bars, rule, words] = children(g, "g", names) as [Element, Element, Element, Element];
  each(places, "path", Array.from({length: count}), (one, _, n) => {
    const boxWidth = place(n, 1) - place(n, 0);
    attributes(one, {
      d: rectPath(place(n, 0), top, boxWidth, stripHeight),
      class: n * boxValue < ends.at(-1)! ? null : "empty",
    });
  });
  each(bars, "path", segments, (one, {look}, i) => {
    paint(one, look);
    const spans = boxSpans(ends[i]!, ends[i + 1]!, boxValue);
    const drawnWidth = spans.reduce((sum, [n, from, to]) => sum + place(n, to) - place(n, from), 0);
    // A segment that is too thin to be seen is drawn higher than the strip.
    const isTooThin = drawnWidth > 0 && drawnWidth < MIN_THICKNESS;
    const d = isTooThin
      ? rectPath(Math.min(at(ends[i]!), width - MIN_THICKNESS), top - 4, MIN_THICKNESS, stripHeight + 8)
      : spans
          .map(([n, from, to]) => rectPath(place(n, from), top, place(n, to) - place(n, from), stripHeight))
          .join("");
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
    ...namesBelow(segments, width, top + stripHeight + LINE_HEIGHT),
    ...answerTexts(strip.answer, end + 16, width, top + stripHeight / 2 + 10),
  ]);
}

/** The label of a mark, above it. */
function markText(label: string, x: number, width: number): Text {
  const half = boldWidth(label) / 2;
  const middle = Math.min(Math.max(x, half), width - half);
  return {at: [middle, LABEL_HEIGHT + 11], text: label, tone: "ink", kind: "plain", anchor: "middle"};
}

/** The names and values of segments in their colors, one after the other, in as many lines as they need. */
function namesBelow(segments: readonly Segment[], width: number, y: number): Text[] {
  let [x, line] = [0, 0];
  return segments
    .filter(({value}) => value)
    .map(({name, valueText, look: {tone}}) => {
      const text = `${name} ${valueText}`;
      if (x > 0 && x + boldWidth(text) > width) [x, line] = [0, line + 1];
      const at = [x, y + line * LINE_HEIGHT] as const;
      x += boldWidth(text) + 12;
      return {at, text, tone};
    });
}

/** The answer after the end of the strip, as far as there is room. */
function answerTexts(answer: Strip["answer"], x: number, width: number, y: number): Text[] {
  if (!answer) return [];
  const [number, more] = answer;
  const numberEnd = x + answerWidth(number);
  return [
    ...(numberEnd < width ? [{at: [x, y] as const, text: number, tone: "ink", kind: "answer over"} as const] : []),
    ...(numberEnd + boldWidth(more) < width
      ? [{at: [numberEnd, y] as const, text: more, tone: "ink", kind: "plain over"} as const]
      : []),
  ];
}
