/** Four rows of a batch on their way through one forge: their slips, or a merged update, and what comes out. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {attributes, children} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
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

/** The road of x, behind the slips. */
function road(g: Element, {chip, word}: Columns, y: number) {
  attributes(layer(g, "path", "stream"), {d: `M${chip} ${y}H${word - 18}`});
  attributes(layer(g, "path", "head"), {d: `M${word - 10} ${y}l-9 -5v10z`});
}

/** A lies above and B at the left of what the row is for. */
function slip(g: Element, {A, B, slip: name}: OrderRow, wide: number) {
  attributes(layer(g, "rect", "paper"), {x: -wide / 2, y: -32, width: wide, height: 64, rx: 4});
  const [left, inner] = [-wide / 2 + 22, wide - 28];
  mosaic(group(g, "cells a", left, -27), A, inner / A.cols, 4);
  mosaic(group(g, "cells b", -wide / 2 + 5, -8), B, 3.4, 34 / B.rows);
  attributes(layer(g, "rect", "w0"), {x: left, y: -8, width: inner, height: 34, rx: 3});
  label(g, "for", name, {x: left + inner / 2, y: 13, anchor: "middle"});
}

/** What a row asked for and what it got. */
function order(g: Element, row: OrderRow, columns: Columns, {frame, width}: Sheet, isMerged: boolean) {
  const {chip, block, word} = columns;
  const y = PITCHES[frame] / 2;
  road(group(g, "road"), columns, y);
  attributes(layer(g, "rect", "chip"), {x: 0.5, y: y - 16, width: chip - 1, height: 32, rx: 10});
  label(g, "asked-for", row.asked, {x: chip / 2, y: y + 4, anchor: "middle"});
  const paper = group(g, "slip", block[0] + block[1] / 2, y);
  attributes(paper, {"data-gone": isMerged ? "" : null});
  slip(paper, row, Math.min(block[1] - 12, 128));
  writtenWord(group(g, "word"), row, word, y + 5);
  for (const name of ["got", "doubt-said"]) attributes(layer(g, "text", name), {"data-wrong": row.gains ? null : ""});
  label(g, "got", row.got, {x: word, y: y + 24});
  label(g, "doubt-said", row.doubt, {x: width, y: frame === "wide" ? y + 1 : y - 12, anchor: "end"});
  label(g, "without", frame === "wide" ? row.without : "", {x: width, y: y + 18, anchor: "end"});
}

export function drawOrders(g: Element, {rows, w0, change, said, count, counted}: Orders, sheet: Sheet) {
  const {frame, width} = sheet;
  const columns = COLUMNS[frame];
  const [from, wide] = columns.block;
  const high = rows.length * PITCHES[frame];
  const head = layer(g, "g", "mark-text");
  label(head, "answer", count, {x: 0, y: 24});
  label(head, "plain", frame === "narrow" ? "rows are better served" : counted, {x: 92, y: 24});
  label(head, "plain right", "letters in doubt", {x: width, y: 46, anchor: "end"});
  const weights = group(g, "weights", from, TOP);
  mosaic(group(weights, "cells w0"), w0, wide / w0.cols, high / w0.rows);
  const soaked = group(weights, "cells dw");
  attributes(soaked, {"data-gone": change ? null : ""});
  if (change) mosaic(soaked, change, wide / change.cols, high / change.rows);
  else soaked.replaceChildren();
  const boxes = children(
    layer(g, "g", "orders"),
    "g",
    rows.map(() => "old-over-new order"),
  );
  for (const [i, row] of rows.entries()) {
    attributes(boxes[i]!, {transform: `translate(0 ${TOP + i * PITCHES[frame]})`});
    order(boxes[i]!, row, columns, sheet, change !== undefined);
  }
  const sign = group(g, "sign", rounded(from + wide / 2), TOP + high / 2);
  attributes(sign, {"data-gone": change ? null : ""});
  attributes(layer(sign, "rect", "paper"), {x: -46, y: -14, width: 92, height: 28, rx: 4});
  label(sign, "sum", said, {x: 0, y: 4, anchor: "middle"});
}
