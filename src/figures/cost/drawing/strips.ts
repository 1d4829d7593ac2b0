/** Memory as strips of equal boxes, divided into what fills them. */
import {attributes, children, each, join} from "../../../figure/plot/children.ts";
import {type Drawn, paint} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {type Text, texts} from "../../../figure/plot/text/texts.ts";
import {textWidth} from "../../../figure/plot/text/textWidth.ts";

type Look = Drawn["look"];

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
  /** A size to compare with, marked by a line at the lower edge of the strip. */
  mark?: {value: number; label: string};
  /** Written after the end of the strip, if there is room. */
  answer?: readonly [loud: string, more: string];
}

/** The size of the equal pieces that a strip consists of, and how many the longest strip has. */
interface Pieces {
  piece: number;
  count: number;
}

/** Room for a line of words over a strip, two lines for each segment, two lines below, and between strips. */
const [LABEL_HEIGHT, NAMES, BELOW, APART] = [20, 32, 36, 12];
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
export function strips(g: Element, all: readonly Strip[], pieces: Pieces, {width, height}: Sheet) {
  const stripHeight = Math.max((height - APART) / 2 - LABEL_HEIGHT - NAMES - BELOW, 8);
  join(g, "g", all, {name: (_, i) => `strip n${i}`}, (row, strip, i) => {
    const top = i * (LABEL_HEIGHT + NAMES + stripHeight + BELOW + APART);
    attributes(row, {transform: top ? `translate(0 ${rounded(top)})` : null});
    drawStrip(row, strip, pieces, width, stripHeight);
  });
}

/** Draws a strip. */
function drawStrip(g: Element, strip: Strip, pieces: Pieces, width: number, stripHeight: number) {
  const {segments, mark} = strip;
  const {piece, count} = pieces;
  const {at, place} = along(width, pieces);
  const top = LABEL_HEIGHT + NAMES;
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
    attributes(one, {d: `M${rounded(at(value))} ${rounded(top + stripHeight - 12)}v15`});
  });
  texts(words, placeWords(strip, ends.map(at), {width, top, stripHeight, at}));
}

/** Where a strip is, in units. */
interface StripPlace {
  width: number;
  top: number;
  stripHeight: number;
  at(value: number): number;
}

/** The words of a strip at their places: names above wide segments and below thin ones. */
function placeWords(
  {name, sumText, segments, mark, answer}: Strip,
  ends: readonly number[],
  place: StripPlace,
): Text[] {
  const {width, top, stripHeight, at} = place;
  const isWide = segments.map(
    ({name, size}, i) => Math.max(boldWidth(name), boldWidth(size)) + 6 < ends[i + 1]! - ends[i]!,
  );
  const above = segments.flatMap(({name, size, look: {tone}}, i) =>
    isWide[i]
      ? [
          {at: [ends[i]!, LABEL_HEIGHT + 10] as const, text: name, tone},
          {at: [ends[i]!, LABEL_HEIGHT + 25] as const, text: size, tone: tone, kind: "plain"},
        ]
      : [],
  );
  // The name of the last segment is above its place if the names before it leave room.
  const last = segments.length - 1;
  const lastWidth = Math.max(boldWidth(segments[last]!.name), boldWidth(segments[last]!.size));
  const lastAt = Math.min(ends[last]!, width - lastWidth);
  const takenWidth = Math.max(
    0,
    ...segments.map(({name, size}, i) => (isWide[i] ? ends[i]! + Math.max(boldWidth(name), boldWidth(size)) : 0)),
  );
  const isOver = !isWide[last] && segments[last]!.value > 0 && takenWidth + 8 < lastAt;
  if (isOver) {
    const {name, size, look: drawn} = segments[last]!;
    above.push(
      {at: [lastAt, LABEL_HEIGHT + 10], text: name, tone: drawn.tone},
      {at: [lastAt, LABEL_HEIGHT + 25], text: size, tone: drawn.tone, kind: "plain"},
    );
  }
  const thin = segments.flatMap((one, i) =>
    isWide[i] || !one.value || (isOver && i === last) ? [] : [{...one, x: ends[i]!}],
  );
  const below = flow(thin, width, top + stripHeight + LINE);
  const under = top + stripHeight + LINE + (below.length ? LINE : 0);
  const [loud, more] = answer ?? ["", ""];
  const from = ends.at(-1)! + 16;
  const to = from + loudWidth(loud);
  const middle = top + stripHeight / 2;
  const anchor = "middle";
  const middleOf = ({value, label}: NonNullable<Strip["mark"]>) => {
    const half = boldWidth(label) / 2;
    return Math.min(Math.max(at(value), half), width - half);
  };
  return [
    {at: [0, 13], text: name, tone: "ink"},
    {at: [width, 13], text: sumText, tone: "ink", anchor: "end"},
    ...above,
    ...below,
    ...(mark
      ? [{at: [middleOf(mark), under] as const, text: mark.label, tone: "ink", kind: "plain", anchor} as const]
      : []),
    ...(answer && to < width ? [{at: [from, middle + 10] as const, text: loud, tone: "ink", kind: "answer over"}] : []),
    ...(answer && to + boldWidth(more) < width
      ? [{at: [to, middle + 10] as const, text: more, tone: "ink", kind: "plain over"}]
      : []),
  ];
}

/** The names of thin segments one after the other, beginning at the first of them, in two lines if one is too short. */
function flow(thin: readonly (Segment & {x: number})[], width: number, y: number): Text[] {
  const names = thin.map(({name, size}) => `${name} ${size}`);
  const widths = names.map((text) => boldWidth(text) + 12);
  const all = widths.reduce((sum, one) => sum + one, 0) - 12;
  let [x, line] = [Math.max(Math.min(thin[0]?.x ?? 0, width - all), 0), 0];
  return thin.map(({look: {tone}}, i) => {
    if (x > 0 && x + widths[i]! - 12 > width) [x, line] = [0, line + 1];
    const at = [x, y + line * LINE] as const;
    x += widths[i]!;
    return {at, text: names[i]!, tone};
  });
}
