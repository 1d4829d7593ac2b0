/**
 * Draws W₀ as a square with A above it and B at its left. x goes down through the square, and up to A; the number A·x that comes
 * out there multiplies B.
 */
import {pointer} from "d3";
import {attributes, children, join, listen} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {cellAt, outline} from "../../figure/plot/matrices/pick.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {type Layout, layoutOf} from "./layout.ts";
import {type AdditionParams, type AdditionResult, SCALE, SIDE, scaleLimits} from "./model.ts";
import {drawArrows, drawCells, drawOutput, drawStrip} from "./parts.ts";
import {type PartNames, partNames, threeDigits} from "./words.ts";

/** What the drawing shows, and what a press on a cell does; rows and columns are counted from 1. */
export interface AdditionContent {
  result: AdditionResult;
  params: AdditionParams;
  onCell(row: number, column: number): void;
}

/** The parts of the drawing that can be pale, by their classes, in the order in which they are drawn. */
const groups = ["square", "ways-of-A", "strip-A", "strip-x", "strip-B", "output"] as const;
/** The parts that are not pale, by what the reader looks at. */
const litParts: Readonly<Record<AdditionParams["look"], readonly (typeof groups)[number][]>> = {
  all: groups,
  question: ["strip-A", "strip-x"],
  loud: ["strip-A", "strip-x", "ways-of-A"],
  push: ["strip-B", "ways-of-A", "output"],
  update: ["square", "strip-A", "strip-B"],
  cell: ["square", "strip-A", "strip-B"],
};

/** Draws everything; parts that the reader does not look at are pale. */
export function drawAddition(g: Element, content: AdditionContent, {width, height, frame}: Sheet) {
  const {A, B, W0, x, h, frozen, loudness} = content.result;
  const {phase, look} = content.params;
  const isMerged = phase === "merged";
  const layout = layoutOf(width, height, frame, SIDE);
  const {left, top, aTop, xTop, bLeft, edge, cell} = layout;
  const box = layer(g, "g", "added");
  const part = (name: (typeof groups)[number] | "names" | "trace") => layer(box, "g", name);
  for (const name of groups) attributes(part(name), {"data-dim": litParts[look].includes(name) ? null : ""});
  const shown = look === "update" ? "update" : isMerged ? "sum" : "W0";
  drawCells(part("square"), {W0, A, B, scale: SCALE, shown}, layout);
  const arrows = part("ways-of-A");
  attributes(arrows, {opacity: isMerged ? 0 : null});
  drawArrows(arrows, layout, loudness);
  drawLoudness(arrows, layout, loudness);
  // A and B merge by moving to the far edges of the square.
  const [down, right] = isMerged ? [top + edge - aTop - cell, left + edge - bLeft - cell] : [0, 0];
  drawStrip(part("strip-A"), {values: A, maxSize: scaleLimits.A, left, top: aTop, shift: down}, layout);
  drawStrip(part("strip-x"), {values: x, maxSize: scaleLimits.x, left, top: xTop}, layout);
  drawStrip(
    part("strip-B"),
    {values: B, maxSize: scaleLimits.B, left: bLeft, top, isUpright: true, shift: right},
    layout,
  );
  drawOutput(part("output"), {frozen, h, maxSize: scaleLimits.h, isMerged}, layout);
  drawNames(part("names"), layout, partNames(content.params, layout.isWide));
  drawTrace(part("trace"), content, layout);
}

/** Writes A·x, and by what it is multiplied. */
function drawLoudness(g: Element, {isWide, bLeft, strip, aTop, xTop}: Layout, loudness: number) {
  const words = layer(g, "g", "mark-text");
  const [middle, y] = [bLeft + strip / 2 - (isWide ? 4 : 6), aTop + strip / 2];
  const put = (name: string, text: string, at: {x: number; y: number; anchor?: string}) => {
    const one = layer(words, "text", name);
    attributes(one, {x: rounded(at.x), y: rounded(at.y), "text-anchor": at.anchor ?? "middle"});
    write(one, [text], "tspan");
  };
  put("head", "how loud", isWide ? {x: middle, y: y - 18} : {x: 0, y: 12, anchor: "start"});
  put("answer", fixed(loudness, 1), {x: middle, y: y + 10});
  put("plain", `× ${SCALE}`, {x: middle + 12, y: xTop + strip / 2 + 10, anchor: "start"});
}

/** Writes the names of the parts. */
function drawNames(g: Element, layout: Layout, {A, x, B, push, W0, h}: PartNames) {
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
function drawTrace(g: Element, {result, params, onCell}: AdditionContent, layout: Layout) {
  const {left, top, cell, edge} = layout;
  const {row, column, look, phase} = params;
  const [frame, traces, fieldLayer] = children(g, "g", ["outlines", "traces", "field"]);
  attributes(frame!, {transform: `translate(${left} ${top})`});
  outline(frame!, [{row, column, rows: 1, cols: 1}], cell, cell);
  const entries = look === "cell" && phase !== "merged" ? tracedEntries(result, params, layout) : [];
  join(traces!, "g", entries, {name: ({factor}) => `traced-${factor}`}, (entry, {factor, line, box, number}) => {
    attributes(layer(entry, "path", `trace-${factor}`), {d: line});
    attributes(layer(entry, "rect", "outline"), box);
    const text = layer(entry, "text", `number-${factor}`);
    attributes(text, {x: rounded(number.x), y: rounded(number.y), "text-anchor": number.anchor});
    write(text, [number.text], "tspan");
  });
  const field = layer(fieldLayer!, "rect", "cells");
  attributes(field, {x: left, y: top, width: rounded(edge), height: rounded(edge)});
  const grid = {rows: SIDE, cols: SIDE, cellWidth: cell, cellHeight: cell};
  listen(field, "click", (event) => {
    const [px, py] = pointer(event, g);
    const at = cellAt(grid, px - left, py - top);
    onCell(at.row, at.column);
  });
}

/** An entry of A or B: the line from it to the chosen cell, its outline, and its value. */
interface TracedEntry {
  factor: "A" | "B";
  line: string;
  box: {x: number; y: number; width: number; height: number};
  number: {text: string; x: number; y: number; anchor: "middle" | "end"};
}

/** The entry of A in the chosen column, and that of B in the chosen row. */
function tracedEntries(
  {cell: {a, b}}: AdditionResult,
  {row, column}: AdditionParams,
  {left, top, cell, edge, strip, aTop, bLeft, isWide}: Layout,
): TracedEntry[] {
  const [cellLeft, cellTop] = [rounded(left + (column - 1) * cell), rounded(top + (row - 1) * cell)];
  const [xMiddle, yMiddle] = [left + (column - 0.5) * cell, top + (row - 0.5) * cell];
  const [length, thickness] = [rounded(cell), strip + 2];
  return [
    {
      factor: "A",
      line: `M${rounded(xMiddle)} ${aTop + strip}V${cellTop - 1}`,
      box: {x: cellLeft, y: aTop - 1, width: length, height: thickness},
      number: {
        text: threeDigits(a),
        x: Math.min(Math.max(xMiddle, left + 14), left + edge - 14),
        y: aTop - 5,
        anchor: "middle",
      },
    },
    {
      factor: "B",
      line: `M${bLeft + strip} ${rounded(yMiddle)}H${cellLeft - 1}`,
      box: {x: bLeft - 1, y: cellTop, width: thickness, height: length},
      number: {
        text: threeDigits(b),
        ...(isWide ? {x: bLeft - 6, y: yMiddle + 4} : {x: bLeft + strip + 2, y: cellTop - 3}),
        anchor: "end",
      },
    },
  ];
}
