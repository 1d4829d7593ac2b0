/** A matrix and its closest copy of rank r (Eckart–Young): the controls, and what the figure computes from them. */
import {lastOf} from "../../engine/last.ts";
import {frobenius, type Matrix, subtract, zeros} from "../../engine/linalg/matrix.ts";
import {effectiveRank, energyKept, numericalRank, tail} from "../../engine/linalg/spectrum.ts";
import {type Svd, svd} from "../../engine/linalg/svd.ts";
import {truncate} from "../../engine/linalg/truncate.ts";
import {loraCount} from "../../engine/lora/counts.ts";
import {choice, hiddenText, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {MAX_CELLS_LENGTH, readCells} from "../shared/matrixText.ts";
import {SAMPLE_SIDE, sampleMatrices} from "./sampleMatrices.ts";

export const controls = {
  r: range(["Rank ", symbol.r], {min: 0, max: SAMPLE_SIDE, value: 4}),
  source: choice(
    ["Matrix"],
    {
      blobs: "Blobs",
      sunset: "Sunset",
      stripes: "Stripes",
      checkerboard: "Checkerboard",
      identity: "Identity",
      noise: "Noise",
      text: "Text",
      own: "Your own",
    },
    "blobs",
  ),
  row: range(["Trace row"], {min: 0, max: SAMPLE_SIDE, value: 0, more: true, group: "trace"}),
  column: range(["Trace column"], {min: 0, max: SAMPLE_SIDE, value: 0, more: true, group: "trace"}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
  brush: choice(["Brush"], {plus: "+1", minus: "−1", erase: "Erase"}, "plus", true),
  cells: hiddenText(["your own matrix"], MAX_CELLS_LENGTH, (text) => readCells(text).problem),
};
export type RankParams = Params<typeof controls>;

export interface RankResult {
  /** The matrix (d,k), and its min(d,k) singular values, largest first. */
  W: Matrix;
  s: Float64Array;
  /** Factors (d,r) and (r,k) of the closest rank-r matrix; each gets the square root of the singular values. */
  B: Matrix;
  A: Matrix;
  /** Their product (d,k), and W − BA. */
  BA: Matrix;
  rest: Matrix;
  /** ‖W‖_F. */
  norm: number;
  /** ‖W − BA‖_F, from the singular values that are left out. */
  error: number;
  /** The share of ‖W‖²_F that BA keeps, from 0 to 1. */
  energy: number;
  /** The effective rank of W (Roy and Vetterli), 0 for a matrix of zeros; and its numerical rank. */
  effective: number;
  rank: number;
  /** How many entries B and A have together, and W. */
  keptCount: number;
  fullCount: number;
}

/** The reader's matrix; one of zeros until something is drawn or pasted. */
const ownMatrix = (cells: string): Matrix => (cells && readCells(cells).matrix) || zeros(SAMPLE_SIDE, SAMPLE_SIDE);

/** The chosen matrix with its SVD, which would take too long at each move of r. */
const decomposed = lastOf((source: RankParams["source"], seed: number, cells: string) => {
  const W = source === "own" ? ownMatrix(cells) : sampleMatrices[source](seed);
  return {W, factors: svd(W)};
});

/** B = U_r·√Σ_r (d,r) and A = √Σ_r·V_rᵀ (r,k): the first r pieces of an SVD as two factors of equal Frobenius norm. */
function balancedFactors({u, s, v}: Svd, r: number): {B: Matrix; A: Matrix} {
  const B = zeros(u.rows, r);
  const A = zeros(r, v.rows);
  for (let l = 0; l < r; l++) {
    const root = Math.sqrt(s[l]!);
    for (let i = 0; i < u.rows; i++) B.data[i * r + l] = u.data[i * u.cols + l]! * root;
    for (let j = 0; j < v.rows; j++) A.data[l * v.rows + j] = v.data[j * v.cols + l]! * root;
  }
  return {B, A};
}

/** r and the traced entry stay inside the matrix. */
export function bounds({source, cells}: RankParams) {
  const {rows, cols} = source === "own" ? ownMatrix(cells) : {rows: SAMPLE_SIDE, cols: SAMPLE_SIDE};
  return {r: [0, Math.min(rows, cols)], row: [0, rows], column: [0, cols]} as const;
}

export function compute({source, seed, r, cells}: RankParams): RankResult {
  const {W, factors} = decomposed(source, seed, cells);
  const {s} = factors;
  const {rows: d, cols: k} = W;
  const BA = truncate(factors, r);
  return {
    W,
    s,
    ...balancedFactors(factors, r),
    BA,
    rest: subtract(W, BA),
    norm: frobenius(W),
    error: tail(s, r),
    energy: energyKept(s, r),
    rank: numericalRank(s, d, k),
    effective: s[0]! > 0 ? effectiveRank(s) : 0,
    keptCount: loraCount(d, k, r),
    fullCount: d * k,
  };
}
