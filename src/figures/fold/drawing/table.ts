import {select} from "d3";
import {rounded} from "../../../figure/plot/rounded.ts";

/** A table seen from above at a slant, on which sheets of cells lie or float. */
export interface SlantedTable {
  /** The edge of a cell. */
  cell: number;
  /** The place of row line i and column line j, counted from the back and from the left, `high` pixels above the table. */
  at(i: number, j: number, high: number): readonly [x: number, y: number];
}

/** How far each row is moved left of the one behind, and how deep it looks, in cells. */
const [SLANT, DEPTH] = [0.5, 0.5];

export const slantedTable = (middleX: number, middleY: number, cell: number, side: number): SlantedTable => ({
  cell,
  at: (i, j, high) => [
    rounded(middleX + (j - side / 2 - (i - side / 2) * SLANT) * cell),
    rounded(middleY + (i - side / 2) * DEPTH * cell - high),
  ],
});

/** The outline of the rows from `top` to `bottom` and the columns from `left` to `right`. */
export const patch = (
  on: SlantedTable,
  [top, left, bottom, right]: readonly [number, number, number, number],
  high: number,
): string =>
  `M${[on.at(top, left, high), on.at(top, right, high), on.at(bottom, right, high), on.at(bottom, left, high)]
    .map((place) => place.join())
    .join("L")}z`;

export interface SheetCell {
  d: string;
  /** From 0, pale, to 1. */
  strength: number;
}

/** Cells of a sheet, the stronger the larger their entry is. */
export const sheetCells = (g: Element, all: readonly SheetCell[]) =>
  select(g)
    .selectChildren<SVGPathElement, SheetCell>("path")
    .data(all)
    .join("path")
    .attr("d", ({d}) => d)
    .attr("fill-opacity", ({strength}) => rounded(strength, 2));

/** Reports the cell under a mouse, or the one that is pressed, counted from 0. */
export const lights = (g: Element, onPoint: (k: number) => void) =>
  select(g)
    .selectChildren<SVGPathElement, SheetCell>("path")
    .each(function (_, k) {
      select(this)
        .on("pointermove", (event: PointerEvent) => event.pointerType === "mouse" && !event.buttons && onPoint(k))
        .on("click", () => onPoint(k));
    });

export const keys = (g: Element, onKey: (event: KeyboardEvent) => void) => select(g).on("keydown", onKey);
