/** Where the parts are: A above x above the square, B at its left, the output at its right. In units. */
import type {Frame} from "../../../figure/plot/picture.ts";

export interface Place {
  /** Rows and columns of the square. */
  count: number;
  isWide: boolean;
  /** The edge of a cell, and of the square. */
  cell: number;
  edge: number;
  /** The square's upper left corner. */
  left: number;
  top: number;
  /** How thick the strips are; where A and x begin from above, and B from the left. */
  strip: number;
  aTop: number;
  xTop: number;
  bLeft: number;
  /** The output's zero, and the room at each side of it. */
  zero: number;
  room: number;
}

const LOW = {wide: 38, other: 34};
const CELLS: Readonly<Record<Frame, number>> = {narrow: 5.8, mid: 8.4, wide: 9};

export function placed(width: number, frame: Frame, count: number): Place {
  const isWide = frame === "wide";
  const cell = CELLS[frame];
  const edge = cell * count;
  const left = isWide ? 150 : 56;
  const right = left + edge + (isWide ? 22 : 8);
  const room = (width - right) / 2;
  return {
    ...{count, isWide, cell, edge, left, room},
    ...(isWide
      ? {top: 130, strip: 36, aTop: 18, xTop: 74, bLeft: 96}
      : {top: 120, strip: 30, aTop: 22, xTop: 72, bLeft: 14}),
    zero: right + room,
  };
}

/** The height of the drawing at a width. */
export function placedHeight(width: number, frame: Frame, count: number): number {
  const {top, edge} = placed(width, frame, count);
  return Math.round(top + edge + (frame === "wide" ? LOW.wide : LOW.other));
}
