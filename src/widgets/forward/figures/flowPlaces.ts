/** Where the parts of a layer are drawn in the two halves of its picture. */

export type Slot = "dx" | "x" | "A" | "W0" | "kept" | "down" | "base" | "B" | "up" | "h";

/**
 * Sizes in a half that is 256 wide; all grow with it, and only the letters do not. So a first frame, drawn for a width that
 * nobody knows yet, has the proportions of the picture that replaces it.
 */
const HALF = 256;
const ROW = 22;
const LABEL = 16;
const GAP = 12;
/** Height of the band below the last row in which the two paths are added. */
const BAND = 38;
/** How far below the last row the wires run. */
const BAND_MIDDLE = 26;
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
  /** Width of a half, and how many times 256 that is. */
  half: number;
  unit: number;
  /** Top of each row of blocks. */
  dx: number;
  x: number;
  A: number;
  W0: number;
  /** Where the wires of both paths meet. */
  low: number;
  height: number;
}

/** Height of a half by its width. */
export function proportion({d, r}: {d: number; r: number}): number {
  return levels({d, r}, HALF).height / HALF;
}

/**
 * Going backward ∂L/∂x has a row of its own, between x and A. In the other stages only a line crosses it, so that no block
 * moves from one stage to the next.
 */
export function levels({d, r}: {d: number; r: number}, half: number): Levels {
  const unit = half / HALF;
  const first = LABEL;
  const second = first + ROW + LABEL + 2;
  const A = second + ROW + GAP + LABEL;
  const W0 = A + r * ROW + GAP + LABEL;
  const end = W0 + d * ROW;
  const at = {dx: second, x: first, A, W0, low: end + BAND_MIDDLE, height: end + BAND};
  const scaled = Object.fromEntries(Object.entries(at).map(([name, y]) => [name, y * unit])) as typeof at;
  return {half, unit, ...scaled};
}

/** x, A and W₀ share columns that end at the inner edge; B and the output vectors share W₀'s rows. */
export function places({d, k, r}: {d: number; k: number; r: number}, at: Levels): Places {
  const [row, edge, vectorWidth, space] = [ROW, EDGE, VECTOR, SPACE].map((size) => size * at.unit);
  const wide = Math.min(WIDEST_INPUT * at.unit, (at.half - 2 * edge) / k);
  const start = at.half - edge - k * wide;
  const narrow = Math.min(WIDEST * at.unit, (at.half - edge - 3 * (vectorWidth + space) - 1) / r);
  const right = edge - 1;
  const ofB = right + vectorWidth + space;
  const ofUp = ofB + r * narrow + space;
  const ofH = ofUp + vectorWidth + space;
  const left = (y: number, rows: number): Place => ({
    ...{side: "left", x: start, y, rows, cols: k, width: wide, height: row, shift: 0, span: k},
  });
  const vector = (x: number, y: number, rows: number): Place => ({
    ...{side: "right", x, y, rows, cols: 1, width: vectorWidth, height: row, shift: 0, span: 1},
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
