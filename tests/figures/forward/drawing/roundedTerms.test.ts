import fc from "fast-check";
import {expect, test} from "vitest";
import {roundedTerms} from "../../../../src/figures/forward/drawing/roundedTerms.ts";

test("printed terms add up to the printed total, and none is moved by more than its rounding", () => {
  const values = fc.array(fc.double({min: -50, max: 50, noNaN: true}), {minLength: 1, maxLength: 12});
  fc.assert(
    fc.property(values, (list) => {
      const total = list.reduce((sum, value) => sum + value, 0);
      const printed = roundedTerms(list, total, 4).map((value) => Math.round(value * 1e4));
      expect(printed.reduce((sum, value) => sum + value, 0)).toBe(
        Math.sign(total) * Math.round(Math.abs(total) * 1e4) + 0,
      );
      for (const [i, value] of list.entries()) {
        expect(Math.abs(printed[i]! - value * 1e4)).toBeLessThan(1.0001);
        if (value === 0) expect(printed[i]! === 0).toBe(true);
      }
    }),
    {seed: 8, numRuns: 2000},
  );
});

test("the remainders that round worst give way", () => {
  expect(roundedTerms([0.14, 0.13, 0.13], 0.4, 1)).toEqual([0.2, 0.1, 0.1]);
  expect(roundedTerms([0.28, 0.26, 0.27], 0.81, 1)).toEqual([0.3, 0.2, 0.3]);
  expect(roundedTerms([0, 0.26, 0.26, 0.26], 0.78, 1)).toEqual([0, 0.2, 0.3, 0.3]);
});
