/** Where the parts of a layer are drawn in the two halves of its picture. */

export type Slot = "dx" | "x" | "A" | "W0" | "kept" | "down" | "base" | "B" | "up" | "h";

/** Width of a half: it fits a 320 px screen at full size. */
export const HALF = 256;
export const ROW = 22;
const LABEL = 16;
const GAP = 12;
/** Height of the band below the last row in which the two paths are added. */
const BAND = 38;
/** How far below the last row the wires run. */
export const BAND_MIDDLE = 26;
/** Room for a wire at the outer and the inner edge. */
const EDGE = 9;
const VECTOR = 36;
const SPACE = 11;
/** The widest cells: x, A and W₀ need wider ones to have room for their labels when there are few columns. */
const WIDEST = 40;
const WIDEST_INPUT = 90;

export interface Place {
  side: "left" | "right";
  x: number;
  y: number;
  rows: number;
  cols: number;
  /** Size of a cell. */
  width: number;
  height: number;
  /** How far each row is to the right of the one above, and how many columns the rows span. */
  shift: number;
  span: number;
}
export type Places = Readonly<Record<Slot, Place>>;

export interface Levels {
  dx: number;
  x: number;
  A: number;
  W0: number;
  height: number;
}

/** Top of each row of blocks; going backward ∂L/∂x gets a row of its own, next to A. */
export function levels({d, r}: {d: number; r: number}, back: boolean): Levels {
  const x = LABEL;
  const dx = back ? x + ROW + LABEL + 2 : x;
  const A = dx + ROW + GAP + LABEL;
  const W0 = A + r * ROW + GAP + LABEL;
  return {dx, x, A, W0, height: W0 + d * ROW + BAND};
}

/** x, A and W₀ share columns that end at the inner edge; B and the output vectors share W₀'s rows. */
export function places({d, k, r}: {d: number; k: number; r: number}, at: Levels): Places {
  const wide = Math.min(WIDEST_INPUT, (HALF - 2 * EDGE) / k);
  const start = HALF - EDGE - k * wide;
  const narrow = Math.min(WIDEST, (HALF - EDGE - 3 * (VECTOR + SPACE) - 1) / r);
  const right = EDGE - 1;
  const ofB = right + VECTOR + SPACE;
  const ofUp = ofB + r * narrow + SPACE;
  const ofH = ofUp + VECTOR + SPACE;
  const left = (y: number, rows: number): Place => ({
    ...{side: "left", x: start, y, rows, cols: k, width: wide, height: ROW, shift: 0, span: k},
  });
  const vector = (x: number, y: number, rows: number): Place => ({
    ...{side: "right", x, y, rows, cols: 1, width: VECTOR, height: ROW, shift: 0, span: 1},
  });
  return {
    dx: left(at.dx, 1),
    x: left(at.x, 1),
    A: left(at.A, r),
    W0: left(at.W0, d),
    kept: vector(right, at.A, r),
    down: {...vector(ofB, at.A, r), width: narrow, shift: narrow, span: r},
    base: vector(right, at.W0, d),
    B: {...vector(ofB, at.W0, d), cols: r, width: narrow, span: r},
    up: vector(ofUp, at.W0, d),
    h: vector(ofH, at.W0, d),
  };
}
