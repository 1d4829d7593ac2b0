/** Which cell of a drawn matrix the reader points at, and outlines around cells. */
import {pointer} from "d3";
import {attributes, each, listen} from "../children.ts";
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

/** Lays a transparent area over a matrix, which reports the cell under the pointer, and gives it. For keys there are the controls of row and column. */
export function pick(g: Element, {onPoint, isDragged, ...cells}: PickOptions): Element {
  const point = (event: Event) => {
    const {row, column} = cellAt(cells, ...pointer(event, g));
    onPoint(row, column);
  };
  const field = layer(g, "rect", isDragged ? "cells pulled" : "cells");
  attributes(field, {width: rounded(cells.cols * cells.cellWidth), height: rounded(cells.rows * cells.cellHeight)});
  listen(field, "pointermove", (event) => {
    const {pointerType, buttons} = event as PointerEvent;
    if (pointerType === "mouse" && !buttons) point(event);
  });
  listen(field, "click", isDragged ? undefined : point);
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
  each(g, "rect", boxes, (rect, {row, column, rows, cols}) =>
    attributes(rect, {
      class: "outline",
      x: rounded((column - 1) * cellWidth),
      y: rounded((row - 1) * cellHeight),
      width: rounded(cols * cellWidth),
      height: rounded(rows * cellHeight),
    }),
  );
}
