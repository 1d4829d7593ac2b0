import type {Bidiagonal} from "./bidiagonal.ts";
import type {Matrix} from "./matrix.ts";
import {LEAST_SQUARE} from "./reflect.ts";

/** Entries below 2⁻⁴⁸⁰ count as zero, because their squares have lost digits; the largest entry is near 1. */
const TINY = Math.sqrt(LEAST_SQUARE);
/** Sweeps allowed for each singular value. About 1.7 are usual, and no known matrix needs more than 4. */
const MAX_SWEEPS = 60;

/**
 * Diagonalizes B in place: afterwards `diagonal` holds the singular values (in any order, with any sign) and `above` is
 * 0. The columns of u and v turn along, so a = u·B·vᵀ still holds. Implicit QR steps with the shift of the last 2 × 2
 * block (Golub and Van Loan, Matrix Computations, §8.6), and without a shift when a diagonal entry is 0 or the shift is
 * too small to matter (Demmel and Kahan 1990). Throws when the sweeps do not converge.
 */
export function diagonalize({u, diagonal: d, above: e, v}: Bidiagonal): void {
  const n = d.length;
  const [first, second] = [0, 1].map(() => ({left: identityChain(n), right: identityChain(n)}));
  // A sweep needs `diagonal` and `above` only, so u and v can wait and then turn by two sweeps at once.
  let pending: {lo: number; hi: number} | undefined;
  const apply = (lo: number, hi: number) => {
    rotateColumns(u, lo, hi, first.left, second.left);
    rotateColumns(v, lo, hi, first.right, second.right);
    for (const {left, right} of [first, second]) for (const chain of [left, right]) resetChain(chain);
    pending = undefined;
  };
  let sweeps = 0;
  for (let hi = n - 1; hi > 0; ) {
    const {lo, singular} = lastBlock(d, e, hi);
    if (lo === hi) {
      hi--;
      continue;
    }
    if (sweeps++ > MAX_SWEEPS * n)
      throw new Error(
        `svd: ${sweeps} sweeps for ${n} columns did not converge; about two for each column are usual; report this matrix`,
      );
    const {left, right} = pending ? second : first;
    const shift = singular ? 0 : smallerValue(d[hi - 1], e[hi - 1], d[hi]);
    const ratio = shift / d[lo];
    if (singular || ratio * ratio < Number.EPSILON) plainSweep(d, e, lo, hi, left, right);
    else shiftedSweep(d, e, lo, hi, shift, left, right);
    if (pending) apply(Math.min(pending.lo, lo), Math.max(pending.hi, hi));
    else pending = {lo, hi};
  }
  if (pending) apply(pending.lo, pending.hi);
}

/** Sets negligible entries to 0 → where the block that ends at hi begins, and whether its diagonal has a 0. */
function lastBlock(d: Float64Array, e: Float64Array, hi: number): {lo: number; singular: boolean} {
  let singular = false;
  for (let k = hi; ; k--) {
    const before = k === 0 ? 0 : Math.abs(e[k - 1]);
    const size = Math.abs(d[k]);
    if (before <= TINY || before <= Number.EPSILON * (size + Math.abs(d[k - 1]))) {
      if (k > 0) e[k - 1] = 0;
      return {lo: k, singular: singular || size <= TINY};
    }
    if (size <= TINY || size <= Number.EPSILON * before) {
      d[k] = 0;
      singular = true;
    }
  }
}

/** The smaller singular value of [[f, g], [0, h]], from the product of the two, |f·h|. */
function smallerValue(f: number, g: number, h: number): number {
  const sum = Math.abs(f) + Math.abs(h);
  const difference = Math.abs(f) - Math.abs(h);
  const twice = Math.sqrt(sum * sum + g * g) + Math.sqrt(difference * difference + g * g);
  return twice === 0 ? 0 : 2 * Math.abs(f) * (Math.abs(h) / twice);
}

/** One QR step with a shift from d[lo] to d[hi]. The entry outside the two diagonals moves from column k to row k and on to the end. */
function shiftedSweep(
  d: Float64Array,
  e: Float64Array,
  lo: number,
  hi: number,
  shift: number,
  left: Chain,
  right: Chain,
): void {
  let f = (Math.abs(d[lo]) - shift) * (Math.sign(d[lo]) + shift / d[lo]);
  let g = e[lo];
  for (let k = lo; k < hi; k++) {
    const below = setRotation(right, k, f, g);
    if (k > lo) e[k - 1] = below;
    const c = right.cosines[k];
    const s = right.sines[k];
    f = c * d[k] + s * e[k];
    const above = c * e[k] - s * d[k];
    const next = c * d[k + 1];
    d[k] = setRotation(left, k, f, s * d[k + 1]);
    const cosine = left.cosines[k];
    const sine = left.sines[k];
    f = cosine * above + sine * next;
    d[k + 1] = cosine * next - sine * above;
    if (k + 1 < hi) {
      g = sine * e[k + 1];
      e[k + 1] *= cosine;
    }
  }
  e[hi - 1] = f;
}

/** One QR step without a shift. It subtracts no large numbers, so small singular values keep their digits. */
function plainSweep(d: Float64Array, e: Float64Array, lo: number, hi: number, left: Chain, right: Chain): void {
  let [cosine, leftCosine, leftSine] = [1, 1, 0];
  for (let k = lo; k < hi; k++) {
    const r = setRotation(right, k, d[k] * cosine, e[k]);
    if (k > lo) e[k - 1] = leftSine * r;
    cosine = right.cosines[k];
    d[k] = setRotation(left, k, leftCosine * r, d[k + 1] * right.sines[k]);
    leftCosine = left.cosines[k];
    leftSine = left.sines[k];
  }
  e[hi - 1] = d[hi] * cosine * leftSine;
  d[hi] *= cosine * leftCosine;
}

/** A chain of Givens rotations of neighboring columns: the k-th makes c·x + s·y and c·y − s·x of columns x = k and y = k + 1. */
interface Chain {
  cosines: Float64Array;
  sines: Float64Array;
}

/** A chain for n columns that rotates nothing. */
const identityChain = (n: number): Chain => ({cosines: new Float64Array(n).fill(1), sines: new Float64Array(n)});

/** Resets a chain, so that it rotates nothing. */
function resetChain({cosines, sines}: Chain): void {
  cosines.fill(1);
  sines.fill(0);
}

/** Sets the k-th rotation to the one that turns (f, g) into (r, 0) → r. */
function setRotation({cosines, sines}: Chain, k: number, f: number, g: number): number {
  const square = f * f + g * g;
  if (square < LEAST_SQUARE) {
    cosines[k] = 1;
    sines[k] = 0;
    return f;
  }
  const r = Math.sqrt(square);
  cosines[k] = f / r;
  sines[k] = g / r;
  return r;
}

/**
 * Rotates the columns lo … hi (lo < hi) of a matrix by two chains, one after the other, each in ascending order.
 * After Van Zee, van de Geijn and Quintana-Ortí 2014, "Restructuring the tridiagonal and bidiagonal QR algorithms".
 */
function rotateColumns({rows, cols, data}: Matrix, lo: number, hi: number, first: Chain, second: Chain): void {
  let i = 0;
  for (; i + 2 <= rows; i += 2) rotateTwoRows(data, i * cols, (i + 1) * cols, lo, hi, first, second);
  if (i < rows) {
    rotateRow(data, i * cols, lo, hi, first);
    rotateRow(data, i * cols, lo, hi, second);
  }
}

/**
 * Rotates two rows, which begin at `start0` and `start1`, by both chains. The second chain follows one column behind the first, so
 * each number is loaded and stored once for both; and the processor works on one row while it waits for the other.
 */
function rotateTwoRows(
  data: Float64Array,
  start0: number,
  start1: number,
  lo: number,
  hi: number,
  {cosines, sines}: Chain,
  {cosines: laterCosines, sines: laterSines}: Chain,
): void {
  // For each row, x is the number that the first chain carries along and w the one that the second carries.
  const [c0, s0] = [cosines[lo], sines[lo]];
  let w0 = c0 * data[start0 + lo] + s0 * data[start0 + lo + 1];
  let w1 = c0 * data[start1 + lo] + s0 * data[start1 + lo + 1];
  let x0 = c0 * data[start0 + lo + 1] - s0 * data[start0 + lo];
  let x1 = c0 * data[start1 + lo + 1] - s0 * data[start1 + lo];
  for (let k = lo + 1; k < hi; k++) {
    const c = cosines[k];
    const s = sines[k];
    const laterC = laterCosines[k - 1];
    const laterS = laterSines[k - 1];
    const y0 = data[start0 + k + 1];
    const y1 = data[start1 + k + 1];
    const z0 = c * x0 + s * y0;
    const z1 = c * x1 + s * y1;
    x0 = c * y0 - s * x0;
    x1 = c * y1 - s * x1;
    data[start0 + k - 1] = laterC * w0 + laterS * z0;
    data[start1 + k - 1] = laterC * w1 + laterS * z1;
    w0 = laterC * z0 - laterS * w0;
    w1 = laterC * z1 - laterS * w1;
  }
  const [lastC, lastS] = [laterCosines[hi - 1], laterSines[hi - 1]];
  data[start0 + hi - 1] = lastC * w0 + lastS * x0;
  data[start1 + hi - 1] = lastC * w1 + lastS * x1;
  data[start0 + hi] = lastC * x0 - lastS * w0;
  data[start1 + hi] = lastC * x1 - lastS * w1;
}

/** Rotates the row that begins at `start` by one chain. */
function rotateRow(data: Float64Array, start: number, lo: number, hi: number, {cosines, sines}: Chain): void {
  let x = data[start + lo];
  for (let k = lo; k < hi; k++) {
    const y = data[start + k + 1];
    data[start + k] = cosines[k] * x + sines[k] * y;
    x = cosines[k] * y - sines[k] * x;
  }
  data[start + hi] = x;
}
