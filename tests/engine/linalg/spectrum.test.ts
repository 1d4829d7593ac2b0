import fc from "fast-check";
import {expect, test} from "vitest";
import {
  effectiveRank,
  energyKept,
  numericalRank,
  rankForEnergy,
  spectralNorm,
  stableRank,
  tail,
} from "../../../src/engine/linalg/spectrum.ts";
import {svd} from "../../../src/engine/linalg/svd.ts";
import {asMatrix, fixture} from "../fixture.ts";

const nothing = new Float64Array(4);

test.each(fixture.matrices)("$name: norms and ranks are NumPy's", (expected) => {
  const {rows, cols} = expected.a;
  const {s} = svd(asMatrix(expected.a));
  const near = (ours: number, theirs: number, size = theirs) =>
    expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-12 * size);
  near(spectralNorm(s), expected.spectral);
  near(tail(s, 0), expected.frobenius);
  near(effectiveRank(s), expected.effectiveRank);
  near(stableRank(s), expected.stableRank);
  expect(numericalRank(s, rows, cols)).toBe(expected.rank);
  for (const [r, theirs] of expected.tails.entries()) near(tail(s, r), theirs, expected.spectral);
  for (const [r, theirs] of expected.energies.entries()) near(energyKept(s, r), theirs, 1);
});

test("by hand: the spectrum 4, 3", () => {
  const s = Float64Array.of(4, 3);
  expect([tail(s, 0), tail(s, 1), tail(s, 2), tail(s, 9)]).toEqual([5, 3, 0, 0]);
  expect(energyKept(s, 0)).toBe(0);
  expect(energyKept(s, 1)).toBeCloseTo(16 / 25, 15);
  expect(energyKept(s, 2)).toBe(1);
  expect([rankForEnergy(s, 0), rankForEnergy(s, 0.6), rankForEnergy(s, 0.9), rankForEnergy(s, 1)]).toEqual([
    0, 1, 2, 2,
  ]);
  expect(stableRank(s)).toBeCloseTo(25 / 16, 15);
  expect(effectiveRank(s)).toBeCloseTo((7 / 4) ** (4 / 7) * (7 / 3) ** (3 / 7), 14);
});

test("equal values have full effective and stable rank, one value has 1, and zeros have 0", () => {
  expect(effectiveRank(new Float64Array(5).fill(2))).toBeCloseTo(5, 13);
  expect(stableRank(new Float64Array(5).fill(2))).toBeCloseTo(5, 13);
  expect(effectiveRank(Float64Array.of(3, 0, 0))).toBe(1);
  expect([effectiveRank(nothing), stableRank(nothing), numericalRank(nothing, 4, 4), spectralNorm(nothing)]).toEqual([
    0, 0, 0, 0,
  ]);
  expect([energyKept(nothing, 0), rankForEnergy(nothing, 0.9), tail(nothing, 0)]).toEqual([1, 0, 0]);
  expect(spectralNorm(new Float64Array(0))).toBe(0);
});

test("small values are not lost next to large ones", () => {
  const s = new Float64Array(1_000_001).fill(1e-8);
  s[0] = 1;
  expect(tail(s, 0) ** 2).toBeCloseTo(1 + 1e-10, 14);
  expect(tail(Float64Array.of(3e-300, 4e-301), 1)).toBe(4e-301);
});

test("the numerical rank has NumPy's tolerance", () => {
  const eps = 2 ** -52;
  expect(numericalRank(Float64Array.of(1, 10 * eps), 10, 2)).toBe(1);
  expect(numericalRank(Float64Array.of(1, 10.1 * eps), 10, 2)).toBe(2);
  expect(numericalRank(Float64Array.of(1, 10.1 * eps), 2, 11)).toBe(1);
});

test("energy rises with r, and the rank for a share is the first that reaches it", () => {
  const spectra = fc.array(fc.double({min: 0, max: 1e3, noNaN: true}), {minLength: 1, maxLength: 20});
  fc.assert(
    fc.property(spectra, fc.double({min: 0, max: 1, noNaN: true}), (values, share) => {
      const s = Float64Array.from(values).sort().reverse();
      for (let r = 0; r < s.length; r++) expect(energyKept(s, r)).toBeLessThanOrEqual(energyKept(s, r + 1) + 1e-15);
      const r = rankForEnergy(s, share);
      expect(energyKept(s, r)).toBeGreaterThanOrEqual(share);
      if (r > 0) expect(energyKept(s, r - 1)).toBeLessThan(share);
      const effective = effectiveRank(s);
      if (s[0] > 0) expect(effective >= 1 - 1e-13 && effective <= s.length * (1 + 1e-13)).toBe(true);
    }),
    {seed: 9},
  );
});

test("a wrong rank or share throws", () => {
  const s = Float64Array.of(1);
  expect(() => tail(s, 0.5)).toThrow("tail: r is 0.5; it must be a whole number of at least 0");
  expect(() => energyKept(s, -1)).toThrow("energyKept: r is -1; it must be a whole number of at least 0");
  expect(() => rankForEnergy(s, 90)).toThrow("rankForEnergy: the share is 90; it must lie from 0 to 1");
  expect(() => rankForEnergy(s, Number.NaN)).toThrow("the share is NaN");
});
