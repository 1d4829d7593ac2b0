/** The value of each symbol in the worked example, as text. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {fixed, significant, whole} from "../../figure/plot/text/format.ts";
import type {CountResult, FormulaParams, FormulaResult, ForwardPass, SimilarityResult} from "./model.ts";

type Values = Readonly<Record<string, string>>;

/** Multiples of 1/8 exactly, other numbers to three decimals. */
const shown = (x: number): string => (Number.isInteger(8 * x) ? significant(x, 6) : fixed(x, 3));
export const writtenRows = ({rows, cols, data}: Matrix): string[][] =>
  Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols), shown));

/** "(1, 2; 0, −1)": rows separated by semicolons. */
export const matrixText = (m: Matrix): string =>
  `(${writtenRows(m)
    .map((row) => row.join(", "))
    .join("; ")})`;

/** In the word forge, with *anna* as the target. */
const inTheForge: Values = {
  Phi: "26,848 weights of the forge",
  P: "how sure it is of a letter",
  p: "how sure it is of a letter",
  Theta: "1,024 parameters, four A and four B",
  Phi0: "26,848 weights of the forge",
  dPhi: "2BA on four of its matrices",
  Z: "its training names",
  context: "the start of a word",
  target: "anna, then the end",
  t: "from one to five",
  yt: "a, n, n, a, end",
  yless: "nothing, a, an, ann, anna",
};

const forwardPass = ({h, W0, x, delta, alpha, r, A, B}: ForwardPass): Values => ({
  h: matrixText(h),
  W0: matrixText(W0),
  x: matrixText(x),
  dW: matrixText(delta),
  alpha: shown(alpha),
  r: shown(r),
  A: matrixText(A),
  B: matrixText(B),
});

const countOf = ({total, names, layers, matrices, width}: CountResult, {r}: FormulaParams): Values => ({
  count: whole(total),
  two: "two factors a matrix",
  Lhat: `${names.length} × ${layers} layers = ${whole(matrices)}`,
  dmodel: whole(width),
  r: whole(r),
});

const similarity = ({phi, A8, A64, cross, squares}: SimilarityResult): Values => ({
  phi: fixed(phi, 3),
  A8: `${A8.rows} × ${A8.cols}`,
  A64: `${A64.rows} × ${A64.cols}`,
  i: whole(cross.rows),
  j: whole(cross.cols),
  norm: fixed(squares, 3),
  U8: `${cross.rows} × ${A8.cols}`,
  U64: `${A64.cols} × ${cross.cols}`,
});

/** The value of each symbol, by its name. */
export function valuesOf(result: FormulaResult, params: FormulaParams): Values {
  if (result.kind === "forward") return forwardPass(result);
  if (result.kind === "count") return countOf(result, params);
  return result.kind === "similarity" ? similarity(result) : inTheForge;
}
