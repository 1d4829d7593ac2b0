/** The rows of a batch on their way through one forge: with a slip for each row's A and B or a merged update, and what each row gets. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {attributes, join} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Frame, Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {type WrittenWord, writtenWord} from "../../../figure/plot/text/writtenWord.ts";
import {mosaic} from "./mosaic.ts";

/** A row. */
export interface OrderRow extends WrittenWord {
  /** What was asked for, and which weights wrote the word, in words. */
  request: string;
  servedBy: string;
  gains: boolean;
  /** Letters in doubt, with the adapters and without. */
  doubt: string;
  /** "11.2 without" */
  without: string;
  /** The name on its slip. */
  slip: string;
  A: Matrix;
  B: Matrix;
}

/** The whole drawing. */
export interface Orders {
  rows: readonly OrderRow[];
  w0: Matrix;
  /** ΔW if something is merged into W₀, and how that is written. */
  change?: Matrix;
  changeText: string;
  /** How many rows are better served than by the base, "4 of 4", and what that counts. */
  count: string;
  countedText: string;
}

/** The height of the heading, and in a low room, where it is on one line. */
const TOP = 54;
const LOW_TOP = 34;
/** The height that a slip is drawn for. */
const SLIP = 64;
/** From one row to the next. */
const PITCHES: Readonly<Record<Frame, number>> = {narrow: 76, mid: 80, wide: 88};

/** Where the columns are: the width of the request, the block of weights, and the left edge of the word. */
interface Columns {
  chip: number;
  block: readonly [from: number, width: number];
  word: number;
}
const COLUMNS: Readonly<Record<Frame, Columns>> = {
  narrow: {chip: 58, block: [68, 96], word: 184},
  mid: {chip: 70, block: [92, 150], word: 266},
  wide: {chip: 86, block: [124, 230], word: 390},
};

/** The height of the drawing in a card. */
export const ordersHeight = (frame: Frame, rows: number): number => TOP + rows * PITCHES[frame];

/** The layout that all rows share. */
interface RowLayout {
  columns: Columns;
  top: number;
  pitch: number;
  /** The room is low: which weights wrote a word is left out. */
  isLow: boolean;
  isMerged: boolean;
}

function rowLayoutOf({rows, change}: Orders, {frame, height}: Sheet): RowLayout {
  const isLow = height < ordersHeight(frame, rows.length);
  const top = isLow ? LOW_TOP : TOP;
  const pitch = isLow ? (height - top) / rows.length : PITCHES[frame];
  return {columns: COLUMNS[frame], top, pitch, isLow, isMerged: change !== undefined};
}

/** Draws the line of x, behind the slips. */
function drawStream(g: Element, {chip, word}: Columns, y: number) {
  attributes(layer(g, "path", "stream"), {d: `M${chip} ${y}H${word - 18}`});
  attributes(layer(g, "path", "head"), {d: `M${word - 10} ${y}l-9 -5v10z`});
}

/** Draws a slip: a small W₀ with A above it and B at its left. */
function drawSlip(g: Element, {A, B, slip: name}: OrderRow, width: number, height: number) {
  const of = (units: number) => rounded((units * height) / SLIP);
  attributes(layer(g, "rect", "paper"), {x: -width / 2, y: of(-32), width, height: of(64), rx: 4});
  const [left, inner] = [-width / 2 + 22, width - 28];
  mosaic(group(g, "cells a", left, of(-27)), A, inner / A.cols, of(4));
  mosaic(group(g, "cells b", -width / 2 + 5, of(-8)), B, 3.4, of(34) / B.rows);
  attributes(layer(g, "rect", "w0"), {x: left, y: of(-8), width: inner, height: of(34), rx: 3});
  label(g, "for", name, {x: left + inner / 2, y: of(9) + 4, anchor: "middle"});
}

/** Draws a row: what it asked for, its slip, and what it got. */
function drawRow(g: Element, row: OrderRow, {columns, pitch, isLow, isMerged}: RowLayout, {frame, width}: Sheet) {
  const {chip, block, word} = columns;
  const y = rounded(pitch / 2);
  drawStream(group(g, "road"), columns, y);
  const chipHeight = Math.min(32, pitch - 8);
  attributes(layer(g, "rect", "chip"), {
    x: 0.5,
    y: rounded(y - chipHeight / 2),
    width: chip - 1,
    height: rounded(chipHeight),
    rx: 10,
  });
  label(g, "asked-for", row.request, {x: chip / 2, y: y + 4, anchor: "middle"});
  const paper = group(g, "slip", block[0] + block[1] / 2, y);
  attributes(paper, {"data-gone": isMerged ? "" : null});
  drawSlip(paper, row, Math.min(block[1] - 12, 128), Math.min(SLIP, pitch - 6));
  // Both lines of a word about the middle where nothing is below them.
  const base = isLow ? y + 8 : y + 5;
  writtenWord(group(g, "word"), row, word, base);
  for (const name of ["got", "doubt-said"]) attributes(layer(g, "text", name), {"data-wrong": row.gains ? null : ""});
  label(g, "got", isLow ? "" : row.servedBy, {x: word, y: y + 24});
  const below = isLow ? y + 14 : y + 18;
  label(g, "doubt-said", row.doubt, {x: width, y: frame === "wide" ? below - 17 : base - 17, anchor: "end"});
  label(g, "without", frame === "wide" ? row.without : "", {x: width, y: below, anchor: "end"});
}

/** Draws the heading. */
function drawHeading(g: Element, {count, countedText}: Orders, {frame, width}: Sheet, isLow: boolean) {
  label(g, "answer", count, {x: 0, y: 24});
  const short = isLow ? "better served" : "rows are better served";
  label(g, "plain", frame === "narrow" ? short : countedText, {x: isLow ? 98 : 92, y: 24});
  label(g, "plain right", "letters in doubt", {x: width, y: isLow ? 24 : 46, anchor: "end"});
}

/** Draws weights, rows and heading. */
export function drawOrders(g: Element, orders: Orders, sheet: Sheet) {
  const {rows, w0, change, changeText} = orders;
  const rowLayout = rowLayoutOf(orders, sheet);
  const {top, pitch} = rowLayout;
  const [from, blockWidth] = rowLayout.columns.block;
  const blockHeight = rows.length * pitch;
  drawHeading(layer(g, "g", "mark-text"), orders, sheet, rowLayout.isLow);
  const weights = group(g, "weights", from, top);
  mosaic(group(weights, "cells w0"), w0, blockWidth / w0.cols, blockHeight / w0.rows);
  const merged = group(weights, "cells dw");
  attributes(merged, {"data-gone": change ? null : ""});
  if (change) mosaic(merged, change, blockWidth / change.cols, blockHeight / change.rows);
  else merged.replaceChildren();
  join(layer(g, "g", "orders"), "g", rows, {name: "old-over-new order"}, (box, row, i) => {
    attributes(box, {transform: `translate(0 ${rounded(top + i * pitch)})`});
    drawRow(box, row, rowLayout, sheet);
  });
  const sign = group(g, "sign", rounded(from + blockWidth / 2), rounded(top + blockHeight / 2));
  attributes(sign, {"data-gone": change ? null : ""});
  attributes(layer(sign, "rect", "paper"), {x: -46, y: -14, width: 92, height: 28, rx: 4});
  label(sign, "sum", changeText, {x: 0, y: 4, anchor: "middle"});
}
