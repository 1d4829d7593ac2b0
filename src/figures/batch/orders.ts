/** The rows of a batch on their way through one forge: with a slip for each row's A and B or a merged update, and what each row gets. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {attributes, join} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {paint, type Tone} from "../../figure/plot/marks.ts";
import type {Frame, Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {doubtText} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {writtenWord} from "../../figure/plot/text/writtenWord.ts";
import type {BatchMatrices, BatchResult, BatchRow, OrderKind} from "./model.ts";

/** The names of each kind: of one word that is asked for, and of many. */
export const KIND_NAMES: Readonly<Record<OrderKind, {one: string; many: string}>> = {
  names: {one: "name", many: "names"},
  french: {one: "French", many: "French"},
  spanish: {one: "Spanish", many: "Spanish"},
};

/** How many rows are served better than by the forge alone: "4 of 4". */
export const betterServedText = ({rows}: BatchResult): string =>
  `${rows.filter(({isServedBetter}) => isServedBetter).length} of ${rows.length}`;

/** The height of the heading. */
const TOP = 34;
/** The height of a slip, and its distance from the line below it. */
const [SLIP_HEIGHT, SLIP_GAP] = [34, 9];
/** The height of the strip below the rows that has the weights' name. */
const NAME_HEIGHT = 26;

/** Where the columns are: the width of a request, the left edge and width of the weights, and the left edge of a word. */
interface Columns {
  request: number;
  weights: readonly [left: number, width: number];
  word: number;
}
const COLUMNS: Readonly<Record<Frame, Columns>> = {
  narrow: {request: 58, weights: [68, 96], word: 184},
  mid: {request: 70, weights: [92, 150], word: 266},
  wide: {request: 86, weights: [124, 230], word: 390},
};

/** How many strengths the cells of a mosaic have. */
const LEVELS = 4;

/** Draws a matrix as cells of a color, by the sizes of its entries without their signs. Neighbors of one strength in a row are one rectangle. */
function drawMosaic(g: Element, tone: Tone, {rows, cols, data}: Matrix, cellWidth: number, cellHeight: number) {
  paint(g, {tone});
  const largest = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  // By the root of its size, because most entries are far smaller than the largest.
  const levelOf = (x: number) => Math.min(Math.floor(LEVELS * Math.sqrt(Math.abs(x) / largest)), LEVELS - 1);
  const paths = Array.from({length: LEVELS}, () => "");
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; ) {
      const level = levelOf(data[i * cols + j]!);
      let end = j + 1;
      while (end < cols && levelOf(data[i * cols + end]!) === level) end++;
      paths[level] += `M${j} ${i}h${end - j}v1H${j}z`;
      j = end;
    }
  const transform = `scale(${rounded(cellWidth, 3)} ${rounded(cellHeight, 3)})`;
  join(g, "path", paths, {name: (_, level) => `level-${level}`}, (path, d) => attributes(path, {d, transform}));
}

/** Draws a slip with a row's A and B, and the path that leads from the line of x over it and back. Its group's origin is the slip's left top. */
function drawSlip(g: Element, name: string, {A, B}: BatchMatrices["slips"][number], width: number) {
  const lineY = SLIP_HEIGHT + SLIP_GAP;
  attributes(layer(g, "path", "side"), {d: `M-7 ${lineY}V${SLIP_HEIGHT / 2}H${width + 7}V${lineY}`});
  attributes(layer(g, "rect", "paper"), {width, height: SLIP_HEIGHT, rx: 4});
  drawMosaic(group(g, "cells of-B", 4, 4), "b", B, 3, (SLIP_HEIGHT - 8) / B.rows);
  const [left, inner] = [20, width - 24];
  drawMosaic(group(g, "cells of-A", left, 4), "a", A, inner / A.cols, 3);
  label(g, "for", name, {x: left + inner / 2, y: SLIP_HEIGHT - 5, anchor: "middle"});
}

/** Draws a row: what it asked for, the line of x, its slip unless something is merged, and what it got. */
function drawRow(
  g: Element,
  row: BatchRow,
  factors: BatchMatrices["slips"][number],
  pitch: number,
  isMerged: boolean,
  sheet: Sheet,
) {
  const {frame, width} = sheet;
  const {request, weights, word} = COLUMNS[frame];
  const {one, many} = KIND_NAMES[row.kind];
  const y = rounded(pitch - 16);
  const road = group(g, "road");
  attributes(layer(road, "path", "stream"), {d: `M${request} ${y}H${word - 18}`});
  attributes(layer(road, "path", "head"), {d: `M${word - 10} ${y}l-9 -5v10z`});
  attributes(layer(g, "rect", "chip"), {x: 0.5, y: y - 16, width: request - 1, height: 32, rx: 10});
  label(g, "asked-for", one, {x: request / 2, y: y + 4, anchor: "middle"});
  const slipWidth = Math.min(weights[1] - 20, 112);
  const slip = group(g, "slip", weights[0] + (weights[1] - slipWidth) / 2, y - SLIP_GAP - SLIP_HEIGHT);
  attributes(slip, {"data-gone": isMerged ? "" : null});
  drawSlip(slip, many, factors, slipWidth);
  writtenWord(group(g, "word"), row, word, y + 10);
  attributes(layer(g, "text", "doubt-said"), {"data-wrong": row.isServedBetter ? null : ""});
  const isWide = frame === "wide";
  label(g, "doubt-said", doubtText(row.losses.now), {x: width, y: isWide ? y : y - 7, anchor: "end"});
  label(g, "without", isWide ? `${doubtText(row.losses.base)} without` : "", {x: width, y: y + 17, anchor: "end"});
}

/** Draws heading, weights and rows. */
export function drawOrders(g: Element, result: BatchResult, sheet: Sheet) {
  const {rows, slips, matrices} = result;
  const {w0, change} = matrices;
  const {frame, width, height} = sheet;
  const [left, weightsWidth] = COLUMNS[frame].weights;
  const weightsHeight = height - TOP;
  const pitch = (weightsHeight - NAME_HEIGHT) / rows.length;
  const heading = layer(g, "g", "mark-text");
  label(heading, "answer", betterServedText(result), {x: 0, y: 24});
  const counted = frame === "narrow" ? "better served" : "rows are served better than by the forge alone";
  label(heading, "plain", counted, {x: 92, y: 24});
  label(heading, "plain right", "letters in doubt", {x: width, y: 24, anchor: "end"});
  const weights = group(g, "weights", left, TOP);
  drawMosaic(group(weights, "cells of-W0"), "w0", w0, weightsWidth / w0.cols, weightsHeight / w0.rows);
  const isMerged = change !== undefined;
  const merged = group(weights, "cells of-dW");
  attributes(merged, {"data-gone": isMerged ? null : "", "data-tone": "dw"});
  if (change) drawMosaic(merged, "dw", change, weightsWidth / w0.cols, weightsHeight / w0.rows);
  else merged.replaceChildren();
  join(layer(g, "g", "orders"), "g", rows, {name: "old-over-new order"}, (order, row, i) => {
    attributes(order, {transform: `translate(0 ${rounded(TOP + i * pitch)})`});
    drawRow(order, row, matrices.slips[i]!, pitch, isMerged, sheet);
  });
  const sign = group(g, "sign", left + weightsWidth / 2, height - NAME_HEIGHT / 2);
  const added = {beside: "", names: " + ΔW", both: " + two ΔW"}[slips];
  const signWidth = added ? 92 : 32;
  attributes(layer(sign, "rect", "paper"), {x: -signWidth / 2, y: -10, width: signWidth, height: 20, rx: 4});
  label(sign, "sum", `W₀${added}`, {x: 0, y: 5, anchor: "middle"});
}
