/** A matrix and its closest copy of rank r (Eckart–Young): the controls, and what the figure computes from them. */
import {lastOf} from "../../engine/last.ts";
import {frobenius, type Matrix, subtract, zeros} from "../../engine/linalg/matrix.ts";
import {effectiveRank, energyKept, numericalRank, tail} from "../../engine/linalg/spectrum.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {truncate} from "../../engine/linalg/truncate.ts";
import {loraCount} from "../../engine/lora/counts.ts";
import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {MAX_CELLS_LENGTH, readCells} from "../shared/matrixText.ts";
import {balancedFactors} from "./balancedFactors.ts";
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
  cells: hidden(["your own matrix"], MAX_CELLS_LENGTH, (text) => readCells(text).problem),
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
  /** Effective and numerical rank of W. */
  effective: number;
  rank: number;
  /** Numbers in B and A together, and in W. */
  kept: number;
  full: number;
}

const matrixOf = lastOf((source: string, seed: number, cells: string): Matrix => {
  if (source !== "own") return sampleMatrices[source]!(seed);
  return cells === "" ? zeros(SAMPLE_SIDE, SAMPLE_SIDE) : (readCells(cells).matrix ?? zeros(SAMPLE_SIDE, SAMPLE_SIDE));
});
const factorsOf = lastOf((W: Matrix) => svd(W));
const truncatedOf = lastOf((W: Matrix, r: number) => {
  const factors = factorsOf(W);
  const BA = truncate(factors, r);
  return {...balancedFactors(factors, r), BA, rest: subtract(W, BA)};
});

/** r and the traced entry stay inside the matrix. */
export function bounds({source, cells}: RankParams) {
  const {rows, cols} = source === "own" ? matrixOf(source, 0, cells) : {rows: SAMPLE_SIDE, cols: SAMPLE_SIDE};
  return {r: [0, Math.min(rows, cols)], row: [0, rows], column: [0, cols]} as const;
}

export function compute({source, seed, r, cells}: RankParams): RankResult {
  const W = matrixOf(source, source === "own" ? 0 : seed, source === "own" ? cells : "");
  const {s} = factorsOf(W);
  const {rows: d, cols: k} = W;
  return {
    W,
    s,
    ...truncatedOf(W, r),
    norm: frobenius(W),
    error: tail(s, r),
    energy: energyKept(s, r),
    rank: numericalRank(s, d, k),
    effective: s[0]! > 0 ? effectiveRank(s) : 0,
    kept: loraCount(d, k, r),
    full: d * k,
  };
}
