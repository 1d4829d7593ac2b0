import fc from "fast-check";
import {expect, test} from "vitest";
import {frobenius, identity, type Matrix, matmul, scale, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {tail} from "../../../src/engine/linalg/spectrum.ts";
import {svd} from "../../../src/engine/linalg/svd.ts";
import {truncate} from "../../../src/engine/linalg/truncate.ts";
import {asMatrix, distance, fixture, largestDifference, matrix, skewness} from "../fixture.ts";

/** Everything that makes u, s, v the decomposition of a, whatever a is. */
function expectDecomposition(a: Matrix): void {
  const {u, s, v} = svd(a);
  const p = Math.min(a.rows, a.cols);
  expect([u.rows, u.cols, s.length, v.rows, v.cols]).toEqual([a.rows, p, p, a.cols, p]);
  expect(skewness(u)).toBeLessThanOrEqual(1e-12);
  expect(skewness(v)).toBeLessThanOrEqual(1e-12);
  expect(distance(truncate({u, s, v}, p), a)).toBeLessThanOrEqual(1e-13 * frobenius(a));
  for (let j = 0; j < p; j++) {
    expect(s[j] >= (s[j + 1] ?? 0)).toBe(true);
    const column = Array.from({length: u.rows}, (_, i) => u.data[i * u.cols + j]);
    const largest = Math.max(...column.map(Math.abs));
    expect(column.find((entry) => Math.abs(entry) >= largest - 1e-12)).toBeGreaterThan(0);
  }
}

test.each(fixture.matrices)("$name: the singular values are LAPACK's, and it is a decomposition", ({a, s}) => {
  const ours = svd(asMatrix(a)).s;
  expect(ours.length).toBe(s.length);
  expect(largestDifference(ours, s)).toBeLessThanOrEqual(1e-12 * s[0]);
  expectDecomposition(asMatrix(a));
});

test("the vectors are LAPACK's too, with signs by our rule", () => {
  for (const {a, u, v} of fixture.vectors) {
    const ours = svd(asMatrix(a));
    expect(distance(ours.u, asMatrix(u))).toBeLessThan(1e-12);
    expect(distance(ours.v, asMatrix(v))).toBeLessThan(1e-12);
  }
});

test("any shape, any rank, any scale", () => {
  const size = fc.integer({min: 0, max: 9});
  fc.assert(
    fc.property(size, size, size, fc.integer({min: -300, max: 300}), fc.integer(), (m, n, rank, power, seed) => {
      const random = mulberry32(seed);
      expectDecomposition(scale(matmul(randn(m, rank, random), randn(rank, n, random)), 10 ** power));
    }),
    {seed: 5, numRuns: 300},
  );
});

test("larger matrices: square, tall and wide, of full rank, of rank 8, and nearly singular", () => {
  const random = mulberry32(31);
  expectDecomposition(randn(70, 70, random));
  expectDecomposition(randn(83, 64, random));
  expectDecomposition(randn(33, 65, random));
  expectDecomposition(matmul(randn(64, 8, random), randn(8, 64, random)));
  const kahan = zeros(48, 48);
  for (let i = 0; i < 48; i++) {
    for (let j = i; j < 48; j++) kahan.data[i * 48 + j] = 0.8 ** i * (i === j ? 1 : -0.6);
  }
  expectDecomposition(kahan);
});

test("small whole numbers: many zeros, ties and repeated columns", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 6}), fc.array(fc.integer({min: -1, max: 1}), {maxLength: 42}), (n, values) => {
      const rows = Math.floor(values.length / n);
      expectDecomposition({rows, cols: n, data: Float64Array.from(values.slice(0, rows * n))});
    }),
    {seed: 6, numRuns: 300},
  );
});

test("entries that differ by two hundred orders of magnitude", () => {
  expectDecomposition(matrix("1 1e-200 0 / 1e-100 1e-170 1e-160 / 1e-200 1 1e-150"));
});

test("in a tie the first of the largest entries is positive", () => {
  const {u} = svd(matrix("-1 1 / 1 -1"));
  expect(u.data[0]).toBeCloseTo(Math.SQRT1_2, 14);
  expect(u.data[2]).toBeCloseTo(-Math.SQRT1_2, 14);
});

test("Eckart–Young: the error of rank r is the tail of the spectrum", () => {
  for (const {a} of fixture.matrices) {
    const matrix = asMatrix(a);
    const decomposition = svd(matrix);
    for (let r = 0; r <= decomposition.s.length; r++) {
      const error = distance(truncate(decomposition, r), matrix);
      const due = tail(decomposition.s, r);
      expect(Math.abs(error - due)).toBeLessThanOrEqual(1e-12 * due + 1e-13 * decomposition.s[0]);
    }
  }
});

test("Eckart–Young: no other matrix of rank r is nearer", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 5}), fc.integer({min: -9, max: 0}), fc.integer(), (r, power, seed) => {
      const random = mulberry32(seed);
      const a = randn(8, 7, random);
      const {u, s, v} = svd(a);
      const nudge = (x: Matrix) => randn(x.rows, x.cols, random).data.map((g, i) => x.data[i] + 10 ** power * g);
      const rival = truncate({u: {...u, data: nudge(u)}, s, v: {...v, data: nudge(v)}}, r);
      expect(distance(rival, a)).toBeGreaterThanOrEqual(tail(s, r) * (1 - 1e-14));
      expect(distance(matmul(randn(8, r, random), randn(r, 7, random)), a)).toBeGreaterThan(tail(s, r));
    }),
    {seed: 7},
  );
});

test("truncate takes all terms when r exceeds their number, and none at r = 0", () => {
  const a = randn(4, 3, mulberry32(2));
  expect(distance(truncate(svd(a), 99), a)).toBeLessThan(1e-14);
  expect(truncate(svd(a), 0)).toEqual(zeros(4, 3));
  expect(() => truncate(svd(a), 1.5)).toThrow("truncate: r is 1.5; it must be a whole number of at least 0");
  expect(() => truncate(svd(a), -1)).toThrow("truncate: r is -1");
});

test("the argument does not change, and the same matrix gives the same bits", () => {
  const a = randn(12, 12, mulberry32(4));
  const before = a.data.slice();
  expect(svd(a)).toEqual(svd({...a, data: before}));
  expect(a.data).toEqual(before);
  expect(svd(identity(3)).s).toEqual(Float64Array.of(1, 1, 1));
});

test("the error for an entry that is not finite names its place", () => {
  const a = zeros(3, 4);
  a.data[6] = Number.NaN;
  expect(() => svd(a)).toThrow("svd: entry [1, 2] (counted from 0) is NaN; every entry must be finite");
  a.data[6] = -Infinity;
  expect(() => svd(a)).toThrow("svd: entry [1, 2] (counted from 0) is -Infinity");
  const huge = {rows: 2, cols: 2, data: new Float64Array(4).fill(1.5e308)};
  expect(() => svd(huge)).toThrow("svd: the largest singular value exceeds 1.8e308; scale the matrix down");
});
