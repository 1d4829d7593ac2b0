/** Which cell of a drawn matrix the reader points at, and outlines around cells. */
import {pointer, select} from "d3";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";

/** How many cells a matrix has, and their size. */
interface Cells {
  rows: number;
  cols: number;
  cellWidth: number;
  cellHeight: number;
}

interface PickOptions extends Cells {
  /** Called with the cell that is hovered or tapped, counted from 1. */
  onPoint(row: number, column: number): void;
  /** A press begins a drag; the code of the drag then reports the cell. */
  isDragged?: boolean;
}

/** The cell at a place, counted from 1; outside the matrix the nearest. */
export function cellAt({rows, cols, cellWidth, cellHeight}: Cells, x: number, y: number) {
  const clamp = (cell: number, count: number) => Math.min(Math.max(Math.floor(cell), 0), count - 1) + 1;
  return {row: clamp(y / cellHeight, rows), column: clamp(x / cellWidth, cols)};
}

/** Lays a transparent area over a matrix that reports the cell under the pointer. With keys, readers use the row and column controls. */
export function pick(g: Element, {onPoint, isDragged, ...cells}: PickOptions): Element {
  const point = (event: PointerEvent) => {
    const {row, column} = cellAt(cells, ...pointer(event, g));
    onPoint(row, column);
  };
  const field = layer(g, "rect", isDragged ? "cells pulled" : "cells");
  select(field)
    .attr("width", rounded(cells.cols * cells.cellWidth))
    .attr("height", rounded(cells.rows * cells.cellHeight))
    .on("pointermove.pick", (event: PointerEvent) => event.pointerType === "mouse" && !event.buttons && point(event))
    .on("click.pick", (event: PointerEvent) => isDragged || point(event));
  return field;
}

/** A block of cells, counted from 1. */
export interface Box {
  row: number;
  column: number;
  rows: number;
  cols: number;
}

/** Outlines blocks of cells, counted from 1. */
export function outline(g: Element, boxes: readonly Box[], cellWidth: number, cellHeight: number) {
  select(g)
    .selectChildren("rect")
    .data(boxes)
    .join("rect")
    .attr("class", "outline")
    .attr("x", ({column}) => rounded((column - 1) * cellWidth))
    .attr("y", ({row}) => rounded((row - 1) * cellHeight))
    .attr("width", ({cols}) => rounded(cols * cellWidth))
    .attr("height", ({rows}) => rounded(rows * cellHeight));
}
