/**
 * Draws W₀ as a square with A above it and B at its left. x goes down through the square, and up to A; the number A·x that comes
 * out there multiplies B.
 */
import {pointer} from "d3";
import {attributes, children, listen} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {cellAt, outline} from "../../../figure/plot/matrices/pick.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {type Rich, write} from "../../../figure/plot/text/symbol.ts";
import {type Layout, layoutOf} from "./layout.ts";
import {drawArrows, drawCells, drawOutput, drawStrip} from "./parts.ts";

/** The names written at the parts. */
export interface Names {
  A: Rich;
  x: Rich;
  B: Rich;
  /** Two lines below B's name. */
  push: readonly [Rich, Rich];
  W0: Rich;
  h: Rich;
}

/** What the drawing shows. All vectors are as long as a side of the square. */
export interface AdditionContent {
  /** W₀ row by row; A as the row above it, B as the column at its left. */
  W0: Float64Array;
  A: Float64Array;
  B: Float64Array;
  /** α/r, and how it is written. */
  scale: number;
  scaleText: string;
  x: Float64Array;
  /** W₀x, and with the update the output h. */
  frozen: Float64Array;
  h: Float64Array;
  /** The sizes that fill the strips and the room of the output. */
  maxSizes: Readonly<Record<"A" | "B" | "x" | "h", number>>;
  /** A·x, and how it is written. */
  loudness: number;
  loudnessText: string;
  /** Whether the update is merged into W₀. */
  isMerged: boolean;
  /** What the reader looks at; the other parts are pale. */
  look: keyof typeof litParts;
  /** The outlined cell, counted from 1, and its values of A and B as text. */
  row: number;
  column: number;
  cellTexts: {a: string; b: string};
  /** The names of the parts, where there is room for words and elsewhere. */
  names(isWide: boolean): Names;
  onCell(row: number, column: number): void;
}

/** The parts of the drawing, by their classes. */
const groups = ["square", "ways-of-A", "strip-A", "strip-x", "strip-B", "output"] as const;
/** The parts that are not pale, by what the reader looks at. */
const litParts = {
  all: groups,
  question: ["strip-A", "strip-x"],
  loud: ["strip-A", "strip-x", "ways-of-A"],
  push: ["strip-B", "ways-of-A", "output"],
  update: ["square", "strip-A", "strip-B"],
  cell: ["square", "strip-A", "strip-B"],
} as const satisfies Readonly<Record<string, readonly (typeof groups)[number][]>>;

/** Draws everything; parts that the reader does not look at are pale. */
export function drawAddition(g: Element, shown: AdditionContent, {width, height, frame}: Sheet) {
  const {A, B, W0, x, h, frozen, loudness, scale, maxSizes, isMerged, look} = shown;
  const layout = layoutOf(width, height, frame, A.length);
  const {left, top, aTop, xTop, bLeft, edge, cell} = layout;
  const box = layer(g, "g", "added");
  const elements = children(box, "g", [...groups, "names", "trace"]);
  const part = Object.fromEntries(groups.map((name, i) => [name, elements[i]!])) as Record<
    (typeof groups)[number],
    Element
  >;
  const isLit = (name: string) => litParts[look].some((one) => one === name);
  for (const name of groups) attributes(part[name], {"data-dim": isLit(name) ? null : ""});
  const shownCells = look === "update" ? "update" : isMerged ? "sum" : "W0";
  drawCells(part.square, {W0, A, B, scale, shown: shownCells}, layout);
  const arrows = part["ways-of-A"];
  attributes(arrows, {opacity: isMerged ? 0 : null});
  drawArrows(arrows, layout, loudness);
  drawLoudness(arrows, layout, shown);
  // A and B merge by moving to the far edges of the square.
  const [down, right] = isMerged ? [top + edge - aTop - cell, left + edge - bLeft - cell] : [0, 0];
  drawStrip(part["strip-A"], {values: A, maxSize: maxSizes.A, left, top: aTop, shift: down}, layout);
  drawStrip(part["strip-x"], {values: x, maxSize: maxSizes.x, left, top: xTop}, layout);
  drawStrip(part["strip-B"], {values: B, maxSize: maxSizes.B, left: bLeft, top, isUpright: true, shift: right}, layout);
  drawOutput(part.output, {frozen, h, maxSize: maxSizes.h, isMerged}, layout);
  drawNames(elements[groups.length]!, layout, shown.names(layout.isWide));
  drawTrace(elements[groups.length + 1]!, shown, layout);
}

/** Writes A·x, and by what it is multiplied. */
function drawLoudness(
  g: Element,
  {isWide, bLeft, strip, aTop, xTop}: Layout,
  {loudnessText, scaleText}: AdditionContent,
) {
  const words = layer(g, "g", "mark-text");
  const [middle, y] = [bLeft + strip / 2 - (isWide ? 4 : 6), aTop + strip / 2];
  const put = (name: string, text: string, at: {x: number; y: number; anchor?: string}) => {
    const one = layer(words, "text", name);
    attributes(one, {x: rounded(at.x), y: rounded(at.y), "text-anchor": at.anchor ?? "middle"});
    write(one, [text], "tspan");
  };
  put("head", "how loud", isWide ? {x: middle, y: y - 18} : {x: 0, y: 12, anchor: "start"});
  put("answer", loudnessText, {x: middle, y: y + 10});
  put("plain", scaleText, {x: middle + 12, y: xTop + strip / 2 + 10, anchor: "start"});
}

/** Writes the names of the parts. */
function drawNames(g: Element, layout: Layout, {A, x, B, push, W0, h}: Names) {
  const {isWide, left, top, edge, strip, aTop, xTop, bLeft, zero, room} = layout;
  const nameX = left + edge + (isWide ? 20 : 12);
  const labelY = top + edge + (isWide ? 34 : 30);
  const [pushX, middleY] = [bLeft - 12, top + edge / 2];
  const put = (of: string, rich: Rich, at: {x: number; y: number; anchor?: "middle" | "end"}) => {
    const text = layer(g, "text", of);
    attributes(text, {x: rounded(at.x), y: rounded(at.y), "text-anchor": at.anchor ?? null});
    write(text, rich, "tspan");
  };
  put("of-A", A, {x: nameX, y: aTop + strip / 2 + 6});
  put("of-x", x, {x: nameX, y: xTop + strip / 2 + 6});
  put("of-B", B, isWide ? {x: pushX, y: middleY - 10, anchor: "end"} : {x: 0, y: top - 6});
  for (const [i, line] of push.entries()) put(`push-${i}`, line, {x: pushX, y: middleY + 10 + 18 * i, anchor: "end"});
  put("of-W0", W0, {x: left + edge / 2, y: labelY, anchor: "middle"});
  put("of-h", h, isWide ? {x: zero, y: labelY, anchor: "middle"} : {x: zero + room, y: labelY, anchor: "end"});
}

/** Outlines the chosen cell and, when it is looked at, the entries of A and B whose product is its update. Listens for presses. */
function drawTrace(g: Element, {row, column, look, cellTexts, isMerged, onCell}: AdditionContent, layout: Layout) {
  const {left, top, cell, edge, strip, aTop, bLeft} = layout;
  const isTraced = look === "cell" && !isMerged;
  const [frame, traces, numberLayer, fieldLayer] = children(g, "g", ["outlines", "traces", "numbers", "field"]) as [
    Element,
    Element,
    Element,
    Element,
  ];
  attributes(frame, {transform: `translate(${left} ${top})`});
  outline(frame, [{row, column, rows: 1, cols: 1}], cell, cell);
  const [xMiddle, yMiddle] = [left + (column - 0.5) * cell, top + (row - 0.5) * cell];
  const lines = children(traces, "path", isTraced ? ["trace-A", "trace-B"] : []);
  const ends = [
    `M${rounded(xMiddle)} ${aTop + strip}V${rounded(top + (row - 1) * cell - 1)}`,
    `M${bLeft + strip} ${rounded(yMiddle)}H${rounded(left + (column - 1) * cell - 1)}`,
  ];
  for (const [i, line] of lines.entries()) attributes(line, {d: ends[i]!});
  const boxes = children(traces, "rect", isTraced ? ["outline of-A", "outline of-B"] : []);
  const around = [
    {x: left + (column - 1) * cell, y: aTop - 1, width: cell, height: strip + 2},
    {x: bLeft - 1, y: top + (row - 1) * cell, width: strip + 2, height: cell},
  ];
  for (const [i, rect] of boxes.entries())
    attributes(rect, Object.fromEntries(Object.entries(around[i]!).map(([name, value]) => [name, rounded(value)])));
  const numbers = children(numberLayer, "text", isTraced ? ["number-A", "number-B"] : []);
  const at = [
    {x: Math.min(Math.max(xMiddle, left + 14), left + edge - 14), y: aTop - 5, "text-anchor": "middle"},
    layout.isWide
      ? {x: bLeft - 6, y: yMiddle + 4, "text-anchor": "end"}
      : {x: bLeft + strip + 2, y: top + (row - 1) * cell - 3, "text-anchor": "end"},
  ];
  for (const [i, text] of numbers.entries()) {
    attributes(text, at[i]!);
    write(text, [[cellTexts.a, cellTexts.b][i]!], "tspan");
  }
  const field = layer(fieldLayer, "rect", "cells");
  attributes(field, {x: left, y: top, width: rounded(edge), height: rounded(edge)});
  const grid = {rows: layout.count, cols: layout.count, cellWidth: cell, cellHeight: cell};
  listen(field, "click", (event) => {
    const [px, py] = pointer(event, g);
    const at = cellAt(grid, px - left, py - top);
    onCell(at.row, at.column);
  });
}
