/** Vectors in the plane. */

/** A direction or a point: across, up. */
export type Vector = readonly [number, number];

/** The largest length of an arrow. */
export const LONGEST_ARROW = 2.4;

export const dotProduct = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1];
export const lengthOf = (v: Vector): number => Math.hypot(v[0], v[1]);
export const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1]];
export const scaled = (s: number, v: Vector): Vector => [s * v[0], s * v[1]];
