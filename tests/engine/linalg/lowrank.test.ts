import fc from "fast-check";
import {expect, test} from "vitest";
import {lowRankSvd} from "../../../src/engine/linalg/lowrank.ts";
import {frobenius, matmul, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {svd} from "../../../src/engine/linalg/svd.ts";
import {truncate} from "../../../src/engine/linalg/truncate.ts";
import {asMatrix, distance, fixture, largestDifference, matrix, skewness} from "../fixture.ts";

test.each(fixture.lowRank)("$name: the singular values are those that LAPACK gives for the product", ({B, A, s}) => {
  const ours = lowRankSvd(asMatrix(B), asMatrix(A)).s;
  expect(ours.length).toBe(s.length);
  expect(largestDifference(ours, s)).toBeLessThanOrEqual(1e-12 * s[0]);
});

test("it is an SVD of B·A, for any shape", () => {
  const size = fc.integer({min: 1, max: 9});
  fc.assert(
    fc.property(size, size, size, fc.integer(), (d, k, r, seed) => {
      const random = mulberry32(seed);
      const [B, A] = [randn(d, r, random), randn(r, k, random)];
      const {u, s, v} = lowRankSvd(B, A);
      const p = Math.min(d, k, r);
      expect([u.rows, u.cols, s.length, v.rows, v.cols]).toEqual([d, p, p, k, p]);
      expect(skewness(u)).toBeLessThanOrEqual(1e-12);
      expect(skewness(v)).toBeLessThanOrEqual(1e-12);
      expect(distance(truncate({u, s, v}, p), matmul(B, A))).toBeLessThanOrEqual(1e-13 * frobenius(B) * frobenius(A));
    }),
    {seed: 8},
  );
});

test("the vectors are those of `svd`, including their signs", () => {
  const random = mulberry32(3);
  const [B, A] = [randn(20, 3, random), randn(3, 16, random)];
  const [short, dense] = [lowRankSvd(B, A), svd(matmul(B, A))];
  for (let j = 0; j < 3; j++) {
    for (let i = 0; i < 20; i++) expect(short.u.data[i * 3 + j]).toBeCloseTo(dense.u.data[i * 16 + j], 12);
    for (let i = 0; i < 16; i++) expect(short.v.data[i * 3 + j]).toBeCloseTo(dense.v.data[i * 16 + j], 12);
  }
});

test("B = 0 gives zero singular values and vectors that are still orthonormal", () => {
  const {u, s, v} = lowRankSvd(zeros(6, 2), randn(2, 5, mulberry32(1)));
  expect(s).toEqual(new Float64Array(2));
  expect(skewness(u)).toBeLessThanOrEqual(1e-12);
  expect(skewness(v)).toBeLessThanOrEqual(1e-12);
});

test("errors name the shapes, or the entry", () => {
  expect(() => lowRankSvd(zeros(4, 2), zeros(3, 5))).toThrow("lowRankSvd: B (4×2) and A (3×5)");
  expect(() => lowRankSvd(matrix("1 / NaN"), zeros(1, 2))).toThrow("entry [1, 0] (counted from 0) is NaN");
});
