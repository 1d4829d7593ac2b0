import {largestExponent, powerOfTwo} from "./exponent.ts";
import {type Matrix, scale, transpose, zeros} from "./matrix.ts";

/**
 * Thin QR by Householder reflections: a (m × n, m ≥ n) → q (m × n) with orthonormal columns and r (n × n) upper
 * triangular with diagonal ≥ 0, a = q·r. Columns that depend on earlier ones leave a 0 (to rounding) on the diagonal
 * of r; q stays orthonormal. Golub and Van Loan, Matrix Computations, algorithm 5.2.1.
 * Throws when m < n or an entry is not finite.
 */
export function qr(a: Matrix): {q: Matrix; r: Matrix} {
  const {rows: m, cols: n} = a;
  if (m < n) throw new Error(`qr: the matrix is ${m}×${n}; it needs at least as many rows as columns: transpose it`);
  needFinite("qr", a);
  const exponent = largestExponent(a.data);
  // The rows of `work` are the columns of a, so each reflection walks along contiguous memory.
  const work = transpose(scale(a, powerOfTwo(-exponent)));
  const diagonal = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    diagonal[j] = makeReflector(work.data, j * m + j, m - j);
    for (let l = j + 1; l < n; l++) reflect(work.data, j * m + j, l * m + j, m - j);
  }

  const r = zeros(n, n);
  const qT = zeros(n, m);
  for (let j = n - 1; j >= 0; j--) {
    const sign = diagonal[j] < 0 ? -1 : 1;
    r.data[j * n + j] = Math.abs(diagonal[j]) * powerOfTwo(exponent);
    for (let l = j + 1; l < n; l++) r.data[j * n + l] = sign * work.data[l * m + j] * powerOfTwo(exponent);
    qT.data[j * m + j] = sign;
    for (let l = j; l < n; l++) reflectBy(work.data, j * m + j, qT.data, l * m + j, m - j);
  }
  return {q: transpose(qT), r};
}

/** Throws, naming the place, when an entry of a is NaN or infinite. */
export function needFinite(what: string, a: Matrix): void {
  const bad = a.data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const [row, col] = [Math.floor(bad / a.cols), bad % a.cols];
  throw new Error(`${what}: entry [${row}, ${col}] (counted from 0) is ${a.data[bad]}; every entry must be finite`);
}

/**
 * Overwrites x (length numbers from `start`) with a vector v, ‖v‖² = 2, such that (I − v·vᵀ)·x = (result, 0, …, 0).
 * A zero x gives v = 0, no reflection.
 */
function makeReflector(data: Float64Array, start: number, length: number): number {
  let square = 0;
  for (let i = start; i < start + length; i++) square += data[i] * data[i];
  const size = Math.sqrt(square);
  if (size === 0) {
    data.fill(0, start, start + length);
    return 0;
  }
  const result = data[start] > 0 ? -size : size;
  data[start] -= result;
  const factor = Math.sqrt(1 / (size * Math.abs(data[start])));
  for (let i = start; i < start + length; i++) data[i] *= factor;
  return result;
}

/** target −= v·(vᵀ·target), both in the same array. */
function reflect(data: Float64Array, v: number, target: number, length: number): void {
  reflectBy(data, v, data, target, length);
}

/** target[t …] −= v·(vᵀ·target[t …]) with v = vectors[v …]. */
function reflectBy(vectors: Float64Array, v: number, target: Float64Array, t: number, length: number): void {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += vectors[v + i] * target[t + i];
  for (let i = 0; i < length; i++) target[t + i] -= sum * vectors[v + i];
}
