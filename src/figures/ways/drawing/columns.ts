/** Three ways side by side: the new part in a block, the letters in doubt, the words, and the cost of each use. */
import {attributes, each, join} from "../../../figure/plot/children.ts";
import {type Doubts, doubtBar} from "../../../figure/plot/doubtBar.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Frame, Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {type WrittenWord, writtenWord} from "../../../figure/plot/text/writtenWord.ts";
import {BLOCK_HEIGHT, drawBlock, type NewPart} from "./blockDiagram.ts";

export interface WayColumn extends Doubts {
  way: NewPart;
  name: string;
  /** The new part in words, "eight places in front". */
  part: string;
  words: readonly WrittenWord[];
  /** The cost of each use: in a word or a number, in what it is counted, and as units, true for new ones. */
  cost: string;
  costNote: string;
  units: readonly boolean[];
  isMerged: boolean;
  /** It costs nothing: the picture's answer. */
  isFree: boolean;
}

/** Between two columns. */
const GAP = 24;
/** The height of one way: of a column, and of a line where the ways stand one below the other. */
const COLUMN_HEIGHT = BLOCK_HEIGHT + 226;
const LINE_HEIGHT = 158;
/** In a line the block is this much smaller, and the letters in doubt and the words begin to its right. */
const [LINE_SCALE, BESIDE] = [0.72, 160];

/** The height of the drawing. */
export const columnsHeight = (frame: Frame): number => (frame === "wide" ? COLUMN_HEIGHT : 3 * LINE_HEIGHT - 8);

/** The end of the bars, as a multiple of the forge's letters in doubt alone: at first a prefix is worse than that. */
const BAR_END = 1.12;

/** The bar and number of letters in doubt, with their captions. */
function lettersInDoubt(g: Element, one: WayColumn, width: number) {
  doubtBar(g, one, width, BAR_END);
  const captions = layer(g, "g", "mark-text");
  label(captions, "plain", width < BESIDE + 4 ? "letters" : "letters in doubt", {x: one.doubt < 10 ? 28 : 37, y: 14});
  label(captions, "plain tick", `of ${fixed(one.was, 1)}`, {x: width, y: 14, anchor: "end"});
}

/** The cost of each use in words: large where there is none. */
function costOf(g: Element, {cost, costNote, isFree}: WayColumn, y: number) {
  label(g, "cost", isFree ? "" : `${cost} ${costNote}`, {x: 0, y});
  const texts = layer(g, "g", "mark-text free");
  label(texts, "answer", isFree ? cost : "", {x: 0, y: y + 4});
  label(texts, "plain", isFree ? costNote : "", {x: 202, y: y + 4, anchor: "end"});
}

/** The units of a cost; new ones are higher. */
function units(g: Element, all: readonly boolean[], step: number) {
  join(g, "rect", all, {name: (isNew) => (isNew ? "unit new" : "unit")}, (cell, isNew, i) => {
    attributes(cell, {x: i * step, y: isNew ? 0 : 4, width: step - 2, height: isNew ? 16 : 8});
  });
}

/** From this height on a column has the block; lower ones have only words. */
const BLOCK_FROM = 246;

/** One way as a column. */
function column(g: Element, one: WayColumn, width: number, height: number) {
  const isLow = height < COLUMN_HEIGHT;
  const hasBlock = height >= BLOCK_FROM;
  label(g, "way", one.name, {x: 0, y: 14});
  label(g, "part", isLow && hasBlock ? "" : one.part, {x: 0, y: 32});
  const start = isLow ? 22 : 40;
  const block = group(g, "road", 0, start);
  if (hasBlock) drawBlock(block, one.way, one.isMerged, width);
  else block.replaceChildren();
  const top = start + (hasBlock ? BLOCK_HEIGHT : 14);
  lettersInDoubt(group(g, "doubt", 0, top), one, width);
  each(group(g, "words", 0, top + (isLow ? 28 : 34)), "g", one.words.slice(0, isLow ? 2 : 4), (slot, word, n) =>
    writtenWord(slot, word, (n % 2) * (width / 2), Math.floor(n / 2) * 36 + 30),
  );
  const foot = top + (isLow ? 84 : 156);
  label(g, "after", isLow ? "" : "added to each use", {x: 0, y: foot - 24});
  costOf(g, one, foot);
  units(group(g, "units", 0, foot + 12), one.units, 9);
}

/** One way as a line: the block, beside it the letters in doubt and two words. A dock is low and has only the letters in doubt. */
function line(g: Element, one: WayColumn, width: number, pitch: number) {
  const isLow = pitch < LINE_HEIGHT;
  const start = isLow ? 0 : BESIDE;
  label(g, "way", one.name, {x: 0, y: 14});
  label(g, "part", isLow ? "" : one.part, {x: width, y: 14, anchor: "end"});
  const block = group(g, "road");
  attributes(block, {transform: `translate(0 28) scale(${LINE_SCALE})`});
  if (isLow) block.replaceChildren();
  else drawBlock(block, one.way, one.isMerged, 204, false);
  lettersInDoubt(group(g, "doubt", start, isLow ? 20 : 28), one, width - start);
  each(group(g, "words", start, 54), "g", isLow ? [] : one.words.slice(0, 2), (slot, word, n) =>
    writtenWord(slot, word, (n * (width - start)) / 2, 30),
  );
  if (isLow) {
    label(g, "cost", `${one.cost} ${one.costNote}`, {x: width, y: 14, anchor: "end"});
    layer(g, "g", "mark-text free").replaceChildren();
  } else costOf(g, one, 126);
  units(group(g, "units", rounded(width - 6.5 * one.units.length), 114), isLow ? [] : one.units, 6.5);
}

/** Draws a column for each way, or in narrow frames a line. */
export function drawWays(g: Element, columns: readonly WayColumn[], {frame, width, height}: Sheet) {
  const isWide = frame === "wide";
  const columnWidth = isWide ? (width - GAP * (columns.length - 1)) / columns.length : width;
  const pitch = Math.min(LINE_HEIGHT, (height + 8) / columns.length);
  join(g, "g", columns, {name: ({way}) => `old-over-new way-of of-${way}`}, (box, one, i) => {
    attributes(box, {
      transform: `translate(${isWide ? rounded(i * (columnWidth + GAP)) : 0} ${isWide ? 0 : rounded(i * pitch)})`,
    });
    if (isWide) column(box, one, columnWidth, height);
    else line(box, one, columnWidth, pitch);
  });
}
