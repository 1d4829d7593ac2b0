/** Words, and A and B beside the frozen matrix, as a run has changed them so far. */
import {attributes, children, each} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {type LabelPlace, label} from "../../../figure/plot/text/label.ts";
import {put} from "../../../figure/plot/text/put.ts";

interface Learned {
  words: readonly {now: string; untrained: string; trained: string}[];
  /** Above the words, while one of them is not yet the trained one; and then. */
  saidTrained: string;
  saidUntrained: string;
  /** Letters of the longest word. */
  longest: number;
  /** The rows of A (r,k) now and at the start; B (d,r) and the frozen matrix (d,k), row by row. */
  A: readonly Float64Array[];
  started: readonly Float64Array[];
  B: Float64Array;
  frozen: Float64Array;
  /** The angle between each row of A and its start, in degrees. */
  turned: readonly number[];
  /** Words beside the names of A and B. */
  saidA: string;
  saidB: string;
}

/** The entries at which the scales of A, B and the frozen matrix end. */
const LIMITS = {A: 0.6, B: 0.48, frozen: 0.6};
/** In cells: a row of A, the gap below it, and a column of B. */
const [ROW, SPACE, COLUMN] = [2.6, 0.4, 1.5];
/** Above A, between A and the frozen matrix, below B; left of A for the degrees. */
const [ABOVE, GAP, BELOW, DEGREES] = [20, 8, 20, 34];
/** A line of small letters, above a word and above all words; lower words have none above them. */
const [SMALL, ROOMY] = [13, 32];
/** Rows lower than this have no room for their degrees. */
const LINE = 10;
/** In a sheet as low as this, as on a slide or in a dock, labels end at the right edge. A phone's is never high. */
const isLow = ({frame, height}: Sheet): boolean => height <= (frame === "narrow" ? 220 : 300);

/** Where everything is, in units. */
interface Places {
  cell: number;
  /** Of the frozen matrix. */
  left: number;
  top: number;
  side: number;
  words: {top: number; width: number; pitch: number};
}

/** Letters of a word on a phone are so wide at the least. */
const NARROW = 11;

function placesOf({A, words, longest}: Learned, sheet: Sheet): Places {
  const {frame, width, height} = sheet;
  const [r, k] = [A.length, A[0]!.length];
  const beside = frame === "narrow" ? NARROW * longest : 0;
  const cell = Math.min(
    (height - ABOVE - GAP - BELOW) / (k + r * (ROW + SPACE)),
    (width - beside - DEGREES - GAP) / (k + r * COLUMN),
  );
  const side = k * cell;
  // Low, the last word ends above what is said of B.
  const foot = isLow(sheet) ? BELOW : 4;
  return {
    cell,
    left: width - side,
    top: ABOVE + r * (ROW + SPACE) * cell + GAP,
    side,
    words: {
      top: SMALL,
      width: width - side - GAP - DEGREES - r * COLUMN * cell,
      pitch: Math.min((height - SMALL - foot) / words.length, 72),
    },
  };
}

/**
 * A word letter by letter; those that are not the untrained word's stand on tiles. Above it, small, what becomes of it, or what it
 * was when all words are trained.
 */
function drawWord(
  g: Element,
  {now, untrained, trained}: Learned["words"][number],
  {wide, high, isOnTheWay}: {wide: number; high: number; isOnTheWay: boolean},
) {
  const hasAbove = high > ROOMY;
  const top = hasAbove ? SMALL : 2;
  const tall = high - top - 3;
  const base = top + 0.75 * tall;
  const changed = Array.from(now, (one, i) => one !== untrained[i]);
  const tiles = changed.flatMap((is, i) => (is ? [i] : []));
  each(layer(g, "g", "tiles"), "rect", tiles, (tile, i) =>
    attributes(tile, {x: rounded(i * wide), y: top, width: rounded(wide - 1.5), height: rounded(tall), rx: 4}),
  );
  const middle = (i: number) => rounded((i + 0.5) * wide - 0.75);
  const other = isOnTheWay ? trained : untrained;
  const above = layer(g, "g", "other");
  attributes(above, {"data-of": isOnTheWay ? "after" : "before"});
  each(above, "text", hasAbove && other !== now ? [...other] : [], (one, letter, i) => {
    attributes(one, {x: middle(i), y: SMALL - 4, "text-anchor": "middle"});
    put(one, letter);
  });
  const names = changed.map((is) => (is ? "letter changed" : "letter"));
  const keys = Array.from(now, (one, i) => `${i}${one}`);
  for (const [i, one] of children(layer(g, "g", "written"), "text", names, keys).entries()) {
    attributes(one, {x: middle(i), y: rounded(base), "text-anchor": "middle"});
    put(one, now[i]!);
  }
}

function drawWords(
  g: Element,
  {words, longest, saidTrained, saidUntrained}: Learned,
  {top, width, pitch}: Places["words"],
) {
  const wide = Math.min(24, (width - 8) / longest);
  const box = group(g, "shown-words");
  attributes(box, {"data-letters": wide > 19 ? "large" : wide > 12.5 ? "middling" : "small"});
  const high = Math.min(pitch, 46);
  const isOnTheWay = words.some(({now, trained}) => now !== trained);
  each(box, "g", words, (one, word, i) => {
    attributes(one, {transform: `translate(0 ${rounded(top + i * pitch + (pitch - high) / 2)})`});
    drawWord(one, word, {wide, high, isOnTheWay});
  });
  const legend = layer(g, "g", "other");
  attributes(legend, {"data-of": isOnTheWay ? "after" : "before"});
  label(legend, "legend", high > ROOMY ? (isOnTheWay ? saidTrained : saidUntrained) : "", {x: 3, y: 9});
}

/** An angle: a decimal only below ten degrees. */
export const degreesText = (angle: number): string => `${fixed(angle, angle && angle < 9.95 ? 1 : 0)}°`;

/** Bars up and down from the middle of a row. */
function bars(row: Float64Array, cell: number, share: number): string {
  const half = (ROW * cell) / 2;
  const spare = ((1 - share) * cell) / 2;
  return Array.from(row, (entry, i) => {
    const high = Math.max(-half, Math.min((entry / LIMITS.A) * half, half));
    return `M${rounded(i * cell + spare)} ${rounded(half)}v${rounded(-high)}h${rounded(share * cell)}v${rounded(high)}z`;
  }).join("");
}

/** A row of A as bars above its first bars, and a dial with the angle by which it has turned. */
function drawRow(g: Element, {A, started, turned}: Learned, i: number, cell: number) {
  const high = ROW * cell;
  attributes(layer(g, "rect", "ground"), {width: rounded(A[i]!.length * cell), height: rounded(high)});
  attributes(layer(g, "path", "began"), {d: bars(started[i]!, cell, 0.85)});
  attributes(layer(g, "path", "entries"), {d: bars(A[i]!, cell, 0.5)});
  const R = high / 2;
  const dial = layer(g, "g", "dial");
  attributes(dial, {transform: `translate(${rounded(-GAP - R)} ${rounded(R)})`});
  attributes(layer(dial, "circle", "face"), {r: rounded(R)});
  attributes(layer(dial, "path", "from"), {d: `M0 0h${rounded(R)}`});
  const angle = (turned[i]! * Math.PI) / 180;
  const [x, y] = [rounded(R * Math.cos(angle)), rounded(-R * Math.sin(angle))];
  attributes(layer(dial, "path", "wedge"), {d: `M0 0h${rounded(R)}A${rounded(R)} ${rounded(R)} 0 0 0 ${x} ${y}z`});
  attributes(layer(dial, "path", "hand"), {d: `M0 0L${x} ${y}`});
  label(dial, "degrees", turned[i] && high > LINE ? degreesText(turned[i]) : "", {
    x: -R - 5,
    y: 0,
    anchor: "end",
    dy: "0.35em",
  });
}

/** W₀ in four shades by the size of its entries. */
function drawFrozen(g: Element, {frozen, A}: Learned, cell: number) {
  const k = A[0]!.length;
  const shades = ["", "", "", ""];
  const inner = rounded(cell - Math.min(1, 0.2 * cell));
  for (const [n, entry] of frozen.entries()) {
    const shade = Math.min(3, Math.floor((4 * Math.abs(entry)) / LIMITS.frozen));
    shades[shade] += `M${rounded((n % k) * cell)} ${rounded(Math.floor(n / k) * cell)}h${inner}v${inner}h${-inner}z`;
  }
  each(layer(g, "g", "weights"), "path", shades, (path, d, i) => attributes(path, {d, "data-shade": i}));
  const [x, y] = [(k * cell) / 2, (k * cell) / 2];
  label(g, "kept", "W₀, frozen", {x, y, anchor: "middle", dy: "0.35em"});
}

/** The entries of B. Their shade is the cube root of their size: the first step, 0.001, would not be seen otherwise. */
function drawB(g: Element, {B, A}: Learned, cell: number) {
  const r = A.length;
  each(layer(g, "g", "entries"), "rect", Array.from(B), (one, entry, n) =>
    attributes(one, {
      x: rounded((n % r) * COLUMN * cell),
      y: rounded(Math.floor(n / r) * cell),
      width: rounded(COLUMN * cell - 1),
      height: rounded(cell - 1),
      "fill-opacity": Math.min(Math.cbrt(Math.abs(entry) / LIMITS.B), 1).toFixed(2),
    }),
  );
  const [width, height] = [rounded(r * COLUMN * cell), rounded((B.length / r) * cell)];
  attributes(layer(g, "rect", "frame"), {x: -0.5, y: -0.5, width, height});
}

/** A symbol and words beside it. If they end at x they are one text, because widths are not measured. */
function named(g: Element, symbol: "A" | "B", said: string, {x, y, anchor}: LabelPlace) {
  const box = layer(g, "g", `named ${symbol}`);
  const isOne = anchor === "end";
  const [whole] = children(box, "text", isOne ? ["whole"] : ["symbol", "said"]);
  if (!isOne) {
    label(box, "symbol", symbol, {x, y});
    label(box, "said", said, {x: x + 15, y});
    return;
  }
  attributes(whole!, {x: rounded(x), y: rounded(y), "text-anchor": anchor});
  const parts = children(whole!, "tspan", ["symbol", "said"]);
  attributes(parts[1]!, {dx: 5});
  for (const [i, text] of [symbol, said].entries()) put(parts[i]!, text);
}

export function drawLearned(g: Element, learned: Learned, sheet: Sheet) {
  const places = placesOf(learned, sheet);
  const {cell, left, top, side} = places;
  drawWords(g, learned, places.words);
  const r = learned.A.length;
  const first = top - GAP - r * (ROW + SPACE) * cell;
  each(group(g, "rows-of-a", left, first), "g", learned.A, (row, _, i) => {
    attributes(row, {transform: `translate(0 ${rounded(i * (ROW + SPACE) * cell)})`});
    drawRow(row, learned, i, cell);
  });
  drawFrozen(group(g, "frozen", left, top), learned, cell);
  const from = left - GAP - r * COLUMN * cell;
  drawB(group(g, "columns-of-b", from, top), learned, cell);
  const place = (x: number) => (isLow(sheet) ? {x: sheet.width, anchor: "end" as const} : {x});
  named(g, "A", learned.saidA, {...place(left), y: first - 7});
  named(g, "B", learned.saidB, {...place(from), y: top + side + 15});
}
