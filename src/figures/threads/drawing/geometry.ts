/** Where things are in the picture, in units. */
export interface Geometry {
  /** Width and height of the picture. */
  edge: number;
  /** The edge of one weight, the thickness of B and A, and the side of the square. */
  unit: number;
  thick: number;
  side: number;
  /** The square's upper left corner, across and down alike. */
  corner: number;
}

/** At the left and at the top: room for the names of B and A and for the handle. */
export const MARGIN = 32;
/** Between the threads and the square, and the largest share of its side: a length that is not to scale. */
export const GAP = 5;
const GAP_SHARE = 0.08;

export const gapAt = (side: number): number => Math.min(GAP, GAP_SHARE * side);
/** At the right and below. */
const REST = 2;
/** The farthest that thick threads push the corner into the picture. */
const DEEPEST = 0.45;

/**
 * The square (d,d) with B (d,r) at its left and A (r,d) above it, to one scale. At `times` = 1 all of it fits into the picture;
 * enlarged, the corner stays in sight.
 */
export function geometry(edge: number, d: number, r: number, times: number): Geometry {
  const unit = ((edge - MARGIN - GAP - REST) / (d + r)) * times;
  const thick = unit * r;
  return {
    edge,
    unit,
    thick,
    side: unit * d,
    corner: MARGIN + GAP + Math.min(thick, DEEPEST * (edge - MARGIN)),
  };
}
