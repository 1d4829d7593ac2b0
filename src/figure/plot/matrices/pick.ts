import {pointer, select} from "d3";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";

interface Cells {
  rows: number;
  cols: number;
  cellWidth: number;
  cellHeight: number;
}

export interface PickOptions extends Cells {
  /** The cell that is hovered or tapped, counted from 1. */
  onPoint(row: number, column: number): void;
  /** A press begins a drag, and the drag's own code reports the cell. */
  isPulled?: boolean;
}

/** The cell at a place, counted from 1; outside it is the nearest. */
export function cellAt({rows, cols, cellWidth, cellHeight}: Cells, x: number, y: number) {
  const clamp = (cell: number, count: number) => Math.min(Math.max(Math.floor(cell), 0), count - 1) + 1;
  return {row: clamp(y / cellHeight, rows), column: clamp(x / cellWidth, cols)};
}

/** A transparent field over a matrix that reports the cell under the pointer. Keyboard users have the row and column controls. */
export function pick(g: Element, {onPoint, isPulled, ...cells}: PickOptions): Element {
  const point = (event: PointerEvent) => {
    const {row, column} = cellAt(cells, ...pointer(event, g));
    onPoint(row, column);
  };
  const field = layer(g, "rect", isPulled ? "cells pulled" : "cells");
  select(field)
    .attr("width", rounded(cells.cols * cells.cellWidth))
    .attr("height", rounded(cells.rows * cells.cellHeight))
    .on("pointermove.pick", (event: PointerEvent) => event.pointerType === "mouse" && !event.buttons && point(event))
    .on("click.pick", (event: PointerEvent) => isPulled || point(event));
  return field;
}

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
