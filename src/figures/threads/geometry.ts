/** Where the square, B and A are drawn, in units. */
export interface Geometry {
  /** Width and height of the picture. */
  edge: number;
  /** The edge of one weight, the thickness of B and A, and the side of the square. */
  unit: number;
  thickness: number;
  side: number;
  /** The square's upper left corner, across and down alike. */
  corner: number;
}

/** A rectangle of the picture, in units. */
export interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What two windows have in common. It is nothing if its right or bottom is before its left or top. */
export const intersection = (one: Window, other: Window): Window => ({
  left: Math.max(one.left, other.left),
  top: Math.max(one.top, other.top),
  right: Math.min(one.right, other.right),
  bottom: Math.min(one.bottom, other.bottom),
});

/** The margin at the left and at the top: room for the names of B and A and for the handle. */
const MARGIN = 32;
/** The gap between B or A and the square, not to scale: in units, and at most as this share of the square's side. */
export const GAP = 5;
const GAP_SHARE = 0.08;
/** The margin at the right and below. */
const FAR_MARGIN = 2;
/** Thick B and A push the corner into the picture: at most by this share of it. */
const MAX_CORNER_SHARE = 0.45;

/** The gap beside a square of this side. */
export const gapAt = (side: number): number => Math.min(GAP, GAP_SHARE * side);

/**
 * The square (d,d) with B (d,r) at its left and A (r,d) above it, to one scale. At `times` = 1 all of it fits into the picture;
 * enlarged, the corner stays in sight.
 */
export function geometryOf(edge: number, d: number, r: number, times: number): Geometry {
  const unit = ((edge - MARGIN - GAP - FAR_MARGIN) / (d + r)) * times;
  const thickness = unit * r;
  const corner = MARGIN + GAP + Math.min(thickness, MAX_CORNER_SHARE * (edge - MARGIN));
  return {edge, unit, thickness, side: unit * d, corner};
}
