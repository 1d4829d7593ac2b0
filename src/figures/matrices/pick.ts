import {pointer, select} from "d3";
import {layer} from "../layer.ts";

export interface PickOptions {
  rows: number;
  cols: number;
  cellWidth: number;
  cellHeight: number;
  /** The cell that is hovered or tapped, counted from 1. */
  onPoint(row: number, column: number): void;
}

/** A transparent field over a matrix that reports the cell under the pointer. Keyboard users have the row and column controls. */
export function pick(g: Element, {rows, cols, cellWidth, cellHeight, onPoint}: PickOptions) {
  const point = (event: PointerEvent) => {
    const [x, y] = pointer(event, g);
    const clamp = (cell: number, count: number) => Math.min(Math.max(Math.floor(cell), 0), count - 1) + 1;
    onPoint(clamp(y / cellHeight, rows), clamp(x / cellWidth, cols));
  };
  select(layer(g, "rect", "cells"))
    .attr("width", cols * cellWidth)
    .attr("height", rows * cellHeight)
    .on("pointermove", (event: PointerEvent) => event.pointerType === "mouse" && !event.buttons && point(event))
    .on("click", point);
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
    .attr("x", ({column}) => (column - 1) * cellWidth)
    .attr("y", ({row}) => (row - 1) * cellHeight)
    .attr("width", ({cols}) => cols * cellWidth)
    .attr("height", ({rows}) => rows * cellHeight);
}
