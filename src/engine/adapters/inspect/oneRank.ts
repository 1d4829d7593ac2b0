/** One rank and one scale for all modules: the one form that PEFT, vLLM and llama.cpp read alike. */
import {norm} from "../../linalg/exponent.ts";
import {type Matrix, transpose, zeros} from "../../linalg/matrix.ts";
import {type FloatDtype, toBytes, toFloat64} from "../dtype.ts";
import {type ChangedUpdate, lengthOf, needMergeable} from "./changes.ts";

/** The modules at one rank, and what that costs. */
export interface OneRank {
  changed: ChangedUpdate[];
  r: number;
  scale: number;
  /** How many modules had their B multiplied and rounded; the others are exact. */
  roundedCount: number;
  /** ‖ΔW − ΔW′‖ / ‖ΔW‖ over all modules, from that rounding alone. */
  error: number;
}

/** Scales that differ by less than this share are one scale. */
const SCALE_TOLERANCE = 1e-9;

const isSame = (one: number, two: number) => Math.abs(one - two) <= SCALE_TOLERANCE * Math.abs(two);

/**
 * Gives all modules the largest rank, by rows of 0 in A and columns of 0 in B, and the scale that most of them have. B of the
 * others is multiplied by the quotient of the scales, which is exact for powers of two, and rounded once to its format.
 * Throws if every scale is 0, and by name for a convolution in groups whose rank is not the largest.
 */
export function atOneRank(modules: readonly ChangedUpdate[], formatOf: (one: ChangedUpdate) => FloatDtype): OneRank {
  const r = modules.reduce((largest, {A}) => Math.max(largest, A.rows), 0);
  for (const {pair, A} of modules) if (pair.groups > 1 && A.rows !== r) needMergeable(pair);
  const scale = commonestScale(modules);
  const losses = modules.map((one) => roundingLoss(one, scale, formatOf(one)));
  const lossNorm = norm(Float64Array.from(losses));
  return {
    changed: modules.map((one) => ({
      ...one,
      A: padded(one.A, r, one.A.cols),
      B: padded(rescaledB(one, scale), one.B.rows, r),
      scale,
    })),
    r,
    scale,
    roundedCount: losses.filter((loss) => loss > 0).length,
    error: lossNorm > 0 ? lossNorm / norm(Float64Array.from(modules, lengthOfUpdate)) : 0,
  };
}

/** The scale other than 0 that most modules have; of several, the one that comes first. Throws if every scale is 0. */
function commonestScale(modules: readonly ChangedUpdate[]): number {
  const counts: {scale: number; count: number}[] = [];
  for (const {scale} of modules) {
    const entry = counts.find((one) => isSame(scale, one.scale));
    if (entry) entry.count++;
    else if (scale !== 0) counts.push({scale, count: 1});
  }
  if (counts.length === 0)
    throw new Error(
      "takeHome: α is 0 in every module, so no scale is left to write: say which α you mean, in the config",
    );
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).scale;
}

/** B as it must be at another scale. */
function rescaledB({B, scale}: ChangedUpdate, newScale: number): Matrix {
  return isSame(scale, newScale) ? B : {...B, data: B.data.map((value) => (value * scale) / newScale)};
}

/** The length of what an update loses when its B, at another scale, is rounded to its format. */
function roundingLoss(one: ChangedUpdate, newScale: number, dtype: FloatDtype): number {
  if (isSame(one.scale, newScale)) return 0;
  const B = rescaledB(one, newScale);
  const rounded = toFloat64(dtype, toBytes(dtype, B.data));
  const data = rounded.map((value, i) => value - B.data[i]);
  return data.some((value) => value !== 0) ? lengthOfUpdate({...one, B: {...B, data}, scale: newScale}) : 0;
}

const lengthOfUpdate = ({A, B, scale}: ChangedUpdate) => lengthOf({A, B: transpose(B), scale});

/** The matrix with zeros below and at the right, so that it has these sizes. */
function padded(matrix: Matrix, rows: number, cols: number): Matrix {
  if (matrix.rows === rows && matrix.cols === cols) return matrix;
  const result = zeros(rows, cols);
  for (let i = 0; i < matrix.rows; i++)
    result.data.set(matrix.data.subarray(i * matrix.cols, (i + 1) * matrix.cols), i * cols);
  return result;
}
