/** Draws φ(i, j) as a grid of colors with both axes, and the scale of its colors. */
import {pointer, range} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {attributes, each, listen} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {heatmap} from "../../../figure/plot/matrices/heatmap.ts";
import {outline} from "../../../figure/plot/matrices/pick.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {colorScale} from "../../../figure/plot/text/legend.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {textWidth} from "../../../figure/plot/text/textWidth.ts";

interface SimilarityOptions {
  width: number;
  /** The chosen cell, counted from 1, and the number that is written in it or, where cells are small, beside it. */
  i: number;
  j: number;
  cellText: string;
  /** The names of the axes. */
  names: readonly [down: string, across: string];
  /** Called when a cell is pressed, or reached with the button held. */
  onPick(i: number, j: number): void;
}

/** Room for the numbers and names of both axes. */
const [LEFT, BELOW] = [40, 40];
/** Numbers of an axis are at least this far apart. */
const [MIN_ACROSS_PITCH, MIN_DOWN_PITCH] = [22, 16];
/** The width of a letter of a name, about, in units. */
const LETTER_WIDTH = 7;

/** The side of a cell if the drawing is this wide. */
const cellSide = ({cols}: Matrix, width: number): number => (width - LEFT) / cols;

/** The height of the drawing at this width. */
export const similarityHeight = (grid: Matrix, width: number): number => grid.rows * cellSide(grid, width) + BELOW;

/** The numbers at an axis: the chosen one, and the first and the last if they are far enough from the others. */
const axisNumbers = (count: number, chosen: number, cell: number, room: number): number[] =>
  [...new Set([1, chosen, count])]
    .filter((n) => n === chosen || Math.abs(n - chosen) * cell >= room)
    .filter((n, at, all) => at === 0 || n === chosen || (n - all[0]!) * cell >= room)
    .sort((a, b) => a - b);

/** Draws φ of a grid (r₁,r₂), i downward and j to the right, with the chosen cell outlined. */
export function drawSimilarity(svg: Element, grid: Matrix, {width, i, j, cellText, names, onPick}: SimilarityOptions) {
  const {rows, cols} = grid;
  const cell = cellSide(grid, width);
  const [gridHeight, gridWidth] = [rows * cell, cols * cell];
  const plot = group(svg, "plot", LEFT, 0);
  heatmap(group(plot, "phi"), grid, {
    cellWidth: cell,
    cellHeight: cell,
    limit: 1,
  });
  attributes(layer(plot, "rect", "frame"), {width: gridWidth, height: gridHeight});
  const middle = (n: number) => (n - 0.5) * cell;
  drawNumbers(group(plot, "rows"), axisNumbers(rows, i, cell, MIN_DOWN_PITCH), i, (n) => [-6, middle(n)]);
  drawNumbers(group(plot, "columns"), axisNumbers(cols, j, cell, MIN_ACROSS_PITCH), j, (n) => [
    middle(n),
    gridHeight + 12,
  ]);
  const [down, across] = names;
  label(group(plot, "names"), "across", across, {
    x: gridWidth / 2,
    y: gridHeight + 32,
    anchor: "middle",
  });
  const side = group(plot, "side");
  const isLong = down.length > 1 && down.length * LETTER_WIDTH <= gridHeight;
  side.setAttribute("transform", `translate(${-LEFT + 12} ${gridHeight / 2})${isLong ? " rotate(-90)" : ""}`);
  label(side, "down", isLong ? down : "i", {
    x: 0,
    y: isLong ? 0 : 5,
    anchor: "middle",
  });
  outline(group(plot, "chosen"), [{row: i, column: j, rows: 1, cols: 1}], cell, cell);
  const isInside = cell >= textWidth(cellText) + 4;
  const isAtRight = j > cols / 2;
  label(group(plot, "value"), "said", cellText, {
    x: isInside ? middle(j) : isAtRight ? (j - 1) * cell - 5 : j * cell + 5,
    y: middle(i),
    dy: "0.34em",
    anchor: isInside ? "middle" : isAtRight ? "end" : "start",
  });
  const pick = (event: Event) => {
    const [x, y] = pointer(event, plot);
    const clamp = (at: number, count: number) => Math.min(Math.max(Math.floor(at / cell), 0), count - 1) + 1;
    onPick(clamp(y, rows), clamp(x, cols));
  };
  const cells = layer(plot, "rect", "cells");
  attributes(cells, {width: gridWidth, height: gridHeight});
  listen(cells, "pointermove", (event) => {
    const {pointerType, buttons} = event as PointerEvent;
    if (pointerType === "mouse" && buttons === 1) pick(event);
  });
  listen(cells, "click", pick);
}

/** Writes the numbers of an axis, the chosen one bold. */
const drawNumbers = (
  g: Element,
  list: readonly number[],
  chosen: number,
  at: (n: number) => readonly [x: number, y: number],
) =>
  each(g, "text", list, (number, n) => {
    const [x, y] = at(n);
    attributes(number, {
      class: n === chosen ? "number chosen" : "number",
      x,
      y,
      dy: "0.34em",
      "text-anchor": x < 0 ? "end" : "middle",
    });
    put(number, String(n));
  });

/** Draws the color scale of φ: eleven steps from 0 to 1. */
export const drawColorScale = (figure: Element, note: string) =>
  colorScale(figure, {bins: range(10, 21), cell: 10, ends: ["0", "1"], note});
