/** One rank and one scale for all modules: the one form that PEFT, vLLM and llama.cpp read alike. */
import {norm} from "../../linalg/exponent.ts";
import {type Matrix, transpose, zeros} from "../../linalg/matrix.ts";
import {type FloatDtype, toBytes, toFloat64} from "../dtype.ts";
import {type Changed, lengthOf, needMergeable} from "./changes.ts";

/** The modules at one rank, and what that costs. */
export interface OneRank {
  changed: Changed[];
  r: number;
  scale: number;
  /** How many modules had their B multiplied and rounded; the others are exact. */
  rounded: number;
  /** ‖ΔW − ΔW′‖ / ‖ΔW‖ over all modules, from that rounding alone. */
  error: number;
}

/** Scales that differ by less than this share are one scale. */
const SCALE_TOLERANCE = 1e-9;
/** How many scales are tried at most, the most frequent first. */
const MAX_TRIED = 8;

const isSame = (one: number, two: number) => Math.abs(one - two) <= SCALE_TOLERANCE * Math.abs(two);

/**
 * Gives all modules the largest rank, by rows of 0 in A and columns of 0 in B, and one scale. Where the scales agree already,
 * A and B keep their numbers. Otherwise B is multiplied by the quotient of the scales, which is exact for powers of two, and rounded once
 * to its format; of the modules' own scales the one with the smallest error is taken.
 * Throws if every scale is 0, and by name for a convolution in groups whose rank is not the largest.
 */
export function atOneRank(modules: readonly Changed[], formatOf: (one: Changed) => FloatDtype): OneRank {
  const r = modules.reduce((most, {A}) => Math.max(most, A.rows), 0);
  for (const {pair, A} of modules) if (pair.groups > 1 && A.rows !== r) needMergeable(pair);
  const scales = scalesOf(modules);
  if (scales.length === 0)
    throw new Error(
      "takeHome: α is 0 in every module, so no scale is left to write: say which α you mean, in the config",
    );
  const tries = scales.slice(0, MAX_TRIED).map((scale) => ({scale, lost: lostBy(modules, scale, formatOf)}));
  const {scale, lost} = tries.reduce((best, one) => (norm(one.lost) < norm(best.lost) ? one : best));
  const whole = norm(lost) > 0 ? norm(Float64Array.from(modules, (one) => lengthOf(withTurnedB(one)))) : 0;
  return {
    changed: modules.map((one) => ({
      ...one,
      A: padMatrix(one.A, r, one.A.cols),
      B: padMatrix(rescaleB(one, scale), one.B.rows, r),
      scale,
    })),
    r,
    scale,
    rounded: lost.filter((length) => length > 0).length,
    error: whole > 0 ? norm(lost) / whole : 0,
  };
}

/** The scales that are not 0, each once, those of most modules first. */
function scalesOf(modules: readonly Changed[]): number[] {
  const counts: {scale: number; count: number}[] = [];
  for (const {scale} of modules) {
    const entry = counts.find((one) => isSame(scale, one.scale));
    if (entry) entry.count++;
    else if (scale !== 0) counts.push({scale, count: 1});
  }
  return counts.sort((a, b) => b.count - a.count).map(({scale}) => scale);
}

/** B as it must be for another scale. */
function rescaleB({B, scale}: Changed, target: number): Matrix {
  return isSame(scale, target) ? B : {...B, data: B.data.map((value) => (value * scale) / target)};
}

/** What each module loses when B is rounded to its format: the length of the difference. */
function lostBy(modules: readonly Changed[], target: number, formatOf: (one: Changed) => FloatDtype): Float64Array {
  return Float64Array.from(modules, (one) => {
    if (isSame(one.scale, target)) return 0;
    const B = rescaleB(one, target);
    const dtype = formatOf(one);
    const near = toFloat64(dtype, toBytes(dtype, B.data));
    const data = near.map((value, i) => value - B.data[i]);
    return data.some((value) => value !== 0) ? lengthOf(withTurnedB({...one, B: {...B, data}, scale: target})) : 0;
  });
}

const withTurnedB = ({A, B, scale}: Changed) => ({A, B: transpose(B), scale});

/** The matrix with zeros below and at the right. */
function padMatrix(matrix: Matrix, rows: number, cols: number): Matrix {
  if (matrix.rows === rows && matrix.cols === cols) return matrix;
  const result = zeros(rows, cols);
  for (let i = 0; i < matrix.rows; i++)
    result.data.set(matrix.data.subarray(i * matrix.cols, (i + 1) * matrix.cols), i * cols);
  return result;
}
