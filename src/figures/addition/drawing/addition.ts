/** A road: x goes down through the frozen square, and up to A, whose one number turns up B beside it. */
import {pointer} from "d3";
import {attributes, children, listen} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {cellAt, outline} from "../../../figure/plot/matrices/pick.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {type Rich, write} from "../../../figure/plot/text/symbol.ts";
import {type Place, placed} from "./place.ts";
import {drawCells} from "./square.ts";
import {drawOutput, drawStrip} from "./strips.ts";
import {drawWays} from "./ways.ts";

/** What stands at the parts; where there is little room, symbols alone. */
export interface Names {
  A: Rich;
  x: Rich;
  B: Rich;
  /** Below B's. */
  push: readonly [Rich, Rich];
  W0: Rich;
  h: Rich;
}

export interface Shown {
  /** The square's cells, the row above it and the column at its left. */
  W0: Float64Array;
  A: Float64Array;
  B: Float64Array;
  /** What the updates are multiplied with, and how that is written. */
  scale: number;
  scaled: string;
  x: Float64Array;
  frozen: Float64Array;
  h: Float64Array;
  /** The sizes that fill the strips and the room of the output. */
  most: Readonly<Record<"A" | "B" | "x" | "h", number>>;
  loud: number;
  loudSaid: string;
  /** From 0, side by side, to 1. */
  merged: number;
  look: keyof typeof lit;
  /** The outlined cell, counted from 1, and its values of A and B in words. */
  row: number;
  column: number;
  cell: {a: string; b: string};
  names: Readonly<Record<"short" | "long", Names>>;
  onCell(row: number, column: number): void;
}

/** The groups that a part of the picture is about; the others are pale. */
const groups = ["square", "ways-of-A", "strip-A", "strip-x", "strip-B", "output"] as const;
const lit = {
  all: groups,
  question: ["strip-A", "strip-x"],
  loud: ["strip-A", "strip-x", "ways-of-A"],
  push: ["strip-B", "ways-of-A", "output"],
  update: ["square", "strip-A", "strip-B"],
  cell: ["square", "strip-A", "strip-B"],
} as const satisfies Readonly<Record<string, readonly (typeof groups)[number][]>>;

/** Draws everything at one moment. */
export function drawAddition(g: Element, shown: Shown, {width, height, frame}: Sheet) {
  const {A, B, W0, x, h, frozen, loud, scale, most, merged, look} = shown;
  const place = placed(width, height, frame, A.length);
  const {left, top, aTop, xTop, bLeft, edge, cell} = place;
  const box = layer(g, "g", "added");
  const made = children(box, "g", [...groups, "names", "trace"]);
  const part = Object.fromEntries(groups.map((name, i) => [name, made[i]!])) as Record<
    (typeof groups)[number],
    Element
  >;
  const isLit = (name: string) => lit[look].some((one) => one === name);
  for (const name of groups) attributes(part[name], {"data-dim": isLit(name) ? null : ""});
  drawCells(part.square, {W0, A, B, scale, merged, isUpdate: look === "update"}, place);
  const ways = part["ways-of-A"];
  attributes(ways, {opacity: merged > 0 ? rounded(1 - merged, 2) : null});
  drawWays(ways, place, loud);
  drawLoud(ways, place, shown);
  const seen = 1 - merged;
  // Both sweep over the square while they go into it.
  const way = merged < 1 ? merged * merged * (3 - 2 * merged) : 0;
  const [down, right] = [way * (top + edge - aTop - cell), way * (left + edge - bLeft - cell)];
  drawStrip(part["strip-A"], {values: A, most: most.A, left, top: aTop, moved: down, seen}, place);
  drawStrip(part["strip-x"], {values: x, most: most.x, left, top: xTop}, place);
  drawStrip(part["strip-B"], {values: B, most: most.B, left: bLeft, top, isUpright: true, moved: right, seen}, place);
  drawOutput(part.output, {frozen, h, most: most.h, merged}, place);
  drawNames(made[groups.length]!, place, shown.names[place.isWide ? "long" : "short"]);
  drawTrace(made[groups.length + 1]!, shown, place);
}

/** The one number that A makes of x. */
function drawLoud(g: Element, {isWide, bLeft, strip, aTop, xTop}: Place, {loudSaid, scaled}: Shown) {
  const words = layer(g, "g", "mark-text");
  const [middle, y] = [bLeft + strip / 2 - (isWide ? 4 : 6), aTop + strip / 2];
  const put = (name: string, text: string, at: {x: number; y: number; anchor?: string}) => {
    const one = layer(words, "text", name);
    attributes(one, {x: rounded(at.x), y: rounded(at.y), "text-anchor": at.anchor ?? "middle"});
    write(one, [text], "tspan");
  };
  put("head", "how loud", isWide ? {x: middle, y: y - 18} : {x: 0, y: 12, anchor: "start"});
  put("answer", loudSaid, {x: middle, y: y + 10});
  put("plain", scaled, {x: middle + 12, y: xTop + strip / 2 + 10, anchor: "start"});
}

/** What the parts are called. */
function drawNames(g: Element, place: Place, {A, x, B, push, W0, h}: Names) {
  const {isWide, left, top, edge, strip, aTop, xTop, bLeft, zero, room} = place;
  const aside = left + edge + (isWide ? 20 : 12);
  const low = top + edge + (isWide ? 34 : 30);
  const [beside, half] = [bLeft - 12, top + edge / 2];
  const put = (of: string, rich: Rich, at: {x: number; y: number; anchor?: "middle" | "end"}) => {
    const text = layer(g, "text", of);
    attributes(text, {x: rounded(at.x), y: rounded(at.y), "text-anchor": at.anchor ?? null});
    write(text, rich, "tspan");
  };
  put("of-A", A, {x: aside, y: aTop + strip / 2 + 6});
  put("of-x", x, {x: aside, y: xTop + strip / 2 + 6});
  put("of-B", B, isWide ? {x: beside, y: half - 10, anchor: "end"} : {x: 0, y: top - 6});
  for (const [i, line] of push.entries()) put(`push-${i}`, line, {x: beside, y: half + 10 + 18 * i, anchor: "end"});
  put("of-W0", W0, {x: left + edge / 2, y: low, anchor: "middle"});
  put("of-h", h, isWide ? {x: zero, y: low, anchor: "middle"} : {x: zero + room, y: low, anchor: "end"});
}

/** The chosen cell, and from where its part of the update comes. */
function drawTrace(g: Element, {row, column, look, cell: values, merged, onCell}: Shown, place: Place) {
  const {left, top, cell, edge, strip, aTop, bLeft} = place;
  const isTraced = look === "cell" && merged < 1;
  const [frame, traces, said, over] = children(g, "g", ["outlines", "traces", "numbers", "field"]) as [
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
  const numbers = children(said, "text", isTraced ? ["number-A", "number-B"] : []);
  const at = [
    {x: Math.min(Math.max(xMiddle, left + 14), left + edge - 14), y: aTop - 5, "text-anchor": "middle"},
    place.isWide
      ? {x: bLeft - 6, y: yMiddle + 4, "text-anchor": "end"}
      : {x: bLeft + strip + 2, y: top + (row - 1) * cell - 3, "text-anchor": "end"},
  ];
  for (const [i, text] of numbers.entries()) {
    attributes(text, at[i]!);
    write(text, [[values.a, values.b][i]!], "tspan");
  }
  const field = layer(over, "rect", "cells");
  attributes(field, {x: left, y: top, width: rounded(edge), height: rounded(edge)});
  const grid = {rows: place.count, cols: place.count, cellWidth: cell, cellHeight: cell};
  listen(field, "click", (event) => {
    const [px, py] = pointer(event, g);
    const at = cellAt(grid, px - left, py - top);
    onCell(at.row, at.column);
  });
}
