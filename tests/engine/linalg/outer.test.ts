import fc from "fast-check";
import {expect, test} from "vitest";
import {add, matmul, zeros} from "../../../src/engine/linalg/matrix.ts";
import {outerProducts} from "../../../src/engine/linalg/outer.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {numericalRank} from "../../../src/engine/linalg/spectrum.ts";
import {svd} from "../../../src/engine/linalg/svd.ts";
import {distance, matrix} from "../fixture.ts";

test("by hand: a column times a row for each rank", () => {
  const pieces = outerProducts(matrix("1 10 / 2 20"), matrix("1 2 / 3 4"));
  expect(pieces).toEqual([matrix("1 2 / 2 4"), matrix("30 40 / 60 80")]);
});

test("there are r pieces, each of rank 1, and their sum is B·A", () => {
  const size = fc.integer({min: 1, max: 7});
  fc.assert(
    fc.property(size, size, size, fc.integer(), (d, k, r, seed) => {
      const random = mulberry32(seed);
      const [B, A] = [randn(d, r, random), randn(r, k, random)];
      const terms = outerProducts(B, A);
      expect(terms.length).toBe(r);
      for (const term of terms) expect(numericalRank(svd(term).s, d, k)).toBe(1);
      expect(distance(terms.reduce(add, zeros(d, k)), matmul(B, A))).toBeLessThan(1e-13);
    }),
    {seed: 13},
  );
});

test("the error names both shapes", () => {
  expect(() => outerProducts(zeros(4, 2), zeros(3, 5))).toThrow("outerProducts: B (4×2) and A (3×5)");
});
