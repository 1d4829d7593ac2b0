import {range, select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {layer} from "../../../figures/layer.ts";
import {heatmap} from "../../../figures/matrices/heatmap.ts";
import {outline, pick} from "../../../figures/matrices/pick.ts";
import {group} from "../../../figures/panel.ts";
import {colorScale} from "../../../figures/text/legend.ts";
import {withText} from "../../../figures/text/put.ts";

export interface SimilarityOptions {
  /** The chosen cell, counted from 1. */
  i: number;
  j: number;
  onPick(i: number, j: number): void;
}

/** Side of a cell, then the room for the names of i and j. */
const CELL = 14;
const [LEFT, BELOW] = [30, 34];

export const similarityHeight = (rows: number): number => rows * CELL + BELOW;

/** The numbers at an axis: the first, the last and the chosen one, if they don't touch it. */
const marks = (count: number, chosen: number): number[] =>
  [...new Set([1, chosen, count])].filter((n) => n === chosen || Math.abs(n - chosen) > 1).sort((a, b) => a - b);

/** φ(i, j) as a grid of colors, i downward and j to the right, with the chosen cell outlined. */
export function similarity(svg: Element, grid: Matrix, {i, j, onPick}: SimilarityOptions) {
  const {rows, cols} = grid;
  const plot = group(svg, "plot", LEFT, 0);
  heatmap(group(plot, "phi"), grid, {cellWidth: CELL, cellHeight: CELL, limit: 1});
  select(layer(plot, "rect", "frame"))
    .attr("width", cols * CELL)
    .attr("height", rows * CELL);
  const numbers = (name: string, list: readonly number[], x: (n: number) => number, y: (n: number) => number) =>
    select(group(plot, name))
      .selectChildren<SVGTextElement, number>("text")
      .data(list)
      .join("text")
      .attr("class", (n) => (n === (name === "rows" ? i : j) ? "number chosen" : "number"))
      .attr("x", x)
      .attr("y", y)
      .attr("dy", "0.34em")
      .attr("text-anchor", name === "rows" ? "end" : "middle")
      .each(withText((n) => n));
  const middle = (n: number) => (n - 0.5) * CELL;
  numbers("rows", marks(rows, i), () => -5, middle);
  numbers("columns", marks(cols, j), middle, () => rows * CELL + 10);
  const names = [
    {text: "i", x: -LEFT + 4, y: (rows * CELL) / 2},
    {text: "j", x: (cols * CELL) / 2, y: rows * CELL + 27},
  ];
  select(group(plot, "names"))
    .selectChildren<SVGTextElement, (typeof names)[number]>("text")
    .data(names)
    .join("text")
    .attr("class", "axis-name")
    .attr("x", ({x}) => x)
    .attr("y", ({y}) => y)
    .attr("dy", "0.34em")
    .each(withText(({text}) => text));
  outline(group(plot, "chosen"), [{row: i, column: j, rows: 1, cols: 1}], CELL, CELL);
  pick(plot, {rows, cols, cellWidth: CELL, cellHeight: CELL, onPoint: onPick});
}

/** The color scale of φ: eleven steps from 0 to 1. */
export const shades = (figure: Element, note: string) =>
  colorScale(figure, {bins: range(10, 21), cell: 10, ends: ["0", "1"], note});
