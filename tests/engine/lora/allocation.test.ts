import fc from "fast-check";
import {expect, test} from "vitest";
import {allocateRanks} from "../../../src/engine/lora/allocation.ts";

/** Every way to share the budget among matrices with these numbers of singular values. */
function allChoices(sizes: readonly number[], budget: number): number[][] {
  if (sizes.length === 0) return [[]];
  const [first, ...rest] = sizes as [number, ...number[]];
  return Array.from({length: Math.min(first, budget) + 1}, (_, r) => r).flatMap((r) =>
    allChoices(rest, budget - r).map((others) => [r, ...others]),
  );
}

const keptBy = (spectra: readonly (readonly number[])[], ranks: readonly number[]) =>
  spectra.flatMap((s, i) => s.slice(0, ranks[i])).reduce((sum, sigma) => sum + sigma ** 2, 0);

const spectrum = fc.array(fc.integer({min: 0, max: 9}), {maxLength: 4}).map((s) => s.sort((a, b) => b - a));

test("no other choice of as many ranks keeps more", () => {
  fc.assert(
    fc.property(fc.array(spectrum, {maxLength: 3}), fc.nat({max: 8}), (spectra, budget) => {
      const ranks = allocateRanks(spectra, budget);
      const lengths = spectra.map((s) => s.length);
      const best = Math.max(...allChoices(lengths, budget).map((choice) => keptBy(spectra, choice)));
      expect(keptBy(spectra, ranks)).toBe(best);
      expect(ranks.reduce((sum, r) => sum + r, 0)).toBeLessThanOrEqual(budget);
    }),
  );
});

test("of equal values the one in the earlier list is kept, and zeros never are", () => {
  expect(allocateRanks([[2, 2], [2, 1], [3]], 3)).toEqual([2, 0, 1]);
  expect(allocateRanks([[2, 0], [0]], 5)).toEqual([1, 0]);
  expect(allocateRanks([], 3)).toEqual([]);
});

test("a wrong budget or spectrum throws", () => {
  expect(() => allocateRanks([[1]], 1.5)).toThrow("the budget is 1.5; it must be a whole number of at least 0");
  expect(() => allocateRanks([[1, 2]], 1)).toThrow("value 1 of list 0 is 2; they must descend");
  expect(() => allocateRanks([[1], [-1]], 1)).toThrow("value 0 of list 1 is -1");
  expect(() => allocateRanks([[Number.NaN]], 1)).toThrow("value 0 of list 0 is NaN");
});
