/** A result and its ±; one without is a point. */
export interface Result {
  score: number;
  spread?: number;
}

/** What float64 adds to a difference of printed numbers. */
const ROUNDING = 1e-9;

/**
 * The book's one rule for a difference of two results (chapter 5): it is within the spread where their whiskers, each as long
 * as its ±, overlap or touch. Where one has no ±, the other's counts alone; where neither has, nothing can be said: undefined.
 */
export function isWithinSpread(one: Result, other: Result): boolean | undefined {
  if (one.spread === undefined && other.spread === undefined) return undefined;
  return Math.abs(one.score - other.score) <= (one.spread ?? 0) + (other.spread ?? 0) + ROUNDING;
}
