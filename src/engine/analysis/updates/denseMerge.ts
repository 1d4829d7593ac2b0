/**
 * Merges that look at single entries of the updates: TIES (Yadav et al. 2023) and DARE (Yu et al. 2024). They need ΔW
 * itself, d × k numbers for each adapter, and the result has no low rank any more, so it is cut back to a low one. That
 * takes about a second for a module of 4096², so it is a job in steps that reports the share done after each.
 */
import {norm} from "../../linalg/exponent.ts";
import {type Matrix, matmul, transpose, zeros} from "../../linalg/matrix.ts";
import {qr} from "../../linalg/qr.ts";
import {mulberry32, randn} from "../../linalg/random.ts";
import {svd} from "../../linalg/svd.ts";
import {truncatedFactors} from "../../linalg/truncate.ts";
import {type Factors, needFactors} from "./grams.ts";
import type {Cut} from "./resizing.ts";

/** How two updates are merged entry by entry. */
export interface DenseMerge {
  /**
   * TIES keeps the largest entries of each update, elects a sign for each place by their sum, and averages the entries of
   * that sign. DARE keeps entries at random and stretches them by 1 / density; "dare ties" then goes on as TIES.
   */
  method: "ties" | "dare" | "dare ties";
  weights: readonly [number, number];
  /** The share of entries that is kept, above 0 and at most 1. */
  density: number;
  /** The rank of the result. */
  rank: number;
  /** For DARE's choice and for the search of directions. */
  seed: number;
}

/** Rows done between two yields, at which a caller may stop the job. */
const ROWS_PER_YIELD = 64;
/** Directions that the search takes beyond the rank that is asked for, and its rounds of powers. */
const [EXTRA, ROUNDS] = [8, 2];

/**
 * The merge of two updates of one weight → A′ (r × k), B′ (d × r) at scale 1, and what the cut to that rank lost of it.
 * Yields the share done, from 0 to 1. The directions are found by random projections with two rounds of powers (Halko,
 * Martinsson and Tropp 2011), so the loss is a little more than the least possible; the exact loss is given.
 * Throws when the shapes differ or an option is out of its range.
 */
export function* mergeDense(one: Factors, two: Factors, options: DenseMerge): Generator<number, Cut> {
  needOptions(one, two, options);
  const {method, density, weights, rank, seed} = options;
  const random = mulberry32(seed);
  // The shares of the job that are done once the first update, the second and their merge are there.
  const shares = [0.15, 0.3, 0.4];
  const [first, second] = [
    yield* partOfJob(denseUpdate(one), 0, shares[0]),
    yield* partOfJob(denseUpdate(two), shares[0], shares[1]),
  ];
  for (const entries of [first, second]) {
    if (method === "ties") trim(entries, density);
    else drop(entries, density, random);
  }
  combine(first, second, weights, method !== "dare");
  yield shares[2];
  const [d, k] = [one.B.cols, one.A.cols];
  return yield* partOfJob(cutDense({rows: d, cols: k, entries: first}, rank, random), shares[2], 1);
}

function needOptions(one: Factors, two: Factors, {method, density, weights, rank}: DenseMerge): void {
  for (const factors of [one, two]) needFactors("mergeDense", factors);
  if (one.A.cols !== two.A.cols || one.B.cols !== two.B.cols)
    throw new Error("mergeDense: the updates have different shapes; they must be of one weight");
  if (!["ties", "dare", "dare ties"].includes(method))
    throw new Error(`mergeDense: the method is ${method}; it must be ties, dare or dare ties`);
  if (!(density > 0 && density <= 1))
    throw new Error(`mergeDense: the density is ${density}; it must be above 0 and at most 1`);
  if (!weights?.every(Number.isFinite)) throw new Error(`mergeDense: the weights are ${weights}; they must be finite`);
  if (!Number.isInteger(rank) || rank < 1)
    throw new Error(`mergeDense: the rank is ${rank}; it must be a whole number of at least 1`);
}

/** Runs a job as part of a longer one: its share done, 0 to 1, is yielded as `from` to `to`. */
function* partOfJob<Result>(job: Generator<number, Result>, from: number, to: number): Generator<number, Result> {
  while (true) {
    const step = job.next();
    if (step.done) return step.value;
    yield from + step.value * (to - from);
  }
}

/** s·B·A, row by row, in float32. */
function* denseUpdate({A, B, scale}: Factors): Generator<number, Float32Array> {
  const [d, k, r] = [B.cols, A.cols, A.rows];
  const entries = new Float32Array(d * k);
  const row = new Float64Array(k);
  for (let i = 0; i < d; i++) {
    row.fill(0);
    for (let l = 0; l < r; l++) {
      const factor = scale * B.data[l * d + i];
      for (let j = 0, at = l * k; j < k; j++) row[j] += factor * A.data[at + j];
    }
    entries.set(row, i * k);
    if (i % ROWS_PER_YIELD === ROWS_PER_YIELD - 1) yield (i + 1) / d;
  }
  return entries;
}

/** Sets all but the largest share of entries to 0, in place; of equal ones at the edge all are kept. */
function trim(entries: Float32Array, density: number): void {
  const count = Math.floor(density * entries.length);
  if (count >= entries.length) return;
  const least = count === 0 ? Number.POSITIVE_INFINITY : nthLargest(entries, count);
  for (let i = 0; i < entries.length; i++) if (!(Math.abs(entries[i]) >= least)) entries[i] = 0;
}

/** The absolute value of the n-th largest entry, exactly, by counting the upper and then the lower halves of their bits. */
function nthLargest(entries: Float32Array, n: number): number {
  const bits = new Uint32Array(entries.buffer, entries.byteOffset, entries.length);
  const counts = new Uint32Array(2 ** 16);
  for (let i = 0; i < bits.length; i++) counts[(bits[i] & 0x7fffffff) >>> 16]++;
  const [upper, above] = binFromTop(counts, n);
  counts.fill(0);
  for (let i = 0; i < bits.length; i++) if ((bits[i] & 0x7fffffff) >>> 16 === upper) counts[bits[i] & 0xffff]++;
  const [lower] = binFromTop(counts, n - above);
  return new Float32Array(Uint32Array.of(upper * 2 ** 16 + lower).buffer)[0];
}

/** The bin that holds the n-th number from the top, and how many numbers lie above it. */
function binFromTop(counts: Uint32Array, n: number): [number, number] {
  let above = 0;
  let bin = counts.length - 1;
  while (bin > 0 && above + counts[bin] < n) above += counts[bin--];
  return [bin, above];
}

/** Keeps each entry with the chance `density` and stretches it by 1 / density, the others become 0; in place. */
function drop(entries: Float32Array, density: number, random: () => number): void {
  for (let i = 0; i < entries.length; i++) entries[i] = random() < density ? entries[i] / density : 0;
}

/** Weighs both into the first, in place; with `isTies` only entries with the sign of their sum count, and are averaged. */
function combine(
  first: Float32Array,
  second: Float32Array,
  [w1, w2]: readonly [number, number],
  isTies: boolean,
): void {
  for (let i = 0; i < first.length; i++) {
    const [x, y] = [first[i], second[i]];
    if (!isTies) {
      first[i] = w1 * x + w2 * y;
      continue;
    }
    const sign = x + y >= 0 ? 1 : -1;
    const [hasX, hasY] = [Math.sign(x) === sign, Math.sign(y) === sign];
    const sum = (hasX ? w1 * x : 0) + (hasY ? w2 * y : 0);
    first[i] = hasX && hasY ? sum / 2 : sum;
  }
}

/** A matrix in float32, d × k. */
interface Dense {
  rows: number;
  cols: number;
  entries: Float32Array;
}

/** m (d × k) → its cut to rank r, by random projections. */
function* cutDense(m: Dense, r: number, random: () => number): Generator<number, Cut> {
  const width = Math.min(r + EXTRA, m.rows, m.cols);
  const passes = 2 * ROUNDS + 2;
  let done = 0;
  const pass = (job: Generator<number, Matrix>) => partOfJob(job, done++ / passes, done / passes);
  let left = qr(yield* pass(multiplyDense(m, randn(m.cols, width, random)))).q;
  for (let round = 0; round < ROUNDS; round++) {
    const right = qr(yield* pass(multiplyDense(m, left, true))).q;
    left = qr(yield* pass(multiplyDense(m, right))).q;
  }
  // m ≈ left·(mᵀ·left)ᵀ, and the smaller factor's SVD gives the directions in order.
  const {u, s, v} = svd(transpose(yield* pass(multiplyDense(m, left, true))));
  const cut = truncatedFactors({u: matmul(left, u), s, v}, r);
  const whole = Math.sqrt(m.entries.reduce((sum, x) => sum + x * x, 0));
  const cutNorm = norm(s.slice(0, r));
  return {...cut, whole, lost: Math.sqrt(Math.max(0, whole * whole - cutNorm * cutNorm))};
}

/** m (d × k) · x (k × p), or, `transposed`, mᵀ (k × d) · x (d × p); yields the share done. */
function* multiplyDense({rows, cols, entries}: Dense, x: Matrix, transposed = false): Generator<number, Matrix> {
  const p = x.cols;
  const result = zeros(transposed ? cols : rows, p);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const factor = entries[i * cols + j];
      const to = (transposed ? j : i) * p;
      const from = (transposed ? i : j) * p;
      if (factor !== 0) for (let l = 0; l < p; l++) result.data[to + l] += factor * x.data[from + l];
    }
    if (i % ROWS_PER_YIELD === ROWS_PER_YIELD - 1) yield (i + 1) / rows;
  }
  return result;
}
