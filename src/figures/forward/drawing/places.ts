import type {Sheet} from "../../../figure/plot/picture.ts";
import type {Rich} from "../../../figure/plot/text/symbol.ts";

/** Where a part stands on the road; gradients have places beside what they are of. */
export type RoadSlot = "dx" | "x" | "A" | "da" | "W0" | "down" | "du" | "base" | "B" | "db" | "up" | "h" | "y";

export interface RoadPart {
  slot: RoadSlot;
  /** Its name in formula and code, which highlight it. */
  part: string;
  symbol: string;
  label: Rich;
  /** An outline without numbers. */
  empty?: boolean;
}

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
  /** Heights of the way through A and B, of the one through W₀, and of x and h between them. */
  upper: number;
  lower: number;
  middle: number;
  /** Where the ways part, and where they meet. */
  fork: number;
  plus: number;
}

/** For the labels above and below the road, and between its two ways. */
const [EDGE, BETWEEN] = [20, 30];
const [SIDE, NARROWEST, WIDEST] = [4, 9, 34];
/** Between two blocks that belong together: a vector and its gradient. */
const NEAR = 3;
/** Between h and what it should be. */
const TARGET = 14;
/** The free lengths of the road, in shares: x to A, A to Ax, to B, to the update, and to h, with the plus in it. */
const GAPS = [1.6, 1, 1, 1, 2.6] as const;
const ALL_GAPS = GAPS.reduce((sum, share) => sum + share, 0);
const LARGEST = 48;

/** How high the road is with cells of this height. */
export const roadHeight = ({d, k, r}: Sizes, cell: number): number =>
  Math.max(2 * EDGE + 24 + 2 * d * cell, 2 * EDGE + BETWEEN + 1.5 * (d + r) * cell, 2 * EDGE + k * cell);

/** The height of cells with which the road is so high. */
const cellFor = ({d, k, r}: Sizes, height: number): number =>
  Math.min(
    (height - 2 * EDGE - 24) / (2 * d),
    (height - 2 * EDGE - BETWEEN) / (1.5 * (d + r)),
    (height - 2 * EDGE) / k,
    LARGEST,
  );

/** x, A and B with their gradients above, W₀ below in A's columns, h where both ways meet; beside it its target; each block is as large as its shape. */
export function roadPlaces(sizes: Sizes, {width, height}: Sheet): RoadPlaces {
  const {d, k, r} = sizes;
  // Vectors and their gradients, h beside its target, A, and B with its own.
  const columns = 6 + k + 2 * r;
  const free = width - 2 * SIDE - 2 * NEAR - TARGET;
  const w = Math.min((free - ALL_GAPS * NARROWEST) / columns, LARGEST);
  const h = cellFor(sizes, height);
  const gap = Math.min((free - columns * w) / ALL_GAPS, WIDEST);
  const middle = height / 2;
  const apart = (height - 2 * EDGE - d * h) / 2;
  const [upper, lower] = [middle - apart, middle + apart];
  // What the road does not need is at both ends.
  let at = (width - (columns * w + ALL_GAPS * gap + 2 * NEAR + TARGET)) / 2;
  const next = (cols: number, after: number): number => {
    const here = at;
    at += cols * w + after;
    return here;
  };
  const [dx, x] = [next(1, NEAR), next(1, GAPS[0] * gap)];
  const [A, down] = [next(k, GAPS[1] * gap), next(1, GAPS[2] * gap)];
  const [B, db] = [next(r, NEAR), next(r, GAPS[3] * gap)];
  const [up, out, y] = [next(1, GAPS[4] * gap), next(1, TARGET), next(1, 0)];
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
    ...{upper, lower, middle},
    fork: x + w + 0.6 * GAPS[0] * gap,
    plus: up + w + (GAPS[4] * gap) / 2,
  };
}
