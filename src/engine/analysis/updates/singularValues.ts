import {bidiagonalize} from "../../linalg/bidiagonal.ts";
import {diagonalize} from "../../linalg/diagonalize.ts";
import {largestExponent, powerOfTwo} from "../../linalg/exponent.ts";
import {type Matrix, needFinite, zeros} from "../../linalg/matrix.ts";
import {effectiveRank, spectralNorm} from "../../linalg/spectrum.ts";

/** Forms a matrix without rows in place of u and v, which are not asked for: rotating its columns costs nothing. */
const withoutRows = (_: unknown, __: number, n: number): Matrix => zeros(0, n);

/**
 * The singular values of a (m × n) alone, descending: p = min(m, n) of them, the numbers that `svd` gives, for a third
 * of its work. Meant for the small matrices that remain of B·A; a tall one is padded to a square.
 * Throws when an entry is not finite, or when a singular value exceeds the range of float64.
 */
export function singularValues(a: Matrix): Float64Array {
  needFinite("singularValues", a);
  const exponent = largestExponent(a.data);
  const bidiagonal = bidiagonalize(paddedToSquare(a, powerOfTwo(-exponent)), withoutRows);
  diagonalize(bidiagonal);
  const s = bidiagonal.diagonal.map((value) => Math.abs(value) * powerOfTwo(exponent));
  if (s.includes(Infinity))
    throw new Error("singularValues: the largest singular value exceeds 1.8e308; scale the matrix down");
  return s.sort((x, y) => y - x).slice(0, Math.min(a.rows, a.cols));
}

/** factor · a with rows or columns of zeros added, so that it is square. */
function paddedToSquare({rows, cols, data}: Matrix, factor: number): Matrix {
  const n = Math.max(rows, cols);
  const result = zeros(n, n);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) result.data[i * n + j] = factor * data[i * cols + j];
  return result;
}

/**
 * exp of the entropy of pᵢ = σᵢ² / Σσ², as other tools for adapters define the effective rank: shares of the squared norm,
 * so always nearer to one direction than `effectiveRank`; 0 for a zero matrix.
 */
export function energyRank(s: Float64Array): number {
  const largest = spectralNorm(s);
  return largest === 0 ? 0 : effectiveRank(s.map((sigma) => (sigma / largest) ** 2));
}
