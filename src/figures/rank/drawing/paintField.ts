/** A field over a matrix to draw in, with pointer or keys. */
import {select} from "d3";
import {drags} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";

interface PaintFieldOptions {
  rows: number;
  cols: number;
  /** Edge of a cell, in units. */
  cell: number;
  /** The cell of the keyboard cursor, counted from 1. */
  row: number;
  column: number;
  /** Moves the cursor. */
  onMove(row: number, column: number): void;
  /** Paints at a cell, counted from 1. */
  onPaint(row: number, column: number): void;
}

/** A field to draw in: pressing and dragging paints; arrow keys move a cursor, Space paints at it. */
export function paintField(g: Element, {rows, cols, cell, row, column, onMove, onPaint}: PaintFieldOptions) {
  const inside = (value: number, count: number) => Math.min(Math.max(value, 1), count);
  const at = {row: inside(row, rows), column: inside(column, cols)};
  const field = layer(g, "rect", "pad");
  select(field)
    .attr("width", cols * cell)
    .attr("height", rows * cell)
    .attr("tabindex", 0)
    .attr("role", "button")
    .attr("aria-label", `Drawing field, row ${at.row}, column ${at.column}. Arrow keys move, Space paints.`)
    .on("keydown", (event: KeyboardEvent) => {
      const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
      if (!step && event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      if (step) onMove(inside(at.row + step[0], rows), inside(at.column + step[1], cols));
      else onPaint(at.row, at.column);
    });
  drags(field, g, {
    onDrag: (x, y) => onPaint(inside(Math.floor(y / cell) + 1, rows), inside(Math.floor(x / cell) + 1, cols)),
  });
  select(layer(g, "rect", "outline cursor"))
    .attr("x", (at.column - 1) * cell)
    .attr("y", (at.row - 1) * cell)
    .attr("width", cell)
    .attr("height", cell);
}
