import fc from "fast-check";
import {expect, test} from "vitest";
import {orthogonalizeRows} from "../../src/engine/jacobi.ts";
import {frobenius, fromRows, type Matrix, matmul, transpose, zeros} from "../../src/engine/matrix.ts";
import {mulberry32, randn} from "../../src/engine/random.ts";
import {distance, skewness} from "./fixture.ts";

function expectOrthogonalized(r: Matrix): void {
  const {rotation, rows, s} = orthogonalizeRows(r);
  expect(skewness(rotation)).toBeLessThanOrEqual(1e-12);
  expect(skewness(transpose(rows))).toBeLessThanOrEqual(1e-12);
  const stretched = {...rows, data: rows.data.map((entry, i) => s[Math.floor(i / rows.cols)] * entry)};
  expect(distance(matmul(rotation, r), stretched)).toBeLessThanOrEqual(1e-13 * frobenius(r));
  expect([...s]).toEqual([...s].sort((x, y) => y - x));
}

test("rotation · r = diag(s) · rows with orthonormal rows, for any size and rank", () => {
  fc.assert(
    fc.property(fc.nat(9), fc.nat(9), fc.integer(), (n, rank, seed) => {
      const random = mulberry32(seed);
      expectOrthogonalized(matmul(randn(n, rank, random), randn(rank, n, random)));
    }),
    {seed: 15, numRuns: 200},
  );
});

test("rows of length zero are completed to a basis", () => {
  expectOrthogonalized(zeros(4, 4));
  expectOrthogonalized(
    fromRows([
      [0, 0, 0],
      [0.6, 0.8, 0],
      [0, 0, 0],
    ]),
  );
});

test("parallel rows become one row and nothing", () => {
  const {s} = orthogonalizeRows(
    fromRows([
      [3, 4],
      [3, 4],
    ]),
  );
  expect(s[0]).toBeCloseTo(Math.sqrt(50), 14);
  expect(s[1]).toBeLessThan(1e-15);
});

test("rows of very different lengths", () => {
  expectOrthogonalized(
    fromRows([
      [1e-140, 1e-140, 0],
      [1, 0.5, 0],
      [1e-200, 1e-200, 1e-200],
    ]),
  );
});
