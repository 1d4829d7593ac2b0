/** A table of methods by needs. Readers press the heads of its columns, and rows move to new places when their order changes. */
import {attributes, join, makePressable} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import type {MethodVerdict} from "./rules.ts";

/** A column: a fact of the rule base, as something that the reader may need. */
export interface Need {
  name: string;
  /** For screen readers. */
  spoken: string;
  isAsked: boolean;
  /** A gap at its left sets it apart. */
  isApart: boolean;
  press(): void;
}

/** A row: a method in its place. */
interface MethodRow {
  method: string;
  name: string;
  /** Its place, and what led to it. */
  place: string;
  summary: string;
  isFirst: boolean;
  /** In the order of the columns. */
  verdicts: readonly MethodVerdict[];
}

/** Room for the heads, which are upright: if they were slanted, each would reach into the next column. */
const HEAD_HEIGHT = 92;
/** Room for the words beside a row: its place and name, and what led to the place. */
const [NAME_WIDTH, SUMMARY_WIDTH] = [142, 176];
/** In a drawing that is not wide, rows higher than this have their words above their cells. */
const STACKED_FROM = 32;
/** The columns are no wider than if there were this many. */
const MIN_COLUMNS = 3;
/** The gap that sets a column apart, in units. */
const GAP = 8;

/** Where columns and rows are, in units. A drawing that is neither wide nor high has room only for the needs that are asked for. */
function layoutOf({frame, width, height}: Sheet, all: readonly Need[], rows: number) {
  const pitch = (height - HEAD_HEIGHT) / rows;
  const isStacked = frame !== "wide" && pitch > STACKED_FROM;
  const shownIndices = [...all.keys()].filter((i) => frame === "wide" || isStacked || all[i]!.isAsked);
  const needs = shownIndices.map((i) => all[i]!);
  const left = isStacked ? 0 : NAME_WIDTH;
  const right = frame === "wide" ? width - SUMMARY_WIDTH : width;
  const gaps = needs.filter(({isApart}) => isApart).length;
  const step = (right - left - GAP * gaps) / Math.max(needs.length, MIN_COLUMNS);
  let at = left - step;
  const columns = needs.map(({isApart}) => {
    at += step + (isApart ? GAP : 0);
    return at;
  });
  const side = Math.min(16, step - 6, (isStacked ? pitch - 16 : pitch) - 6);
  return {
    shownIndices,
    pitch,
    isStacked,
    step,
    columns,
    side,
    middle: isStacked ? 16 + (pitch - 18) / 2 : pitch / 2,
  };
}

/** Draws the columns as buttons, and over them the rows of cells, which let the pointer through. */
export function drawNeedsTable(g: Element, sheet: Sheet, all: readonly Need[], rows: readonly MethodRow[]) {
  const {shownIndices, pitch, isStacked, step, columns, side, middle} = layoutOf(sheet, all, rows.length);
  const needs = shownIndices.map((i) => all[i]!);
  const {width, height, frame} = sheet;
  join(
    layer(g, "g", "heads"),
    "g",
    needs,
    {name: ({isAsked}) => (isAsked ? "need wanted" : "need")},
    (column, {name, spoken, isAsked, press}, i) => {
      attributes(column, {transform: `translate(${rounded(columns[i]!)} 0)`});
      makePressable(column, `${name}: ${spoken}`, isAsked, press);
      attributes(layer(column, "path", "field"), {d: `M0 0H${rounded(step)}V${rounded(height)}H0Z`});
      const word = layer(column, "text", "name", name);
      attributes(word, {transform: `translate(${rounded(step / 2 + 4)} ${HEAD_HEIGHT - 6}) rotate(-90)`});
    },
  );
  join(
    layer(g, "g", "ranked"),
    "g",
    rows,
    {name: ({isFirst}) => (isFirst ? "method first" : "method"), key: ({method}) => method},
    (row, {name, place, summary, verdicts}, order) => {
      attributes(row, {transform: `translate(0 ${rounded(HEAD_HEIGHT + order * pitch)})`});
      const line = isStacked ? 10 : middle;
      attributes(layer(row, "text", "place", place), {x: 22, y: rounded(line), dy: "0.32em", "text-anchor": "end"});
      attributes(layer(row, "text", "name", ` ${name}`), {x: 28, y: rounded(line), dy: "0.32em"});
      const words = frame === "wide" || isStacked ? ` ${summary}` : "";
      attributes(layer(row, "text", "said", words), {x: width, y: rounded(line), dy: "0.32em", "text-anchor": "end"});
      const cellName = (need: number) => (all[need]!.isAsked ? "cell wanted" : "cell");
      join(layer(row, "g", "cells"), "g", shownIndices, {name: cellName}, (cell, i, at) => {
        const verdict = verdicts[i]!;
        attributes(cell, {
          "data-verdict": verdict,
          transform: `translate(${rounded(columns[at]! + step / 2)} ${rounded(middle)})`,
        });
        drawVerdict(cell, verdict, side / 2);
      });
    },
  );
}

/** Draws a cell: full, half, empty or hatched. */
function drawVerdict(cell: Element, verdict: MethodVerdict, r: number) {
  const box = `M${rounded(-r)} ${rounded(-r)}H${rounded(r)}V${rounded(r)}H${rounded(-r)}Z`;
  const lines = [-0.9, 0, 0.9].map((shift) => {
    const [from, to] = [Math.max(-1, -1 + shift), Math.min(1, 1 + shift)];
    return `M${rounded(from * r)} ${rounded((from - shift) * -r)}L${rounded(to * r)} ${rounded((to - shift) * -r)}`;
  });
  const inside = {
    meets: box,
    pays: `M${rounded(-r)} 0H${rounded(r)}V${rounded(r)}H${rounded(-r)}Z`,
    fails: "",
    untested: lines.join(""),
  }[verdict];
  attributes(layer(cell, "path", "edge"), {d: box});
  attributes(layer(cell, "path", "inside"), {d: inside});
}
