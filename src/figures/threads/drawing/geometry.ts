/** Where the square, B and A are drawn, in units. */
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

/** A part of the plane, in units. */
export interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What both windows have in common: nothing if its right or bottom is before its left or top. */
export const cut = (one: Window, other: Window): Window => ({
  left: Math.max(one.left, other.left),
  top: Math.max(one.top, other.top),
  right: Math.min(one.right, other.right),
  bottom: Math.min(one.bottom, other.bottom),
});

/** At the left and at the top: room for the names of B and A and for the handle. */
const MARGIN = 32;
/** Between B or A and the square, not to scale: in units, and as the largest share of the square's side. */
export const GAP = 5;
const GAP_SHARE = 0.08;
/** At the right and below. */
const FAR_MARGIN = 2;
/** How far thick B and A push the corner into the picture at most, as a share of it. */
const DEEPEST = 0.45;

/** The gap at a square of this side. */
export const gapAt = (side: number): number => Math.min(GAP, GAP_SHARE * side);

/**
 * The square (d,d) with B (d,r) at its left and A (r,d) above it, to one scale. At `times` = 1 all of it fits into the picture;
 * enlarged, the corner stays in sight.
 */
export function geometry(edge: number, d: number, r: number, times: number): Geometry {
  const unit = ((edge - MARGIN - GAP - FAR_MARGIN) / (d + r)) * times;
  const thick = unit * r;
  const corner = MARGIN + GAP + Math.min(thick, DEEPEST * (edge - MARGIN));
  return {edge, unit, thick, side: unit * d, corner};
}
