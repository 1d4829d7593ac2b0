/** B, A and their product as a sum of outer products: the controls, and what the figure computes from them. */
import {type Matrix, matmul, zeros} from "../../engine/linalg/matrix.ts";
import {outerProducts} from "../../engine/linalg/outer.ts";
import {mulberry32, normal} from "../../engine/linalg/random.ts";
import {numericalRank} from "../../engine/linalg/spectrum.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {degreesOfFreedom, loraCount} from "../../engine/lora/counts.ts";
import {hiddenText, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {readCells} from "../shared/matrixText.ts";

/** The largest d and k, and the largest r. */
const [MAX_SIDE, MAX_RANK] = [12, 4];
/** The most characters of the edited entries. */
const MAX_LENGTH = 1024;
const editedEntries = (name: string) =>
  hiddenText([`edited entries of ${name}`], MAX_LENGTH, (text) => readCells(text).problem);

export const controls = {
  r: range(["Rank ", symbol.r], {min: 1, max: MAX_RANK, value: 2}),
  peel: range(["Pieces summed"], {min: 0, max: MAX_RANK, value: 2}),
  row: range(["Row"], {min: 1, max: MAX_SIDE, value: 2}),
  column: range(["Column"], {min: 1, max: MAX_SIDE, value: 3}),
  d: range(["Rows ", symbol.d], {min: 1, max: MAX_SIDE, value: 6, more: true}),
  k: range(["Columns ", symbol.k], {min: 1, max: MAX_SIDE, value: 8, more: true}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
  term: range(["Lit term"], {min: 0, max: MAX_RANK, value: 0, more: true, group: "trace"}),
  b: editedEntries("B"),
  a: editedEntries("A"),
};
export type ProductParams = Params<typeof controls>;

export interface ProductResult {
  /** Factors (d,r) and (r,k). */
  B: Matrix;
  A: Matrix;
  /** The first `peel` columns of B, (d,peel), and rows of A, (peel,k), and their product (d,k): the sum so far. */
  summed: {B: Matrix; A: Matrix; BA: Matrix};
  /** The r outer products (d,k) whose sum is B·A. */
  pieces: readonly Matrix[];
  /** Rank of the sum so far. */
  rank: number;
  /** How many entries B and A have together. */
  storedCount: number;
  /** Degrees of freedom of a matrix of that rank. */
  freeCount: number;
}

/** B and A at their largest, rounded to one decimal. Smaller ones are their top left corners, so entries stay when d, k or r grows. */
function randomFactors(seed: number): {B: Matrix; A: Matrix} {
  const random = mulberry32(seed);
  const matrix = (rows: number, cols: number): Matrix => ({
    rows,
    cols,
    data: Float64Array.from({length: rows * cols}, () => Math.round(normal(random) * 10) / 10 || 0),
  });
  return {B: matrix(MAX_SIDE, MAX_RANK), A: matrix(MAX_RANK, MAX_SIDE)};
}

/** The top left corner (rows,cols) of `whole`, with the reader's entries from the text `cells`, if it is not empty, in place of its own. */
function corner(whole: Matrix, rows: number, cols: number, cells: string): Matrix {
  const result = zeros(rows, cols);
  const edits = cells === "" ? undefined : readCells(cells).matrix;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const from = edits && i < edits.rows && j < edits.cols ? edits : whole;
      result.data[i * cols + j] = from.data[i * from.cols + j];
    }
  return result;
}

/** Pieces, traced entry and lit term end where the shape does. */
export const bounds = ({d, k, r}: ProductParams) =>
  ({peel: [0, r], row: [1, d], column: [1, k], term: [0, r]}) as const;

export function compute({d, k, r, peel, seed, b, a}: ProductParams): ProductResult {
  const largest = randomFactors(seed);
  const B = corner(largest.B, d, r, b);
  const A = corner(largest.A, r, k, a);
  const summed = {B: corner(B, d, peel, ""), A: corner(A, peel, k, "")};
  const BA = matmul(summed.B, summed.A);
  const rank = numericalRank(svd(BA).s, d, k);
  return {
    B,
    A,
    summed: {...summed, BA},
    pieces: outerProducts(B, A),
    rank,
    storedCount: loraCount(d, k, r),
    freeCount: degreesOfFreedom(d, k, rank),
  };
}
