import {range, select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {layer} from "../../../figures/layer.ts";
import {heatmap} from "../../../figures/matrices/heatmap.ts";
import {outline, pick} from "../../../figures/matrices/pick.ts";
import {group} from "../../../figures/panel.ts";
import {worded} from "../../../figures/text/worded.ts";

export interface SimilarityOptions {
  /** The chosen cell, counted from 1. */
  i: number;
  j: number;
  onPick(i: number, j: number): void;
}

/** Edge of a cell; room for the names of i and j. */
const CELL = 14;
const [LEFT, BELOW] = [30, 34];

/** Height of the picture of a grid with so many rows. */
export const similarityHeight = (rows: number): number => rows * CELL + BELOW;

/** Which numbers stand at an axis: the first, the last, and what is chosen. */
const marks = (count: number, chosen: number): number[] =>
  [...new Set([1, chosen, count])].filter((n) => n === chosen || Math.abs(n - chosen) > 1).sort((a, b) => a - b);

/** φ(i, j) from 0 to 1 as cells, i downward and j to the right, the chosen one outlined. */
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
      .each(worded((n) => n));
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
    .each(worded(({text}) => text));
  outline(group(plot, "chosen"), [{row: i, column: j, rows: 1, cols: 1}], CELL, CELL);
  pick(plot, {rows, cols, cellWidth: CELL, cellHeight: CELL, onPoint: onPick});
}

/** The shades of φ: eleven steps from 0 to 1. */
export function shades(figure: Element, note: string) {
  const box = layer(figure, "div", "legend");
  layer(box, "span", "low", "0");
  const svg = layer(box, "svg", "scale");
  select(svg).attr("viewBox", "0 0 110 10").attr("width", 110).attr("height", 10).attr("aria-hidden", "true");
  select(svg)
    .selectChildren("rect")
    .data(range(11))
    .join("rect")
    .attr("class", (n) => `bin bin-${n + 10}`)
    .attr("x", (n) => n * 10)
    .attr("width", 10)
    .attr("height", 10);
  layer(box, "span", "high", "1");
  layer(box, "span", "note", note);
}
