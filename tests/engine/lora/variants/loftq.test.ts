import fc from "fast-check";
import {expect, test} from "vitest";
import {subtract} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {tail} from "../../../../src/engine/linalg/spectrum.ts";
import {svd} from "../../../../src/engine/linalg/svd.ts";
import {merge} from "../../../../src/engine/lora/lora.ts";
import {initLoftq, type Quantize} from "../../../../src/engine/lora/variants/loftq.ts";
import {nearestEven} from "../../../../src/engine/memory/float16.ts";
import {toLevels} from "../../../../src/engine/memory/levels.ts";
import {analysis} from "../../analysis.ts";
import {asMatrix, distance, largestDifference} from "../../fixture.ts";

/** To the nearest multiple of `step`, ties to even as in NumPy: a fixed grid. */
const rounding =
  (step: number): Quantize =>
  (W) => ({...W, data: W.data.map((value) => nearestEven(value / step) * step)});

/** Eight levels scaled to the largest magnitude of each block: a grid that depends on its input. */
const absmax = toLevels(3);

test("the errors of five steps agree with NumPy", () => {
  const {W0, r, step, errors} = analysis.loftq;
  const ours = initLoftq(asMatrix(W0), {r, steps: 5, quantize: rounding(step)}).errors;
  expect(ours.length).toBe(errors.length);
  expect(largestDifference(ours, errors)).toBeLessThan(1e-11);
});

test("on a fixed grid no step raises the error, and the first repairs what rank r can", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 4}), fc.integer(), (r, seed) => {
      const W0 = randn(9, 8, mulberry32(seed));
      const quantize = rounding(0.7);
      const {errors} = initLoftq(W0, {r, steps: 6, quantize});
      expect(errors[1]).toBeCloseTo(tail(svd(subtract(W0, quantize(W0))).s, r), 11);
      for (let i = 1; i < errors.length; i++) expect(errors[i]).toBeLessThanOrEqual(errors[i - 1] + 1e-12);
      expect(errors[1]).toBeLessThan(errors[0]);
    }),
    {seed: 26},
  );
});

test("with a scale for each block it beats plain quantization from the first step on", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 4}), fc.integer(), (r, seed) => {
      const {errors} = initLoftq(randn(16, 12, mulberry32(seed)), {r, steps: 5, quantize: absmax});
      for (const error of errors.slice(1)) expect(error).toBeLessThan(errors[0]);
    }),
    {seed: 27},
  );
});

test("the last error is that of the result; nothing is lost without quantization, or at full rank", () => {
  const W0 = randn(8, 6, mulberry32(3));
  const {Q, lora, errors} = initLoftq(W0, {r: 2, steps: 3, quantize: absmax});
  expect(distance(merge(Q, lora), W0)).toBeCloseTo(errors[3], 13);
  expect(initLoftq(W0, {r: 2, steps: 2, quantize: (W) => W}).errors).toEqual(new Float64Array(3));
  const [plain, repaired] = initLoftq(W0, {r: 6, steps: 1, quantize: absmax}).errors;
  expect(plain).toBeGreaterThan(0.1);
  expect(repaired).toBeLessThan(1e-13);
});

test("a rank or a number of steps that is not a whole number ≥ 1 throws", () => {
  const W0 = randn(4, 3, mulberry32(1));
  expect(() => initLoftq(W0, {r: 0, steps: 1, quantize: absmax})).toThrow("loftq: r is 0");
  expect(() => initLoftq(W0, {r: 1, steps: 0.5, quantize: absmax})).toThrow("loftq: steps is 0.5");
});
