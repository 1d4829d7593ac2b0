/** Where the blocks and the ways of the layer are. */
import type {Sheet} from "../../../figure/plot/picture.ts";
import type {Rich} from "../../../figure/plot/text/symbol.ts";

/** Where a block is; a gradient is beside the matrix or vector that it belongs to. `base` is W₀x, `down` Ax, and `up` (α/r)BAx. */
export type RoadSlot = "dx" | "x" | "A" | "da" | "W0" | "down" | "du" | "base" | "B" | "db" | "up" | "h" | "y";

/** A block: a matrix or a vector of the layer. */
export interface RoadPart {
  slot: RoadSlot;
  /** What highlights it: the part that names in the formula and in the code refer to. */
  part: string;
  symbol: string;
  label: Rich;
  /** An outline without numbers. */
  empty?: boolean;
}

/** W₀ is (d,k), A (r,k) and B (d,r). */
interface Sizes {
  d: number;
  k: number;
  r: number;
}

export interface RoadPlace {
  x: number;
  y: number;
  rows: number;
  cols: number;
}

/** Where everything on the road is, in units. */
export interface RoadPlaces {
  cell: {width: number; height: number};
  slots: Readonly<Record<RoadSlot, RoadPlace>>;
  /** How far down: the way through A and B, the way through W₀, and x and h between them. */
  upper: number;
  lower: number;
  middle: number;
  /** Where the ways part, and where they meet. */
  fork: number;
  plus: number;
}

/** Heights of labels: above and below everything, and between the two ways. */
const [EDGE, BETWEEN] = [20, 30];
/** Left and right of everything; the smallest and the largest unit of the gaps below. */
const [SIDE, NARROWEST, WIDEST] = [4, 9, 34];
/** Between two blocks that belong together: a vector and its gradient. */
const PAIR_GAP = 3;
/** Between h and what it should be. */
const TARGET_GAP = 14;
/** Gaps along the way through A and B, in units: from x to A, Ax, B, BAx, and to h with the plus in between. */
const GAPS = [1.6, 1, 1, 1, 2.6] as const;
const ALL_GAPS = GAPS.reduce((sum, share) => sum + share, 0);
/** The largest side of a cell. */
const MAX_CELL = 48;

/** The height of the drawing with cells of this height. */
export const roadHeight = ({d, k, r}: Sizes, cell: number): number =>
  Math.max(2 * EDGE + 24 + 2 * d * cell, 2 * EDGE + BETWEEN + 1.5 * (d + r) * cell, 2 * EDGE + k * cell);

/** The height of cells in a drawing of this height. */
const cellFor = ({d, k, r}: Sizes, height: number): number =>
  Math.min(
    (height - 2 * EDGE - 24) / (2 * d),
    (height - 2 * EDGE - BETWEEN) / (1.5 * (d + r)),
    (height - 2 * EDGE) / k,
    MAX_CELL,
  );

/** A and B are above, with their gradients; W₀ is below A, and h and its target are where both ways meet. */
export function roadPlaces(sizes: Sizes, {width, height}: Sheet): RoadPlaces {
  const {d, k, r} = sizes;
  // ∂L/∂x, x, Ax, BAx, h and y have a column each, A has k, and B and its gradient r each.
  const columns = 6 + k + 2 * r;
  const free = width - 2 * SIDE - 2 * PAIR_GAP - TARGET_GAP;
  const w = Math.min((free - ALL_GAPS * NARROWEST) / columns, MAX_CELL);
  const h = cellFor(sizes, height);
  const gap = Math.min((free - columns * w) / ALL_GAPS, WIDEST);
  const middle = height / 2;
  const apart = (height - 2 * EDGE - d * h) / 2;
  const [upper, lower] = [middle - apart, middle + apart];
  // Space that is left over goes to both ends.
  let at = (width - (columns * w + ALL_GAPS * gap + 2 * PAIR_GAP + TARGET_GAP)) / 2;
  const next = (cols: number, after: number): number => {
    const here = at;
    at += cols * w + after;
    return here;
  };
  const [dx, x] = [next(1, PAIR_GAP), next(1, GAPS[0] * gap)];
  const [A, down] = [next(k, GAPS[1] * gap), next(1, GAPS[2] * gap)];
  const [B, db] = [next(r, PAIR_GAP), next(r, GAPS[3] * gap)];
  const [up, out, y] = [next(1, GAPS[4] * gap), next(1, TARGET_GAP), next(1, 0)];
  const on = (left: number, center: number, rows: number, cols: number): RoadPlace => ({
    x: left,
    y: center - (rows * h) / 2,
    rows,
    cols,
  });
  return {
    cell: {width: w, height: h},
    slots: {
      dx: on(dx, middle, k, 1),
      x: on(x, middle, k, 1),
      A: on(A, upper, r, k),
      da: on(A, upper + r * h + 18, r, k),
      W0: on(A, lower, d, k),
      down: on(down, upper, r, 1),
      du: on(down, upper + r * h + 4, r, 1),
      base: on(up, lower, d, 1),
      B: on(B, upper, d, r),
      db: on(db, upper, d, r),
      up: on(up, upper, d, 1),
      h: on(out, middle, d, 1),
      y: on(y, middle, d, 1),
    },
    upper,
    lower,
    middle,
    fork: x + w + 0.6 * GAPS[0] * gap,
    plus: up + w + (GAPS[4] * gap) / 2,
  };
}
