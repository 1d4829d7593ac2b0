/** Random controls for the measures of section 7; `chance.ts` has their averages. */
import type {Matrix} from "../linalg/matrix.ts";
import {qr} from "../linalg/qr.ts";
import {randn} from "../linalg/random.ts";

/** Two independent Gaussian matrices A₁ (r₁ × k) and A₂ (r₂ × k): the paper's control in Figures 3 and 4. */
export function randomPair(r1: number, r2: number, k: number, random: () => number): {A1: Matrix; A2: Matrix} {
  return {A1: randn(r1, k, random), A2: randn(r2, k, random)};
}

/**
 * Uniformly random orthonormal columns u (d × r) and v (k × r), by QR of Gaussian matrices (Stewart 1980). Throws when
 * r exceeds d or k.
 */
export function randomDirections(d: number, k: number, r: number, random: () => number): {u: Matrix; v: Matrix} {
  return {u: qr(randn(d, r, random)).q, v: qr(randn(k, r, random)).q};
}
