/** The book's rule for comparing two results. */

/** A printed result and its ±, if it has one. */
export interface Result {
  score: number;
  spread?: number;
}

/** Allows for float64 error in a difference of printed numbers. */
const ROUNDING = 1e-9;

/**
 * The book's rule for comparing two results (chapter 5): their difference is within the spread if their whiskers, score ± spread,
 * overlap or touch. A missing ± counts as 0; undefined if both are missing.
 */
export function isWithinSpread(one: Result, other: Result): boolean | undefined {
  if (one.spread === undefined && other.spread === undefined) return undefined;
  return Math.abs(one.score - other.score) <= (one.spread ?? 0) + (other.spread ?? 0) + ROUNDING;
}
