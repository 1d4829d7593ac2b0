import fc from "fast-check";
import {expect, test} from "vitest";
import {cholesky, orthonormalizer} from "../../../../src/engine/analysis/updates/cholesky.ts";
import {singularValues} from "../../../../src/engine/analysis/updates/singularValues.ts";
import {
  frobenius,
  identity,
  matmul,
  matmulTA,
  matmulTB,
  matrix,
  subtract,
  transpose,
} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {svd} from "../../../../src/engine/linalg/svd.ts";

test("l·lᵀ is the Gram matrix, at its rank, and its orthonormalizer makes the rows orthonormal", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 8}), fc.integer({min: 1, max: 12}), fc.integer(), (r, n, seed) => {
      const x = randn(r, n, mulberry32(seed));
      const g = matmulTB(x, x);
      const found = cholesky(g);
      expect(found.l.cols).toBe(Math.min(r, n));
      expect(frobenius(subtract(matmulTB(found.l, found.l), g))).toBeLessThan(1e-12 * frobenius(g));
      const q = matmulTA(x, orthonormalizer(found));
      const room = found.evenness > 1e-2 || found.evenness === 0 ? 1e-8 : 1e-4;
      if (found.evenness > 1e-4) expect(frobenius(subtract(matmulTA(q, q), identity(q.cols)))).toBeLessThan(room);
    }),
    {seed: 4, numRuns: 200},
  );
});

test("a zero matrix has rank 0, a negative one is no Gram matrix and ends at once", () => {
  expect(cholesky(matrix(2, 2, [0, 0, 0, 0])).l).toEqual({rows: 2, cols: 0, data: new Float64Array(0)});
  expect(cholesky(matrix(1, 1, [-1])).l.cols).toBe(0);
  expect(() => cholesky(matrix(1, 2, [1, 2]))).toThrow("a Gram matrix is square");
});

test("singular values alone are those of the whole SVD, for any shape, and need no vectors", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 9}), fc.integer({min: 0, max: 9}), fc.integer(), (m, n, seed) => {
      const a = randn(m, n, mulberry32(seed));
      const s = singularValues(a);
      expect(s.length).toBe(Math.min(m, n));
      if (s.length === 0) return;
      const due = svd(a).s;
      for (const [i, sigma] of s.entries()) expect(Math.abs(sigma - due[i]!)).toBeLessThan(1e-14 * due[0]!);
      expect([...singularValues(transpose(a))].map((x) => x.toPrecision(9))).toEqual(
        [...s].map((x) => x.toPrecision(9)),
      );
    }),
    {seed: 6, numRuns: 200},
  );
  expect([...singularValues(matrix(2, 2, [1e300, 0, 0, 1e290]))]).toEqual([1e300, 1e290]);
  expect(() => singularValues(matrix(1, 1, [Number.NaN]))).toThrow("singularValues: entry [0, 0]");
  expect(singularValues(matmul(matrix(2, 1, [1, 2]), matrix(1, 2, [3, 4])))[1]).toBeLessThan(1e-15);
});
