import fc from "fast-check";
import {expect, test} from "vitest";
import {exponentOf, largestExponent, norm, powerOfTwo} from "../../../src/engine/linalg/exponent.ts";

test("powers of two are exact over the whole range", () => {
  for (const k of [-1022, -1000, -1, 0, 1, 52, 1000, 1023]) expect(powerOfTwo(k)).toBe(2 ** k);
});

test("the exponent brackets every finite number", () => {
  expect(exponentOf(1)).toBe(0);
  expect(exponentOf(-0.75)).toBe(-1);
  expect(exponentOf(5e-324)).toBe(-1074);
  expect(exponentOf(Number.MAX_VALUE)).toBe(1023);
  fc.assert(
    fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), (x) => {
      fc.pre(x !== 0);
      const e = exponentOf(x);
      expect(2 ** e <= Math.abs(x) && Math.abs(x) < 2 ** (e + 1)).toBe(true);
    }),
    {seed: 2, numRuns: 1000},
  );
});

test("the largest exponent e is limited so that 2^e and 2^−e are normal numbers", () => {
  expect(largestExponent(Float64Array.of(0.1, -8, 3))).toBe(3);
  expect(largestExponent(Float64Array.of(5e-324))).toBe(-1022);
  expect(largestExponent(Float64Array.of(Number.MAX_VALUE))).toBe(1022);
  expect(largestExponent(new Float64Array(3))).toBe(0);
});

test("the norm of 3 and 4 is 5 at every scale", () => {
  for (const k of [-1060, -600, 0, 600, 1020]) expect(norm(Float64Array.of(3 * 2 ** k, 4 * 2 ** k))).toBe(5 * 2 ** k);
  expect(norm(new Float64Array(0))).toBe(0);
});
