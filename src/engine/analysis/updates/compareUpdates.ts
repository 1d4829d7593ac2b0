/** Two updates of one weight, compared by r × r algebra: cosine, common length, and φ of section 7.2 of Hu et al. 2021. */
import type {GramKernel} from "../../kernels/gram/gramKernel.ts";
import {lowRankSvd} from "../../linalg/lowrank.ts";
import {type Matrix, matmul, matmulTA, needMatrix, transpose, zeros} from "../../linalg/matrix.ts";
import {numericalRank} from "../../linalg/spectrum.ts";
import {svd} from "../../linalg/svd.ts";
import {expectedSimilarity} from "../chance.ts";
import {basisSimilarity, firstColumns, meanSquares} from "../subspace.ts";
import {cholesky, orthonormalizer} from "./cholesky.ts";
import {deltaNorm, type Factors, type Grams, inFloat64, needFactors, needGrams, type Side} from "./grams.ts";

/** A₁·A₂ᵀ and B₁ᵀ·B₂ (both r₁ × r₂). */
export interface CrossGrams {
  A: Matrix;
  B: Matrix;
}

/** The cross products of two updates. Throws when they belong to weights of different shapes. */
export function crossOf(one: Factors, two: Factors, kernel: GramKernel): CrossGrams {
  for (const factors of [one, two]) needFactors("crossOf", factors);
  for (const side of ["A", "B"] as const)
    if (one[side].cols !== two[side].cols)
      throw new Error(
        `crossOf: ${side} of the two is ${one[side].cols} and ${two[side].cols} wide; they must change the same weight`,
      );
  return {A: kernel.cross(one.A, two.A), B: kernel.cross(one.B, two.B)};
}

/** ⟨ΔW₁, ΔW₂⟩ = s₁·s₂·tr((B₁ᵀB₂)·(A₂A₁ᵀ)), the sum of the products of all entries. */
export function innerProduct(one: Grams, two: Grams, cross: CrossGrams): number {
  needMatrix("innerProduct: A₁·A₂ᵀ", cross?.A);
  needMatrix("innerProduct: B₁ᵀ·B₂", cross.B);
  return one.scale * two.scale * cross.A.data.reduce((sum, value, i) => sum + value * cross.B.data[i], 0);
}

/** What can be said of two updates of one weight, or of many weights together. */
export interface Comparison {
  /** ‖ΔW₁‖, ‖ΔW₂‖ and their inner product. */
  norms: [number, number];
  inner: number;
  /** inner / (‖ΔW₁‖·‖ΔW₂‖), from −1 to 1; 0 if one of them is 0. */
  cosine: number;
  /** ‖ΔW₁ + ΔW₂‖, and ‖ΔW₁ − ΔW₂‖. */
  sum: number;
  difference: number;
  /** ‖ΔW₁ + ΔW₂‖ / √(‖ΔW₁‖² + ‖ΔW₂‖²): 1 for unrelated updates, more if they add up, less if they cancel. */
  lengthKept: number;
}

/** The comparison of one weight's updates. */
export function compare(one: Grams, two: Grams, cross: CrossGrams): Comparison {
  return comparisonOf(deltaNorm(one) ** 2, deltaNorm(two) ** 2, innerProduct(one, two, cross));
}

/** The comparison of all weights together: squared norms and inner products add up over modules. */
export function compareAll(parts: readonly Comparison[]): Comparison {
  if (!Array.isArray(parts) || parts.some((part) => part?.norms?.length !== 2))
    throw new Error("compareAll: expected a list of what compare returns");
  const total = (of: (part: Comparison) => number) => parts.reduce((sum, part) => sum + of(part), 0);
  return comparisonOf(
    total(({norms}) => norms[0] ** 2),
    total(({norms}) => norms[1] ** 2),
    total(({inner}) => inner),
  );
}

/** The comparison of two updates with these squared norms and this inner product. */
function comparisonOf(square1: number, square2: number, inner: number): Comparison {
  const squares = square1 + square2;
  const product = Math.sqrt(square1) * Math.sqrt(square2);
  return {
    norms: [Math.sqrt(square1), Math.sqrt(square2)],
    inner,
    cosine: product > 0 ? Math.max(-1, Math.min(1, inner / product)) : 0,
    sum: Math.sqrt(Math.max(0, squares + 2 * inner)),
    difference: Math.sqrt(Math.max(0, squares - 2 * inner)),
    lengthKept: squares > 0 ? Math.sqrt(Math.max(0, squares + 2 * inner) / squares) : 1,
  };
}

/**
 * Whose directions are compared: those of the factor alone, as the paper compares A, or those of ΔW, whose order on one side depends
 * on the other factor too. Both span the same space.
 */
export type DirectionSource = "factor" | "update";

/** φ, and its mean between random subspaces. */
export interface Similarity {
  /** Entry [i − 1, j − 1] is φ(i, j). It ends at the numerical rank of each, since φ means nothing beyond. */
  grid: Matrix;
  /** Entry [i − 1, j − 1] is what two random subspaces of that size give on average: max(i, j) / n. */
  chance: Matrix;
}

function needSide(what: string, side: Side): void {
  if (side !== "A" && side !== "B") throw new Error(`${what}: the side is ${side}; it must be A or B`);
}

/**
 * φ(i, j) between two updates on one side, for all i and j, from Gram matrices. Where `evenness` (see `cholesky`) of a factor is 1e-k,
 * about 2·k of 16 digits are lost; `exactSimilarity` loses none. Throws when a number is not finite.
 */
export function similarityOf(
  one: Grams,
  two: Grams,
  cross: CrossGrams,
  side: Side,
  directions: DirectionSource = "update",
): Similarity {
  needSide("similarityOf", side);
  needMatrix("similarityOf: the cross products", cross?.[side]);
  const [left, right] = [one, two].map((grams) => basisOf(grams, side, directions));
  const cosines = matmul(matmulTA(left, cross[side]), right);
  const grid = meanSquares(cosines);
  // Rounding errors of the Gram matrices may exceed 1 a little.
  return withChance({...grid, data: grid.data.map((phi) => Math.min(1, phi))}, side === "A" ? one.k : one.d);
}

function withChance(grid: Matrix, n: number): Similarity {
  const chance = zeros(grid.rows, grid.cols);
  for (let i = 0; i < chance.rows; i++)
    for (let j = 0; j < chance.cols; j++) chance.data[i * chance.cols + j] = expectedSimilarity(i + 1, j + 1, n);
  return {grid, chance};
}

/** What `similarityOf` gives, from the factors by QR: without its loss of digits, but slower. */
export function exactSimilarity(
  one: Factors,
  two: Factors,
  side: Side,
  directions: DirectionSource = "update",
): Similarity {
  needSide("exactSimilarity", side);
  const [left, right] = [one, two].map((factors) => exactBasis(factors, side, directions));
  return withChance(basisSimilarity(left, right), left.rows);
}

function exactBasis(factors: Factors, side: Side, directions: DirectionSource): Matrix {
  needFactors("exactSimilarity", factors);
  const {A, B} = factors;
  if (directions === "factor") {
    const {s, v} = svd(inFloat64(side === "A" ? A : B));
    return withinRank(v, s);
  }
  const {u, s, v} = lowRankSvd(transpose(inFloat64(B)), inFloat64(A));
  return withinRank(side === "A" ? v : u, s);
}

/** The columns whose singular values are not rounding errors. */
function withinRank(basis: Matrix, s: Float64Array): Matrix {
  const rank = numericalRank(s, basis.rows, basis.cols);
  return rank > 0 ? firstColumns(basis, rank) : zeros(basis.rows, 0);
}

/**
 * t (r × p): the rows of the factor, combined by the columns of t, are its p orthonormal directions, strongest first:
 * Aᵀ·t (k × p), or B·t (d × p).
 */
export function basisOf(grams: Grams, side: Side, directions: DirectionSource): Matrix {
  needGrams("basisOf", grams);
  needSide("basisOf", side);
  const factored = cholesky(grams[side]);
  const t = orthonormalizer(factored);
  if (t.cols === 0) return t;
  if (directions === "factor") return matmul(t, svd(factored.l).v);
  const other = cholesky(grams[side === "A" ? "B" : "A"]);
  if (other.l.cols === 0) return zeros(t.rows, 0);
  return matmul(t, svd(matmulTA(other.l, factored.l)).v);
}

/** Two runs had one start if A's mean φ is above the first times chance, and B's below the second: chosen from three pairs of runs. */
const [MIN_A_RATIO, MAX_B_RATIO] = [3, 2];

/**
 * Mean φ of both sides and mean chance → whether both runs probably began with the same A; then only B tells what they learned.
 */
export function haveSameStart(phi: Record<Side, number>, chance: Record<Side, number>): boolean {
  return phi?.A > MIN_A_RATIO * chance?.A && phi.B < MAX_B_RATIO * chance.B;
}
