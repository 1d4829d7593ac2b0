/** Where the parts of the drawing are, in units: A above x above the square of W₀, B at its left, the output at its right. */
import type {Frame} from "../../figure/plot/picture.ts";

/** The places and sizes of the parts. */
export interface Layout {
  /** Rows and columns of the square. */
  count: number;
  isWide: boolean;
  /** The edge of a cell, and of the square. */
  cell: number;
  edge: number;
  /** The square's upper left corner. */
  left: number;
  top: number;
  /** The thickness of the strips, the y of A and of x, and the x of B. */
  strip: number;
  aTop: number;
  xTop: number;
  bLeft: number;
  /** The x of the output's zero line, and the room at each side of it. */
  zero: number;
  room: number;
}

/** The room below the square. */
const ROOM_BELOW = {wide: 38, other: 34};
/** The edge of a cell in a card. */
const CELL_SIZES: Readonly<Record<Frame, number>> = {narrow: 5.8, mid: 8.4, wide: 8.2};

/** Where the square and the strips are, and how thick the strips: in a card, and if there is less height. */
const STRIPS = {
  wide: {top: 130, strip: 36, aTop: 18, xTop: 74, bLeft: 96},
  other: {top: 120, strip: 30, aTop: 22, xTop: 72, bLeft: 14},
  low: {
    wide: {top: 84, strip: 24, aTop: 14, xTop: 50, bLeft: 108},
    other: {top: 88, strip: 20, aTop: 18, xTop: 52, bLeft: 20},
  },
};

/** The layout for a square of `count` rows and columns, made lower if the height is less than a card's. */
export function layoutOf(width: number, height: number, frame: Frame, count: number): Layout {
  const isWide = frame === "wide";
  const kind = isWide ? "wide" : "other";
  const isLow = height < drawingHeight(frame, count);
  const strips = isLow ? STRIPS.low[kind] : STRIPS[kind];
  const cell = isLow ? (height - strips.top - ROOM_BELOW[kind]) / count : CELL_SIZES[frame];
  const edge = cell * count;
  const left = isWide ? 150 : 56;
  const right = left + edge + (isWide ? 22 : 8);
  const room = (width - right) / 2;
  return {count, isWide, cell, edge, left, room, ...strips, zero: right + room};
}

/** The height of the drawing in a card. */
export function drawingHeight(frame: Frame, count: number): number {
  const kind = frame === "wide" ? "wide" : "other";
  return Math.round(STRIPS[kind].top + CELL_SIZES[frame] * count + ROOM_BELOW[kind]);
}
