/** The terms of one entry of BA, and how their sum is rounded for print. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";

/** The term B[row,l]·A[l,column] of an entry of BA; `index` is l, counted from 1. */
export interface Term {
  index: number;
  b: number;
  a: number;
}

/** Decimals of a printed term and of the printed sum. With these, rounding five terms cannot change the sum's last digit, except at a tie. */
export const TERM_DECIMALS = 4;
export const SUM_DECIMALS = 2;

/** Rounds halves away from zero, as `fixed` does. */
const roundTo = (x: number, decimals: number): number =>
  (Math.sign(x) * Math.round(Math.abs(x) * 10 ** decimals)) / 10 ** decimals;

/** The terms B[row,l]·A[l,column] of one entry of BA, counted from 1; none if there is no such entry. */
export function termsOf(B: Matrix, A: Matrix, row: number, column: number): Term[] {
  if (row < 1 || column < 1 || row > B.rows || column > A.cols) return [];
  return Array.from({length: B.cols}, (_, l) => ({
    index: l + 1,
    b: B.data[(row - 1) * B.cols + l],
    a: A.data[l * A.cols + column - 1],
  }));
}

/** The sum to print: the exact one (`isExact`, for editable terms), else the sum of the terms as printed. `rest` is the sum of all terms after the first `maxTerms`. */
export function printedSum(terms: readonly Term[], maxTerms: number, isExact: boolean): {total: number; rest: number} {
  const round = isExact ? (x: number) => x : (x: number) => roundTo(x, TERM_DECIMALS);
  const rest = round(terms.slice(maxTerms).reduce((sum, {b, a}) => sum + b * a, 0));
  const total = terms.slice(0, maxTerms).reduce((sum, {b, a}) => sum + round(b * a), rest);
  return {total: isExact ? total : roundTo(total, SUM_DECIMALS), rest};
}
