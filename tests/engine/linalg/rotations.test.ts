import fc from "fast-check";
import {expect, test} from "vitest";
import {
  type Chain,
  identityChain,
  resetChain,
  rotateColumns,
  setRotation,
} from "../../../src/engine/linalg/diagonalize.ts";
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, normal, randn} from "../../../src/engine/linalg/random.ts";
import {distance} from "../fixture.ts";

/** Applies a chain one rotation of two columns at a time. */
function turnedOneByOne({rows, cols, data}: Matrix, lo: number, hi: number, chain: Chain): Matrix {
  const result = {rows, cols, data: data.slice()};
  for (let k = lo; k < hi; k++) {
    const [c, s] = [chain.cosines[k], chain.sines[k]];
    for (let i = 0; i < rows; i++) {
      const [x, y] = [result.data[i * cols + k], result.data[i * cols + k + 1]];
      result.data[i * cols + k] = c * x + s * y;
      result.data[i * cols + k + 1] = c * y - s * x;
    }
  }
  return result;
}

test("turning by two chains at once is turning by one after the other, on any rows and any range of columns", () => {
  const [rows, cols] = [fc.integer({min: 0, max: 9}), fc.integer({min: 2, max: 9})];
  fc.assert(
    fc.property(rows, cols, fc.nat(7), fc.nat(7), fc.integer(), (rows, cols, from, by, seed) => {
      const random = mulberry32(seed);
      const lo = from % (cols - 1);
      const hi = lo + 1 + (by % (cols - 1 - lo));
      const [first, second] = [0, 1].map(() => {
        const chain = identityChain(cols);
        for (let k = lo; k < hi; k++) setRotation(chain, k, normal(random), normal(random));
        return chain;
      });
      const a = randn(rows, cols, random);
      const due = turnedOneByOne(turnedOneByOne(a, lo, hi, first), lo, hi, second);
      rotateColumns(a, lo, hi, first, second);
      expect(distance(a, due)).toBeLessThan(1e-13);
    }),
    {seed: 22, numRuns: 300},
  );
});

test("a rotation turns (f, g) into its length; if both are too small for exact squares it turns nothing", () => {
  const chain = identityChain(3);
  expect(setRotation(chain, 1, 3, -4)).toBe(5);
  expect([chain.cosines[1], chain.sines[1]]).toEqual([0.6, -0.8]);
  expect(setRotation(chain, 1, 1e-170, 2e-160)).toBe(1e-170);
  expect([chain.cosines[1], chain.sines[1]]).toEqual([1, 0]);
  setRotation(chain, 0, 1, 1);
  resetChain(chain);
  expect(chain).toEqual(identityChain(3));
});
