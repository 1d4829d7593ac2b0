import {largestExponent, powerOfTwo} from "./exponent.ts";
import {type Matrix, needFinite, scale, transpose, zeros} from "./matrix.ts";

/** Squared lengths below 2⁻⁹⁶⁰, the largest entry being near 1, have too few digits to reflect by and count as 0. */
const NOTHING = powerOfTwo(-960);

/**
 * Thin QR by Householder reflections: a (m × n, m ≥ n) → q (m × n) with orthonormal columns and r (n × n) upper
 * triangular with diagonal ≥ 0, a = q·r. Columns that depend on earlier ones leave a 0 (to rounding) on the diagonal
 * of r; q stays orthonormal. Golub and Van Loan, Matrix Computations, algorithm 5.2.1.
 * Throws when m < n, when an entry is not finite, or when a column is longer than the largest float64.
 */
export function qr(a: Matrix): {q: Matrix; r: Matrix} {
  const {rows: m, cols: n} = a;
  if (m < n) throw new Error(`qr: the matrix is ${m}×${n}; it needs at least as many rows as columns: transpose it`);
  needFinite("qr", a);
  const exponent = largestExponent(a.data);
  // The rows of `work` are the columns of a, so each reflection walks along contiguous memory.
  const work = transpose(scale(a, powerOfTwo(-exponent)));
  const diagonal = new Float64Array(n);
  const betas = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const here = j * m + j;
    diagonal[j] = makeReflector(work.data, here, m - j);
    betas[j] = diagonal[j] === 0 ? 0 : 1 / Math.abs(diagonal[j] * work.data[here]);
    for (let l = j + 1; l < n; l++) reflect(work.data, here, betas[j], work.data, l * m + j, m - j);
  }

  const r = zeros(n, n);
  const qT = zeros(n, m);
  for (let j = n - 1; j >= 0; j--) {
    const sign = diagonal[j] < 0 ? -1 : 1;
    r.data[j * n + j] = Math.abs(diagonal[j]) * powerOfTwo(exponent);
    for (let l = j + 1; l < n; l++) r.data[j * n + l] = sign * work.data[l * m + j] * powerOfTwo(exponent);
    qT.data[j * m + j] = sign;
    for (let l = j; l < n; l++) reflect(work.data, j * m + j, betas[j], qT.data, l * m + j, m - j);
  }
  if (r.data.includes(Infinity)) throw new Error("qr: a column is longer than 1.8e308; scale the matrix down");
  return {q: transpose(qT), r};
}

/**
 * Overwrites x (length numbers from `start`) with the vector v for which (I − beta·v·vᵀ)·x = (result, 0, …, 0), where
 * beta = 1 / |result·v₀|, and returns the result. A zero x gives v = 0 and result 0: no reflection.
 */
function makeReflector(data: Float64Array, start: number, length: number): number {
  let square = 0;
  for (let i = start; i < start + length; i++) square += data[i] * data[i];
  if (square < NOTHING) {
    data.fill(0, start, start + length);
    return 0;
  }
  const result = data[start] > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  data[start] -= result;
  return result;
}

/** target[t …] −= beta·v·(vᵀ·target[t …]) with v = vectors[v …]. */
function reflect(vectors: Float64Array, v: number, beta: number, target: Float64Array, t: number, length: number) {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += vectors[v + i] * target[t + i];
  const factor = beta * sum;
  for (let i = 0; i < length; i++) target[t + i] -= factor * vectors[v + i];
}
