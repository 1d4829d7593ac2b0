import fc from "fast-check";
import {expect, test} from "vitest";
import {frobenius, identity, type Matrix, matmul, outer, scale, zeros} from "../../../src/engine/linalg/matrix.ts";
import {qr} from "../../../src/engine/linalg/qr.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {asMatrix, distance, fixture, matrix, skewness} from "../fixture.ts";

function expectFactors(a: Matrix): void {
  const {q, r} = qr(a);
  expect(skewness(q)).toBeLessThan(1e-13);
  expect(distance(matmul(q, r), a)).toBeLessThanOrEqual(1e-14 * Math.max(1, a.cols) * frobenius(a));
  for (let i = 0; i < r.rows; i++) {
    expect(r.data[i * r.cols + i]).toBeGreaterThanOrEqual(0);
    for (let j = 0; j < i; j++) expect(r.data[i * r.cols + j]).toBe(0);
  }
}

test("q and r agree with NumPy's", () => {
  for (const {a, q, r} of fixture.qr) {
    const ours = qr(asMatrix(a));
    expect(distance(ours.q, asMatrix(q))).toBeLessThan(1e-13);
    expect(distance(ours.r, asMatrix(r))).toBeLessThan(1e-13);
  }
});

test("q is orthonormal, r upper triangular with diagonal ≥ 0, q·r = a, for all tall fixtures, shapes and ranks", () => {
  for (const {a} of fixture.matrices.filter(({a}) => a.rows >= a.cols)) expectFactors(asMatrix(a));
  fc.assert(
    fc.property(fc.nat(8), fc.nat(6), fc.nat(6), fc.integer(), (extra, n, rank, seed) => {
      const random = mulberry32(seed);
      expectFactors(matmul(randn(n + extra, rank, random), randn(rank, n, random)));
    }),
    {seed: 4},
  );
});

test("the same for dependent columns, zero columns and extreme scales", () => {
  const a = randn(5, 3, mulberry32(1));
  for (const extreme of [outer([1, 2, 3, 4], [1, 1, 1]), zeros(4, 3), matrix("0 1 / 0 2 / 0 3"), scale(a, 1e-300)])
    expectFactors(extreme);
  expectFactors(scale(a, 1e300));
  expect(distance(qr(identity(3)).q, identity(3))).toBe(0);
  expect(distance(qr(identity(3)).r, identity(3))).toBe(0);
});

test("errors name the shape, the entry or the size", () => {
  expect(() => qr(zeros(2, 3))).toThrow("qr: the matrix is 2×3; it needs at least as many rows as columns");
  expect(() => qr(matrix("1 / NaN"))).toThrow("qr: entry [1, 0] (counted from 0) is NaN");
  expect(() => qr(matrix("1.5e308 / 1.5e308"))).toThrow("qr: a column is longer than 1.8e308");
});
