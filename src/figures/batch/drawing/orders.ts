/** Four rows of a batch on their way through one forge: their slips, or a merged update, and what comes out. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {attributes, join} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Frame, Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {type WrittenWord, writtenWord} from "../../../figure/plot/text/writtenWord.ts";
import {mosaic} from "./mosaic.ts";

export interface OrderRow extends WrittenWord {
  /** What was asked for, and what the row got, in words. */
  asked: string;
  got: string;
  gains: boolean;
  doubt: string;
  /** "11.2 without" */
  without: string;
  /** What is written on its slip. */
  slip: string;
  A: Matrix;
  B: Matrix;
}

export interface Orders {
  rows: readonly OrderRow[];
  w0: Matrix;
  /** ΔW where something is merged into W₀, and how that is written. */
  change?: Matrix;
  said: string;
  /** "4 of 4", and of what. */
  count: string;
  counted: string;
}

const TOP = 54;
/** The head of a low room, on one line. */
const LOW_TOP = 34;
/** The height that a slip is drawn for. */
const SLIP = 64;
const PITCHES: Readonly<Record<Frame, number>> = {narrow: 76, mid: 80, wide: 88};
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

export const ordersHeight = (frame: Frame, rows: number): number => TOP + rows * PITCHES[frame];

/** What rows of a sheet have in common. */
interface Fit {
  columns: Columns;
  top: number;
  pitch: number;
  /** There is no place for whose weights wrote a word. */
  isLow: boolean;
  isMerged: boolean;
}

function fitOf({rows, change}: Orders, {frame, height}: Sheet): Fit {
  const isLow = height < ordersHeight(frame, rows.length);
  const top = isLow ? LOW_TOP : TOP;
  const pitch = isLow ? (height - top) / rows.length : PITCHES[frame];
  return {columns: COLUMNS[frame], top, pitch, isLow, isMerged: change !== undefined};
}

/** The road of x, behind the slips. */
function road(g: Element, {chip, word}: Columns, y: number) {
  attributes(layer(g, "path", "stream"), {d: `M${chip} ${y}H${word - 18}`});
  attributes(layer(g, "path", "head"), {d: `M${word - 10} ${y}l-9 -5v10z`});
}

/** A lies above and B at the left of what the row is for. */
function slip(g: Element, {A, B, slip: name}: OrderRow, wide: number, high: number) {
  const of = (units: number) => rounded((units * high) / SLIP);
  attributes(layer(g, "rect", "paper"), {x: -wide / 2, y: of(-32), width: wide, height: of(64), rx: 4});
  const [left, inner] = [-wide / 2 + 22, wide - 28];
  mosaic(group(g, "cells a", left, of(-27)), A, inner / A.cols, of(4));
  mosaic(group(g, "cells b", -wide / 2 + 5, of(-8)), B, 3.4, of(34) / B.rows);
  attributes(layer(g, "rect", "w0"), {x: left, y: of(-8), width: inner, height: of(34), rx: 3});
  label(g, "for", name, {x: left + inner / 2, y: of(9) + 4, anchor: "middle"});
}

/** What a row asked for and what it got. */
function order(g: Element, row: OrderRow, {columns, pitch, isLow, isMerged}: Fit, {frame, width}: Sheet) {
  const {chip, block, word} = columns;
  const y = rounded(pitch / 2);
  road(group(g, "road"), columns, y);
  const high = Math.min(32, pitch - 8);
  attributes(layer(g, "rect", "chip"), {
    x: 0.5,
    y: rounded(y - high / 2),
    width: chip - 1,
    height: rounded(high),
    rx: 10,
  });
  label(g, "asked-for", row.asked, {x: chip / 2, y: y + 4, anchor: "middle"});
  const paper = group(g, "slip", block[0] + block[1] / 2, y);
  attributes(paper, {"data-gone": isMerged ? "" : null});
  slip(paper, row, Math.min(block[1] - 12, 128), Math.min(SLIP, pitch - 6));
  // Both lines of a word about the middle where nothing is below them.
  const base = isLow ? y + 8 : y + 5;
  writtenWord(group(g, "word"), row, word, base);
  for (const name of ["got", "doubt-said"]) attributes(layer(g, "text", name), {"data-wrong": row.gains ? null : ""});
  label(g, "got", isLow ? "" : row.got, {x: word, y: y + 24});
  const below = isLow ? y + 14 : y + 18;
  label(g, "doubt-said", row.doubt, {x: width, y: frame === "wide" ? below - 17 : base - 17, anchor: "end"});
  label(g, "without", frame === "wide" ? row.without : "", {x: width, y: below, anchor: "end"});
}

function heading(g: Element, {count, counted}: Orders, {frame, width}: Sheet, isLow: boolean) {
  label(g, "answer", count, {x: 0, y: 24});
  const short = isLow ? "better served" : "rows are better served";
  label(g, "plain", frame === "narrow" ? short : counted, {x: isLow ? 98 : 92, y: 24});
  label(g, "plain right", "letters in doubt", {x: width, y: isLow ? 24 : 46, anchor: "end"});
}

export function drawOrders(g: Element, orders: Orders, sheet: Sheet) {
  const {rows, w0, change, said} = orders;
  const fit = fitOf(orders, sheet);
  const {top, pitch} = fit;
  const [from, wide] = fit.columns.block;
  const high = rows.length * pitch;
  heading(layer(g, "g", "mark-text"), orders, sheet, fit.isLow);
  const weights = group(g, "weights", from, top);
  mosaic(group(weights, "cells w0"), w0, wide / w0.cols, high / w0.rows);
  const soaked = group(weights, "cells dw");
  attributes(soaked, {"data-gone": change ? null : ""});
  if (change) mosaic(soaked, change, wide / change.cols, high / change.rows);
  else soaked.replaceChildren();
  join(layer(g, "g", "orders"), "g", rows, {name: "old-over-new order"}, (box, row, i) => {
    attributes(box, {transform: `translate(0 ${rounded(top + i * pitch)})`});
    order(box, row, fit, sheet);
  });
  const sign = group(g, "sign", rounded(from + wide / 2), rounded(top + high / 2));
  attributes(sign, {"data-gone": change ? null : ""});
  attributes(layer(sign, "rect", "paper"), {x: -46, y: -14, width: 92, height: 28, rx: 4});
  label(sign, "sum", said, {x: 0, y: 4, anchor: "middle"});
}
